import type { CancelSignal } from "../base/cancel";
import type { Column, ColumnKind } from "../tabular/column";
import type { SideStats, SideSummary } from "./driftReport";
import type { ColumnSample, DriftType } from "./sample";

/** A column of one side as far as it is known without the other side. */
export interface ColumnFacts {
  readonly kind: ColumnKind;
  /** What Evidently takes the column for; null for times, for texts without a value, and for a part of the rows. */
  readonly guess: DriftType | null;
  readonly rows: number;
  readonly missing: number;
  readonly infinite: number;
  /** Of finite values, respectively of labels that occur. */
  readonly distinct: number;
  /** Of finite values; null for texts and without any. */
  readonly numbers: SideStats["numbers"];
  /** Numeric for numbers and times, categorical for the rest. Null: nearly every row has a text of its own, and nobody asked for all of them. */
  readonly sample: ColumnSample | null;
}

/** How rows are parted: by time (part i is from edge i to edge i+1, exclusive) or by a value (null is missing). Rows that fit nowhere are left out. */
export type RowCut =
  | { readonly kind: "time"; readonly column: string; readonly edges: readonly number[] }
  | { readonly kind: "value"; readonly column: string; readonly values: readonly (string | null)[] };

/** How numeric columns of one side go together. */
export interface SideCorrelations {
  /** Upper triangle, row by row: (0,1), (0,2), …; NaN where it is not defined. */
  readonly pairs: Float64Array;
  /** Rows that were looked at. */
  readonly rows: number;
}

/** One of the two tables, in this thread or in another. Columns are best asked for in the order of the file. */
export interface DriftSide {
  readonly summary: SideSummary;
  readonly columns: readonly { readonly name: string; readonly kind: ColumnKind }[];
  /** Says which columns will be asked for, so that the next ones can be got ready while one is judged. */
  prepare(names: readonly string[]): void;
  /** @param whole also when nearly every row has a text of its own. */
  facts(name: string, whole: boolean, signal: CancelSignal): Promise<ColumnFacts>;
  /** The column read as times, whatever it holds: texts such as 2026-11-02, or numbers since 1970. What is no time is missing. */
  timeFacts(name: string, signal: CancelSignal): Promise<ColumnFacts>;
  /** The column's facts for each part of the rows. */
  parts(name: string, cut: RowCut, signal: CancelSignal): Promise<readonly ColumnFacts[]>;
  /** Rows of each part. */
  partRows(cut: RowCut, signal: CancelSignal): Promise<readonly number[]>;
  /**
   * The column itself, read as `kind` where there is one. Of more than `limit` rows so many that are spread evenly, the same for each column (`pickRows`).
   * The caller may keep it.
   */
  rows(name: string, kind: ColumnKind | null, limit: number, signal: CancelSignal): Promise<Column>;
  /** Pearson's correlation of each pair, over rows where both are finite. */
  correlations(names: readonly string[], signal: CancelSignal): Promise<SideCorrelations>;
}
