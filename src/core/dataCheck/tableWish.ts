import type { CancelSignal } from "../base/cancel";
import type { TableSource } from "../tabular/tableReader";
import type { DataFinding } from "./dataCheckReport";
import type { Expectation } from "./expectations";

/** A table and what must be true of it; plain data, so that a thread can be given it. */
export interface TableWish {
  /** As findings call it. */
  readonly path: string;
  readonly use: string | null;
  readonly source: TableSource;
  /** Of all its files. */
  readonly bytes: number;
  /** How people call the files of the source, by absolute path. */
  readonly names: Readonly<Record<string, string>>;
  readonly expectations: readonly Expectation[];
  /** Columns that say something about a person: not even a limit's extreme of them is told. */
  readonly personal: readonly string[];
  /** Milliseconds since 1970. */
  readonly now: number;
}

export interface CheckedFile {
  readonly path: string;
  readonly sha256: string | null;
  /** Null for one of several files that make a table. */
  readonly rows: number | null;
  readonly bytes: number | null;
}

export interface TableOutcome {
  readonly files: readonly CheckedFile[];
  readonly findings: readonly DataFinding[];
}

/** Bytes read of all that must be read. */
export type CheckProgress = (done: number, total: number) => void;

/** What a rule's judge needs to know beside the column. */
export interface JudgeContext {
  readonly wish: TableWish;
  readonly rows: number;
  readonly totalRows: number;
  readonly isSample: boolean;
  /** The format knows kinds. */
  readonly isTyped: boolean;
}

/** Judges tables, in this thread or another. Only cancelling is an error. */
export interface TableChecks {
  checkTable(wish: TableWish, onProgress: CheckProgress, signal: CancelSignal): Promise<TableOutcome>;
}
