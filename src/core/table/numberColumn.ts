import { SORT_CLASS, type SortKeys } from "./sortKeys";

/** One number a row, or none. A missing value is not the same as NaN, which a run really logged. */
export class NumberColumn {
  private values: Float64Array;
  private present: Uint8Array;

  constructor(capacity: number) {
    this.values = new Float64Array(capacity);
    this.present = new Uint8Array(capacity);
  }

  /** Returns whether the row's value changed. */
  set(row: number, value: number | null): boolean {
    if (row >= this.values.length) {
      if (value === null) {
        return false;
      }
      this.grow(row + 1);
    }
    const before = this.present[row] === 1 ? (this.values[row] ?? null) : null;
    this.present[row] = value === null ? 0 : 1;
    this.values[row] = value ?? 0;
    return !Object.is(before, value);
  }

  get(row: number): number | null {
    return this.present[row] === 1 ? (this.values[row] ?? null) : null;
  }

  equal(rowA: number, rowB: number): boolean {
    return Object.is(this.get(rowA), this.get(rowB));
  }

  sortKeys(rowCount: number): SortKeys {
    return toSortKeys(rowCount, (row) => this.get(row));
  }

  private grow(needed: number): void {
    const capacity = Math.max(needed, this.values.length * 2);
    const values = new Float64Array(capacity);
    values.set(this.values);
    this.values = values;
    const present = new Uint8Array(capacity);
    present.set(this.present);
    this.present = present;
  }
}

/** Keys of any numbers by row: finite ones by value, then infinities, then NaN, then the missing. */
export function toSortKeys(rowCount: number, valueOf: (row: number) => number | null): SortKeys {
  const keys = new Float64Array(rowCount);
  const classes = new Uint8Array(rowCount);
  for (let row = 0; row < rowCount; row++) {
    const value = valueOf(row);
    if (value === null) {
      classes[row] = SORT_CLASS.missing;
    } else if (Number.isNaN(value)) {
      classes[row] = SORT_CLASS.nan;
    } else if (Number.isFinite(value)) {
      keys[row] = value;
    } else {
      classes[row] = SORT_CLASS.infinite;
      keys[row] = Math.sign(value);
    }
  }
  return { keys, classes };
}
