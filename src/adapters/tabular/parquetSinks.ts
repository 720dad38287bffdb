import type { LabelStore } from "../../core/tabular/labelStore";
import type { PageSink } from "./parquetPages";

/** Rows of a file that are kept, ascending; null for all. */
export type KeptRows = Float64Array | null;

/** Where the rows of a file go in a column: walks through the kept ones, page by page. */
class RowCursor {
  /** The next row of the file, and the next place among the kept. */
  #row: number;
  #place: number;

  constructor(
    private readonly kept: KeptRows,
    firstRow: number,
  ) {
    this.#row = firstRow;
    this.#place = kept === null ? firstRow : placeOf(kept, firstRow);
  }

  /** Calls for each kept row of the next `rows` with its place and its number within them. */
  advance(rows: number, visit: (place: number, offset: number) => void): void {
    const { kept } = this;
    const first = this.#row;
    const end = first + rows;
    this.#row = end;
    if (kept === null) {
      for (let offset = 0; offset < rows; offset++) {
        visit(this.#place++, offset);
      }
      return;
    }
    for (let row = kept[this.#place] ?? Infinity; row < end; row = kept[this.#place] ?? Infinity) {
      visit(this.#place++, row - first);
    }
  }
}

/** The place of the first kept row that is not before this one. */
export function placeOf(kept: Float64Array, row: number): number {
  let low = 0;
  let high = kept.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((kept[middle] ?? 0) < row) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low;
}

/** Puts numbers where they belong; missing ones stay as they are. */
export function numberSink(
  target: Float64Array,
  toNumbers: (stored: ArrayLike<unknown>) => Float64Array,
  kept: KeptRows,
  firstRow: number,
): PageSink {
  const cursor = new RowCursor(kept, firstRow);
  let entries: Float64Array = new Float64Array(0);
  return {
    dictionary: (values) => {
      entries = toNumbers(values);
    },
    page: (rows, present, values, isIndex) => {
      const numbers = isIndex ? pick(entries, values as ArrayLike<number>) : toNumbers(values);
      const positions = present === null ? null : positionsOf(present, rows);
      checkCount(numbers.length, rows, positions);
      cursor.advance(rows, (place, offset) => {
        const position = positions === null ? offset : (positions[offset] ?? -1);
        if (position >= 0) {
          target[place] = numbers[position] ?? NaN;
        }
      });
    },
  };
}

/** Puts codes where they belong; a dictionary's entry gets its code when a kept row has it. */
export function labelSink(target: Int32Array, labels: LabelStore, kept: KeptRows, firstRow: number): PageSink {
  const cursor = new RowCursor(kept, firstRow);
  let entries: ArrayLike<unknown> = [];
  let codes = new Int32Array(0);
  const codeOf = (value: unknown): number => {
    if (!(value instanceof Uint8Array)) {
      throw new Error("A text is none.");
    }
    return labels.code(value, 0, value.length);
  };
  return {
    dictionary: (values) => {
      entries = values;
      codes = new Int32Array(values.length).fill(-1);
    },
    page: (rows, present, values, isIndex) => {
      const positions = present === null ? null : positionsOf(present, rows);
      checkCount(values.length, rows, positions);
      cursor.advance(rows, (place, offset) => {
        const position = positions === null ? offset : (positions[offset] ?? -1);
        if (position < 0) {
          return;
        }
        if (!isIndex) {
          target[place] = codeOf(values[position]);
          return;
        }
        const entry = values[position] as number;
        const known = codes[entry] ?? -1;
        target[place] = known < 0 ? (codes[entry] = codeOf(entries[entry])) : known;
      });
    },
  };
}

/** Where each row's value is among those of a page; -1 for a row without one. A level above 0 is a value, because the column is not nested. */
function positionsOf(present: ArrayLike<number>, rows: number): Int32Array {
  const positions = new Int32Array(rows);
  let next = 0;
  for (let row = 0; row < rows; row++) {
    positions[row] = (present[row] ?? 0) > 0 ? next++ : -1;
  }
  return positions;
}

function pick(entries: Float64Array, indexes: ArrayLike<number>): Float64Array<ArrayBuffer> {
  const numbers = new Float64Array(indexes.length);
  for (let index = 0; index < numbers.length; index++) {
    const entry = indexes[index] ?? -1;
    if (!(entry >= 0 && entry < entries.length)) {
      throw new Error("A value points beyond its dictionary.");
    }
    numbers[index] = entries[entry] ?? NaN;
  }
  return numbers;
}

function checkCount(values: number, rows: number, positions: Int32Array | null): void {
  const expected = positions === null ? rows : positions.reduce((sum, position) => sum + (position >= 0 ? 1 : 0), 0);
  if (values < expected) {
    throw new Error("A page has fewer values than rows.");
  }
}
