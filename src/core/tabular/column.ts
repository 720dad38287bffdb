/**
 * One column of a table in memory. Kinds are those that pandas would give the same file, because the reference tools judge by them:
 * integers with a missing value are "float", true and false are "boolean", and what is no number is "text".
 */
export type Column = NumberColumn | TextColumn;

export interface NumberColumn {
  readonly name: string;
  /** "time" is milliseconds since 1970 (UTC). */
  readonly kind: "float" | "integer" | "time";
  /** A row each; NaN is missing, infinities are kept. */
  readonly values: Float64Array;
}

export interface TextColumn {
  readonly name: string;
  readonly kind: "text" | "boolean";
  /** A row each: index into `labels`, or -1 for missing. */
  readonly codes: Int32Array;
  /** Distinct, in order of first appearance. "False" and "True" for booleans, as pandas writes them. */
  readonly labels: readonly string[];
}

export type ColumnKind = Column["kind"];

export function isNumberColumn(column: Column): column is NumberColumn {
  return column.kind === "float" || column.kind === "integer" || column.kind === "time";
}
