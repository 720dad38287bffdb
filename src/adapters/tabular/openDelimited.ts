import type { CancelSignal } from "../../core/base/cancel";
import type { ColumnKind } from "../../core/tabular/column";
import type { FieldColumn } from "../../core/tabular/fieldColumn";
import { MissingMarkers } from "../../core/tabular/missingMarkers";
import { RowFilter } from "../../core/tabular/rowFilter";
import { RowSampler } from "../../core/tabular/rowSampler";
import type { ReadOptions, SkippedColumn, Table, TableSource } from "../../core/tabular/tableReader";
import { ByteProgress } from "./byteProgress";
import { checkColumns, unknownKinds } from "./checkColumns";
import { readDelimitedPass, type PassOptions } from "./delimitedPass";
import type { LocatedFile } from "./locateFiles";
import { MemoryTable } from "./memoryTable";
import { absentNotes, filterNotes, noteEncoding, noteMisfits, noteRounded, noteText, noteZone, TOO_MUCH_TEXT } from "./tableNotes";
import { readTextHeading, type TextHeading } from "./textHeading";

/** Reads CSV, TSV and the like: the wanted columns of all rows that are kept lie in memory then. */
export async function openDelimited(
  files: readonly LocatedFile[],
  source: TableSource,
  options: ReadOptions,
  signal: CancelSignal,
): Promise<Table> {
  const headings: TextHeading[] = [];
  for (const file of files) {
    signal.throwIfAborted();
    headings.push(await readTextHeading(file, source, signal));
  }
  const names = [...new Set(headings.flatMap((heading) => heading.names))];
  checkColumns(files, names, source);
  const bytes = files.reduce((sum, file) => sum + file.bytes, 0);
  const progress = new ByteProgress(options.onProgress, bytes);
  const missing = new MissingMarkers(source.missing ?? []);
  const hashes = new Map<string, string>();
  const pass = async (columns: ReadonlyMap<string, ColumnKind | null>, onHash: PassOptions["onHash"]) => {
    const filter = new RowFilter(source, missing);
    const sampler = new RowSampler(options.maxRows, options.sampleRows, options.seed);
    return { filter, sampler, ...(await readDelimitedPass(headings, { columns, missing, filter, sampler, signal, progress, onHash })) };
  };

  const asked = options.columns === null ? null : new Set(options.columns);
  const wanted = names.filter((name) => asked?.has(name) ?? true);
  const onHash = options.hash === true ? (path: string, sha256: string) => void hashes.set(path, sha256) : null;
  const first = await pass(new Map(wanted.map((name) => [name, source.kinds?.[name] ?? null])), onHash);
  const columns = new Map<string, FieldColumn>(first.columns);
  const fallen = wanted.filter((name) => columns.get(name)?.fallen);
  if (fallen.length > 0) {
    // Numbers until a text turned up late: their texts are read now, of the same rows.
    progress.extend(bytes);
    const second = await pass(new Map(fallen.map((name) => [name, "text"])), null);
    second.columns.forEach((column, name) => columns.set(name, column));
  }

  const notes = [...headings.flatMap((heading) => heading.notes.map((note) => `${heading.path}: ${note}`)), ...first.notes];
  const skipped: SkippedColumn[] = [];
  const rows = first.sampler.kept;
  const finished = wanted.flatMap((name) => {
    const column = columns.get(name);
    if (column === undefined) {
      return [];
    }
    if (column.isFull) {
      skipped.push({ name, reason: TOO_MUCH_TEXT });
      columns.delete(name);
      return [];
    }
    notes.push(...columnNotes(column));
    const done = column.finish(rows);
    columns.delete(name); // One column at a time lies in memory twice.
    if (/^Unnamed: \d+$/.test(name) && done.kind === "float" && done.values.every(Number.isNaN)) {
      skipped.push({ name, reason: "It has neither a name nor values." });
      return [];
    }
    return [done];
  });
  notes.push(...unknownKinds(names, source.kinds), ...absentNotes(headings, wanted), ...filterNotes(first.filter));
  notes.push(
    ...[...finished.filter(({ name }) => source.kinds?.[name] === undefined).map(noteText), noteEncoding(finished)].filter(
      (note) => note !== null,
    ),
  );
  return new MemoryTable(
    {
      files: files.map((file) => ({ ...file, sha256: hashes.get(file.path) ?? null })),
      skipped,
      rows,
      matchingRows: first.sampler.matching,
      totalRows: first.totalRows,
      notes,
      sample: first.sampler.isSample ? { seed: options.seed } : null,
    },
    finished,
    names,
  );
}

function columnNotes(column: FieldColumn): string[] {
  const notes: string[] = [];
  if (column.misfits > 0) {
    notes.push(noteMisfits(column.name, column.kind, column.misfits));
  }
  if (column.isRounded) {
    notes.push(noteRounded(column.name));
  }
  if (column.zoneAssumed) {
    notes.push(noteZone(column.name));
  }
  return notes;
}
