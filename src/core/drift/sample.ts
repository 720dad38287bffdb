/** What a method sees of one side of a column: missing and infinite values are dropped, as every reference tool does, and counted. */
export type ColumnSample = NumericSample | CategoricalSample;

export interface NumericSample {
  readonly kind: "numeric";
  /** Finite values, ascending. */
  readonly sorted: Float64Array;
  /** All values are whole and the column is of an integer type. */
  readonly integer: boolean;
  /** Mean of the finite values, rounded as numpy rounds it in the order of the rows. Absent where that order is not known. */
  readonly mean?: number | undefined;
  readonly rows: number;
  readonly missing: number;
  readonly infinite: number;
}

export interface CategoricalSample {
  readonly kind: "categorical";
  /** Rows by value. Keys of a column of numbers are numbers, so that 10 comes after 9. */
  readonly counts: ReadonlyMap<string | number, number>;
  readonly rows: number;
  readonly missing: number;
  readonly infinite: number;
}

/** How a column is judged: as numbers, as categories, or as free text, which is not. */
export type DriftType = "num" | "cat" | "text";
