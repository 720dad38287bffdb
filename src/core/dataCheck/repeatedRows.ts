import { type Column, isNumberColumn } from "../tabular/column";
import { type BrokenRows, MOST_ROWS_NAMED } from "./brokenRows";

/** Beyond it the table of keys would take more than 128 MB. */
export const MOST_KEYED_ROWS = 16_777_216;

export interface RepeatedRows extends BrokenRows {
  /** Whole numbers that a double rounds are among the repeats, so that they may not be any. */
  readonly isRounded: boolean;
}

/**
 * Rows whose key an earlier row has. Keys are found by hash and compared by value, so the answer is exact. A row that lacks a part of its key repeats
 * none, as in SQL.
 * @param columns parts of the key, of at most `MOST_KEYED_ROWS` rows.
 */
export function repeatedRows(columns: readonly Column[]): RepeatedRows {
  const parts = columns.map((column) => (isNumberColumn(column) ? column.values : column.codes));
  const areNumbers = columns.map(isNumberColumn);
  const rows = parts[0]?.length ?? 0;
  const slots = new Int32Array(2 ** Math.ceil(Math.log2(Math.max(2, rows * 2))));
  const mask = slots.length - 1;
  const bits = new Float64Array(1);
  const words = new Int32Array(bits.buffer);
  const first: number[] = [];
  let count = 0;
  let isRounded = false;
  const isSame = (one: number, other: number): boolean => parts.every((part) => part[one] === part[other]);
  for (let row = 0; row < rows; row++) {
    let hash = 0x811c9dc5;
    let isWhole = true;
    let isUnsafe = false;
    for (const [index, part] of parts.entries()) {
      const value = part[row] ?? NaN;
      const isNumber = areNumbers[index] === true;
      isWhole &&= value === value && (isNumber || value >= 0);
      isUnsafe ||= isNumber && Math.abs(value) > Number.MAX_SAFE_INTEGER;
      bits[0] = value === 0 ? 0 : value; // -0 equals 0 and has other bits.
      hash = Math.imul(hash ^ (words[0] ?? 0), 0x01000193);
      hash = Math.imul(hash ^ (hash >>> 15) ^ (words[1] ?? 0), 0x85ebca6b);
    }
    if (!isWhole) {
      continue;
    }
    hash ^= hash >>> 13;
    let slot = Math.imul(hash, 0xc2b2ae35) & mask;
    for (;;) {
      const other = (slots[slot] ?? 0) - 1;
      if (other < 0) {
        slots[slot] = row + 1;
        break;
      }
      if (isSame(row, other)) {
        count++;
        isRounded ||= isUnsafe;
        if (first.length < MOST_ROWS_NAMED) {
          first.push(row + 1);
        }
        break;
      }
      slot = (slot + 1) & mask;
    }
  }
  return { count, first, isRounded };
}
