import type { CancelSignal } from "../base/cancel";
import type { Column, ColumnKind } from "./column";

/** Where a table comes from. */
export interface TableSource {
  /** Absolute paths or globs; the files that match are read one after the other, sorted by path, as one table. */
  readonly paths: readonly string[];
  /** By the file's ending unless it is said. */
  readonly format?: "csv" | "parquet" | "jsonl" | undefined;
  /** One character; found out from the first lines unless it is said. */
  readonly separator?: string | undefined;
  /** A label that TextDecoder knows; a byte order mark, else UTF-8, unless it is said. */
  readonly encoding?: string | undefined;
  /** Texts that stand for a missing value, beside the empty field. None are assumed: "NA" can be Namibia. */
  readonly missing?: readonly string[] | undefined;
  /** Corrections of guessed kinds, by column name. */
  readonly kinds?: Readonly<Record<string, ColumnKind>> | undefined;
  /** Only rows of this time: from inclusive, to exclusive, milliseconds since 1970. Rows without a time are dropped, and counted. */
  readonly window?: { readonly column: string; readonly from: number | null; readonly to: number | null } | undefined;
  /** Only rows with this value, as text; null for rows where it is missing. */
  readonly where?: { readonly column: string; readonly equals: string | null } | undefined;
}

export interface ReadOptions {
  /** Above so many rows a seeded sample of `sampleRows` is taken. */
  readonly maxRows: number;
  readonly sampleRows: number;
  readonly seed: number;
  /** Columns that will be asked for; null for all. Others need not be kept. */
  readonly columns: readonly string[] | null;
  /** Whether the hashes of the files are wanted; Parquet files must be read as a whole for that. */
  readonly hash?: boolean | undefined;
  /** Bytes read so far of all bytes of the files; called at most ten times a second. */
  readonly onProgress?: ((done: number, total: number) => void) | undefined;
}

export interface SkippedColumn {
  readonly name: string;
  /** A sentence: nested, unknown type, … */
  readonly reason: string;
}

/** A file that was read. */
export interface TableFile {
  readonly path: string;
  readonly bytes: number;
  /** Hex, of the whole content; null where it was not asked for. */
  readonly sha256: string | null;
}

/** A table that is open. Columns of Parquet files are read when they are asked for; those of text files lie in memory. */
export interface Table {
  readonly files: readonly TableFile[];
  /** Columns that can be asked for, in the order of the file. */
  readonly columns: readonly { readonly name: string; readonly kind: ColumnKind }[];
  readonly skipped: readonly SkippedColumn[];
  /** Rows that each column has: after window, filter and sample. */
  readonly rows: number;
  /** Rows of the files that the window and the filter keep. More than `rows` in a sample. */
  readonly matchingRows: number;
  /** Rows of the files. */
  readonly totalRows: number;
  /** What was left out or repaired, a sentence each: lines with too many fields, rows without a time, … */
  readonly notes: readonly string[];
  readonly sample: { readonly seed: number } | null;
  /** @throws AppError when the table has no such column, or the file is damaged. */
  column(name: string, signal: CancelSignal): Promise<Column>;
  dispose(): void;
}

/** Reads tables. Every failure is an AppError: what file, what is wrong with it, what to do. */
export interface TableReader {
  open(source: TableSource, options: ReadOptions, signal: CancelSignal): Promise<Table>;
}
