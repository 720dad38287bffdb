import type { RowRange } from "../drift/chunks/chunk";
import type { Column } from "../tabular/column";
import type { KpiRole } from "./kpiSpec";
import type { KpiValue } from "./kpiValue";

/** Measures a KPI on any rows of a table that it was made for. */
export interface KpiMeter {
  /** What was guessed, a sentence each; part of every value's notes. */
  readonly notes: readonly string[];
  /** The class that counts as positive, and whether it was guessed; null where there is none. */
  readonly positive: PositiveClass | null;
  measure(rows: RowRange): KpiValue;
}

export interface PositiveClass {
  readonly value: string;
  readonly from: "given" | "guessed";
}

/** The columns that a figure needs, with null for a role that is not filled. */
export type RoleColumns = Readonly<Record<KpiRole, Column | null>>;
