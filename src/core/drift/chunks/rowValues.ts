import type { TextColumn } from "../../tabular/column";
import type { RowRange } from "./chunk";

/** Finite values of some rows, copied. */
export function finite(values: Float64Array, { from, to }: RowRange): Float64Array {
  const kept = new Float64Array(to - from);
  let count = 0;
  for (let i = from; i < to; i++) {
    const value = values[i] ?? NaN;
    if (Number.isFinite(value)) {
      kept[count++] = value;
    }
  }
  return count === kept.length ? kept : kept.slice(0, count);
}

/** Rows of each label. */
export function countCodes({ codes, labels }: TextColumn, { from, to }: RowRange): Float64Array {
  const counts = new Float64Array(labels.length);
  for (let i = from; i < to; i++) {
    const code = codes[i] ?? -1;
    if (code >= 0) {
      counts[code] = (counts[code] ?? 0) + 1;
    }
  }
  return counts;
}
