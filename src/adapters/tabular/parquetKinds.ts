import type { Statistics } from "hyparquet";

import type { CancelSignal } from "../../core/base/cancel";
import type { ColumnKind } from "../../core/tabular/column";
import type { SkippedColumn } from "../../core/tabular/tableReader";
import { readParquetColumn } from "./parquetColumn";
import type { ParquetFile } from "./parquetFile";
import { noteRounded, noteZone } from "./tableNotes";

interface ColumnNote {
  readonly name: string;
  readonly text: string;
}

export interface ParquetKinds {
  readonly kinds: ReadonlyMap<string, ColumnKind>;
  readonly skipped: readonly SkippedColumn[];
  readonly notes: readonly ColumnNote[];
}

/**
 * The kinds of columns over all files, as pandas would give them: integers with a missing value are floats. What a user says wins; a column that is numbers in one file and
 * text in another is left out unless a user says what it is.
 * @param names those that are wanted.
 */
export async function parquetKinds(
  files: readonly ParquetFile[],
  names: readonly string[],
  said: Readonly<Record<string, ColumnKind>>,
  signal: CancelSignal,
): Promise<ParquetKinds> {
  const kinds = new Map<string, ColumnKind>();
  const skipped = new Map<string, string>();
  const notes: ColumnNote[] = [];
  for (const file of files) {
    for (const [name, reason] of file.skipped) {
      if (!files.some(({ leaves }) => leaves.has(name))) {
        skipped.set(name, reason);
      }
    }
  }
  for (const name of names) {
    signal.throwIfAborted();
    const nested = files.find((file) => file.skipped.has(name));
    const found = new Map(files.flatMap((file) => (file.leaves.has(name) ? [[file.leaves.get(name)?.kind, file.path] as const] : [])));
    const isNumeric = found.size === 2 && found.has("integer") && found.has("float");
    const wanted = said[name];
    if (nested !== undefined) {
      skipped.set(name, `It is nested or of no known type in ${nested.path}, and a plain column elsewhere.`);
    } else if (wanted !== undefined) {
      kinds.set(name, wanted);
    } else if (found.size > 1 && !isNumeric) {
      skipped.set(
        name,
        `It is ${[...found].map(([kind, path]) => `${kind ?? "unknown"} in ${path}`).join(" and ")}; say under kinds which it is.`,
      );
    } else if (!isNumeric && found.has("integer")) {
      const { hasMissing, isUnsafe } = await wholeNumbers(files, name, signal);
      kinds.set(name, hasMissing || isUnsafe ? "float" : "integer");
      if (isUnsafe) {
        notes.push({ name, text: noteRounded(name) });
      }
    } else {
      kinds.set(name, isNumeric ? "float" : ([...found.keys()][0] ?? "float"));
    }
    if (
      kinds.get(name) === "time" &&
      files.some((file) => file.leaves.get(name)?.isLocalTime && file.leaves.get(name)?.tree.element.type === "INT64")
    ) {
      notes.push({ name, text: noteZone(name) });
    }
  }
  return { kinds, skipped: [...skipped].map(([name, reason]) => ({ name, reason })), notes };
}

/** What the statistics of a column of integers tell; where a writer left them out, the column is read. */
async function wholeNumbers(
  files: readonly ParquetFile[],
  name: string,
  signal: CancelSignal,
): Promise<{ readonly hasMissing: boolean; readonly isUnsafe: boolean }> {
  let hasMissing = false;
  let isUnsafe = false;
  for (const file of files) {
    const leaf = file.leaves.get(name);
    if (leaf === undefined) {
      hasMissing ||= file.rows > 0;
      continue;
    }
    for (const group of file.groups) {
      const chunk = group.chunks.get(name);
      const statistics = chunk?.statistics;
      const missing = leaf.isNullable ? statistics?.null_count : 0n;
      const range = chunk?.type === "INT32" ? [0, 0] : rangeOf(statistics);
      const isEmpty = missing !== undefined && Number(missing) === group.rows;
      if (missing === undefined || (range === null && !isEmpty)) {
        const read = await readParquetColumn(file, name, null, { signal, progress: null });
        const values = "values" in read ? read.values : new Float64Array(0);
        hasMissing ||= values.some((value) => value !== value);
        isUnsafe ||= values.some((value) => Math.abs(value) > Number.MAX_SAFE_INTEGER);
        break;
      }
      hasMissing ||= missing > 0n;
      isUnsafe ||= range?.some((value) => Math.abs(value) > Number.MAX_SAFE_INTEGER) ?? false;
    }
  }
  return { hasMissing, isUnsafe };
}

function rangeOf(statistics: Statistics | undefined): readonly number[] | null {
  const range = [statistics?.min_value ?? statistics?.min, statistics?.max_value ?? statistics?.max];
  return range.every((value) => typeof value === "number" || typeof value === "bigint") ? range.map(Number) : null;
}
