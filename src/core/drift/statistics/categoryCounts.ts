import type { ColumnSample } from "../sample";
import { pooledCounts } from "./pooledCounts";

/** Rows by value on both sides, over all values of either. */
export interface CategoryCounts {
  /** Numbers ascending, then texts by code point. */
  readonly keys: readonly (string | number)[];
  readonly reference: readonly number[];
  readonly current: readonly number[];
}

export function categoryCounts(reference: ColumnSample, current: ColumnSample): CategoryCounts {
  if (reference.kind === "numeric" && current.kind === "numeric") {
    const pooled = pooledCounts(reference.sorted, current.sorted);
    return {
      keys: Array.from(pooled.values.subarray(0, pooled.distinct)),
      reference: Array.from(pooled.reference.subarray(0, pooled.distinct)),
      current: Array.from(pooled.current.subarray(0, pooled.distinct)),
    };
  }
  const left = countsOf(reference);
  const right = countsOf(current);
  const keys = [...new Set([...left.keys(), ...right.keys()])].sort(compareKeys);
  return { keys, reference: keys.map((key) => left.get(key) ?? 0), current: keys.map((key) => right.get(key) ?? 0) };
}

function countsOf(sample: ColumnSample): ReadonlyMap<string | number, number> {
  if (sample.kind === "categorical") {
    return sample.counts;
  }
  const counts = new Map<number, number>();
  for (const value of sample.sorted) {
    counts.set(value, (counts.get(value) ?? 0) + 1);
  }
  return counts;
}

/** As Python sorts texts: by code points, which JavaScript's own comparison of surrogates does not. */
function compareKeys(a: string | number, b: string | number): number {
  if (typeof a === "number" || typeof b === "number") {
    return typeof a === typeof b ? Number(a) - Number(b) : typeof a === "number" ? -1 : 1;
  }
  for (let i = 0; i < a.length && i < b.length; i++) {
    if (a.charCodeAt(i) !== b.charCodeAt(i)) {
      return byCodePoint(a.charCodeAt(i)) - byCodePoint(b.charCodeAt(i));
    }
  }
  return a.length - b.length;
}

/** Moves surrogates, which stand for code points above U+FFFF, behind the units that they would come before. */
function byCodePoint(unit: number): number {
  return unit >= 0xe000 ? unit - 0x800 : unit >= 0xd800 ? unit + 0x2000 : unit;
}
