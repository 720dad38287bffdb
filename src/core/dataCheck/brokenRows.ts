import { type Column, isNumberColumn } from "../tabular/column";
import type { ValueTest } from "./valueTests";

/** So many row numbers lead to the place; more help nobody. */
export const MOST_ROWS_NAMED = 5;

export interface BrokenRows {
  readonly count: number;
  /** The first of them, counted from 1 without the header. */
  readonly first: readonly number[];
}

/** Rows whose value breaks a test; each distinct text is tested once. */
export function brokenRows(column: Column, { breaksNumber, breaksLabel }: ValueTest): BrokenRows {
  const first: number[] = [];
  let count = 0;
  const add = (row: number): void => {
    count++;
    if (first.length < MOST_ROWS_NAMED) {
      first.push(row + 1);
    }
  };
  const { kind } = column;
  if (isNumberColumn(column)) {
    column.values.forEach((value, row) => {
      if (value === value && breaksNumber(value, kind)) {
        add(row);
      }
    });
  } else {
    const broken = column.labels.map((label) => breaksLabel(label, kind));
    column.codes.forEach((code, row) => {
      if (broken[code] === true) {
        add(row);
      }
    });
  }
  return { count, first };
}

/** Rows without a value, or with a text that stands for none. */
export function missingRows(column: Column, markers: readonly string[]): BrokenRows {
  const first: number[] = [];
  let count = 0;
  const add = (row: number): void => {
    count++;
    if (first.length < MOST_ROWS_NAMED) {
      first.push(row + 1);
    }
  };
  if (isNumberColumn(column)) {
    const numbers = new Set(markers.map(Number).filter((marker, index) => markers[index]?.trim() !== "" && !Number.isNaN(marker)));
    column.values.forEach((value, row) => {
      if (value !== value || numbers.has(value)) {
        add(row);
      }
    });
  } else {
    const marked = column.labels.map((label) => markers.includes(label));
    column.codes.forEach((code, row) => {
      if (code < 0 || marked[code] === true) {
        add(row);
      }
    });
  }
  return { count, first };
}

/** Distinct texts that break a test, in the order of their letters, so that the order of the rows does not show. */
export function brokenLabels(column: Column, test: ValueTest, most: number): readonly string[] {
  const { kind } = column;
  const broken = isNumberColumn(column)
    ? [...distinctBroken(column.values, (value) => test.breaksNumber(value, kind))].sort((a, b) => a - b).map(String)
    : column.labels.filter((label) => test.breaksLabel(label, kind)).sort();
  return broken.slice(0, most);
}

/** Enough to find the smallest of few; where there are more, the first that came. */
const MOST_DISTINCT = 100_000;

function distinctBroken(values: Float64Array, breaks: (value: number) => boolean): ReadonlySet<number> {
  const found = new Set<number>();
  for (const value of values) {
    if (value === value && breaks(value)) {
      found.add(value);
      if (found.size >= MOST_DISTINCT) {
        break;
      }
    }
  }
  return found;
}

/** Smallest and largest of what a measure makes of the values; null where none can be measured. */
export function extremesOf(
  column: Column,
  measure: (value: string | number, kind: Column["kind"]) => number,
): { readonly min: number; readonly max: number } | null {
  let min = NaN;
  let max = NaN;
  const add = (value: number): void => {
    if (value === value) {
      min = value > min ? min : value; // Also where there is none yet.
      max = value < max ? max : value;
    }
  };
  if (isNumberColumn(column)) {
    column.values.forEach((value) => add(value === value ? measure(value, column.kind) : NaN));
  } else {
    // Labels of rows that are not kept do not count.
    const used = new Uint8Array(column.labels.length);
    column.codes.forEach((code) => {
      if (code >= 0) {
        used[code] = 1;
      }
    });
    column.labels.forEach((label, code) => add(used[code] === 1 ? measure(label, column.kind) : NaN));
  }
  return Number.isNaN(min) ? null : { min, max };
}
