import type { NumericSample } from "./sample";
import { quantile } from "./statistics/quantile";

/** Where nearly all values of both sides lie. Values outside are outliers: they stretch the range by more than ten times. */
export interface BulkRange {
  /** The smallest and the largest value that is no outlier. */
  readonly low: number;
  readonly high: number;
  readonly min: number;
  readonly max: number;
  /** Outliers on each side. */
  readonly below: { readonly reference: number; readonly current: number };
  readonly above: { readonly reference: number; readonly current: number };
}

/** How far from the middle 98 % a value must lie, in widths of it. */
const FENCE = 3;
const STRETCHED = 10;

/** @returns null without values. */
export function bulkRange(reference: NumericSample, current: NumericSample): BulkRange | null {
  const sides = [reference.sorted, current.sorted].filter((sorted) => sorted.length > 0);
  if (sides.length === 0) {
    return null;
  }
  const min = Math.min(...sides.map((sorted) => sorted[0] ?? 0));
  const max = Math.max(...sides.map((sorted) => sorted[sorted.length - 1] ?? 0));
  const first = Math.min(...sides.map((sorted) => quantile(sorted, 0.01)));
  const last = Math.max(...sides.map((sorted) => quantile(sorted, 0.99)));
  const span = last - first;
  const none = { reference: 0, current: 0 };
  if (!(max - min > STRETCHED * span) || span <= 0 || !Number.isFinite(max - min)) {
    return { low: min, high: max, min, max, below: none, above: none };
  }
  const [floor, ceiling] = [first - FENCE * span, last + FENCE * span];
  const count = (sorted: Float64Array): readonly [below: number, above: number] => [
    countBelow(sorted, floor),
    sorted.length - countUpTo(sorted, ceiling),
  ];
  const [ofReference, ofCurrent] = [count(reference.sorted), count(current.sorted)];
  const inside = sides.flatMap((sorted) => {
    const [from, to] = [countBelow(sorted, floor), countUpTo(sorted, ceiling)];
    return from < to ? [sorted[from] ?? 0, sorted[to - 1] ?? 0] : [];
  });
  return {
    low: Math.min(...inside),
    high: Math.max(...inside),
    min,
    max,
    below: { reference: ofReference[0], current: ofCurrent[0] },
    above: { reference: ofReference[1], current: ofCurrent[1] },
  };
}

/** Values less than a limit. @param sorted ascending. */
export function countBelow(sorted: Float64Array, limit: number): number {
  return firstWhere(sorted, (value) => value >= limit);
}

/** Values of at most a limit. @param sorted ascending. */
export function countUpTo(sorted: Float64Array, limit: number): number {
  return firstWhere(sorted, (value) => value > limit);
}

function firstWhere(sorted: Float64Array, is: (value: number) => boolean): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (is(sorted[middle] ?? 0)) {
      high = middle;
    } else {
      low = middle + 1;
    }
  }
  return low;
}
