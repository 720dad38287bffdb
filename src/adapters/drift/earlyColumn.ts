import { stat } from "node:fs/promises";
import type { CancelSignal } from "../../core/base/cancel";
import { ownValue } from "../../core/base/ownValue";
import type { DriftSettings } from "../../core/drift/driftReport";
import type { DriftRequest } from "../../core/drift/driftService";
import type { TableSource } from "../../core/tabular/tableReader";

/** The names of a file's columns, from its first line alone; null for a file of another kind. */
export type ReadNames = (path: string, signal: CancelSignal) => Promise<readonly string[] | null>;

/** Smaller text files are read within a second. Columns of Parquet files are read one by one anyway. */
const LARGE = 40_000_000;

/** The first column that will be judged, where it is worth reading it on its own. Null also where that cannot be told cheaply. */
export async function earlyColumn(
  { early, reference, current }: DriftRequest,
  readNames: ReadNames,
  signal: CancelSignal,
): Promise<{ readonly name: string; readonly settings: DriftSettings } | null> {
  const paths = [largeCandidate(reference), largeCandidate(current)];
  const [before, after] = paths;
  if (early === undefined || before == null || after == null) {
    return null;
  }
  try {
    const sizes = await Promise.all([stat(before), stat(after)]);
    if (!sizes.every((stats) => stats.isFile() && stats.size >= LARGE)) {
      return null;
    }
    const [names, others] = await Promise.all([readNames(before, signal), readNames(after, signal)]);
    const { only, ignore, types } = early;
    const isJudged = (name: string): boolean =>
      (only === null ? !ignore.includes(name) : only.includes(name)) && ownValue(types, name) !== "text";
    const name = names?.find((one) => isJudged(one) && others?.includes(one) === true);
    return name === undefined ? null : { name, settings: early };
  } catch {
    // Opening the tables tells what is wrong with them.
    return null;
  }
}

/** The only file of a side, if it is a text file that the heading's reader understands without being told how. */
function largeCandidate({ paths, format, separator, encoding, window }: TableSource): string | null {
  const [path] = paths;
  const isPlain = format === undefined && separator === undefined && encoding === undefined && window == null;
  return isPlain && paths.length === 1 && path !== undefined && /\.(?:csv|tsv|jsonl|ndjson)$/i.test(path) ? path : null;
}
