import type { ColumnSample, NumericSample } from "./sample";
import { categoryCounts } from "./statistics/categoryCounts";
import { quantile } from "./statistics/quantile";
import { usableRows } from "./usableRows";

/**
 * Both sides of a column, counted in the same bins.
 * - "ranges": `edges` is one longer than the counts; a bin holds its lower edge and not its upper one, except the last, which holds both.
 * - "quantiles": `edges` are only those between bins, one fewer than the counts; the first and the last bin have no end.
 * - "values": a bin for each value, in ascending order.
 */
export type Bins = RangeBins | ValueBins;

interface RangeBins {
  readonly kind: "ranges" | "quantiles";
  readonly edges: readonly number[];
  readonly reference: readonly number[];
  readonly current: readonly number[];
}

interface ValueBins {
  readonly kind: "values";
  readonly keys: readonly (string | number)[];
  readonly reference: readonly number[];
  readonly current: readonly number[];
}

/** A reference with more distinct numbers than this is counted in ranges, another by value. */
const VALUES_LIMIT = 20;

/** Share that an empty bin of quantiles is taken for, so that its logarithm is finite. */
const QUANTILE_EPSILON = 1e-4;

/** Bins of Evidently's PSI, Kullback–Leibler and Jensen–Shannon (`get_binned_data`): Sturges's rule over both sides, or one bin a value. */
export function evidentlyBins(reference: ColumnSample, current: ColumnSample): Bins {
  if (reference.kind === "categorical" || current.kind === "categorical" || !hasManyValues(reference.sorted)) {
    return { kind: "values", ...categoryCounts(reference, current) };
  }
  const size = reference.sorted.length + current.sorted.length;
  const edges = sturgesEdges(...pooledRange(reference, current), size, reference.integer && current.integer);
  return { kind: "ranges", edges, reference: countInRanges(reference.sorted, edges), current: countInRanges(current.sorted, edges) };
}

/**
 * Bins of equal share of the reference, with open ends, so that an outlier cannot stretch them. Quantiles that coincide make one edge, and
 * those at the least and the greatest value make none. Where that leaves no edge, one value fills the reference, and there are three
 * bins: below it, that value, above it. Categories are counted by value.
 */
export function quantileBins(reference: ColumnSample, current: ColumnSample, count: number): Bins {
  if (reference.kind === "categorical" || current.kind === "categorical") {
    return { kind: "values", ...categoryCounts(reference, current) };
  }
  const edges = quantileEdges(reference.sorted, count);
  return { kind: "quantiles", edges, reference: countBetween(reference.sorted, edges), current: countBetween(current.sorted, edges) };
}

function quantileEdges(sorted: Float64Array, count: number): number[] {
  const [least = NaN, most = NaN] = [sorted[0], sorted.at(-1)];
  // The step of numpy's linspace: 3 × 0.1 is not 0.3.
  const quantiles = Array.from({ length: count - 1 }, (_, i) => quantile(sorted, (i + 1) * (1 / count)));
  const inner = [...new Set(quantiles)].filter((edge) => edge > least && edge < most);
  if (inner.length > 0 || sorted.length === 0) {
    return inner;
  }
  const value = quantile(sorted, 0.5);
  const above = value + Math.max(Math.abs(value) * Number.EPSILON, Number.MIN_VALUE);
  return [value, above];
}

/**
 * What each bin adds to the population stability index: (p − q)·ln(p / q) for shares p of the reference and q of the current rows. An
 * empty bin counts as a small share: 0.0001 in bins of quantiles; otherwise as Evidently fills it, which is 0.0001 as well, or a
 * millionth of the side's smallest share where that is 0.0001 or less. Both sides need a row.
 */
export function psiContributions(bins: Bins): number[] {
  const [p, q] = filledShares(bins);
  return p.map((share, i) => (share - (q[i] ?? 0)) * Math.log(share / (q[i] ?? 0)));
}

/** Shares of both sides with empty bins filled, see `psiContributions`. They need not add up to 1. */
export function filledShares(bins: Bins): readonly [number[], number[]] {
  return [fillZeros(sharesOf(bins.reference), bins.kind), fillZeros(sharesOf(bins.current), bins.kind)];
}

export function sharesOf(counts: readonly number[]): number[] {
  const rows = counts.reduce((sum, count) => sum + count, 0);
  return counts.map((count) => count / rows);
}

function fillZeros(shares: number[], kind: Bins["kind"]): number[] {
  const smallest = shares.reduce((least, share) => (share > 0 && share < least ? share : least), Infinity);
  const fill = kind !== "quantiles" && smallest <= 1e-4 ? smallest / 1e6 : QUANTILE_EPSILON;
  return shares.map((share) => (share === 0 ? fill : share));
}

/** Least and largest value of either side. One of them must have values. */
function pooledRange(reference: NumericSample, current: NumericSample): [number, number] {
  const ends = [reference, current].filter((side) => usableRows(side) > 0).map(({ sorted }) => [sorted[0] ?? 0, sorted.at(-1) ?? 0]);
  return [Math.min(...ends.map(([least]) => least ?? 0)), Math.max(...ends.map(([, most]) => most ?? 0))];
}

/**
 * Edges of equal bins as numpy's `histogram_bin_edges(…, "sturges")` makes them, to the last bit: range / (log₂ n + 1) wide at most, and
 * at least 1 for integers.
 */
export function sturgesEdges(least: number, most: number, size: number, integer: boolean): number[] {
  const [first, last] = least === most ? [least - 0.5, most + 0.5] : [least, most];
  const range = most - least;
  if (range === Infinity) {
    const bins = Math.ceil(Math.log2(size) + 1);
    return Array.from({ length: bins + 1 }, (_, i) => first * (1 - i / bins) + last * (i / bins));
  }
  const wanted = range / (Math.log2(size) + 1);
  const width = integer && wanted < 1 ? 1 : wanted;
  const bins = range === 0 || wanted === 0 ? 1 : Math.ceil(range / width);
  const step = (last - first) / bins;
  const edges = Array.from({ length: bins + 1 }, (_, i) => (i === bins ? last : i * step + first));
  // Where the range is a few units in the last place of its ends, neighbours may coincide.
  return edges.filter((edge, i) => i === 0 || edge > (edges[i - 1] ?? -Infinity));
}

export function countInRanges(sorted: Float64Array, edges: readonly number[]): number[] {
  const ends = edges.slice(1).map((edge, i) => (i === edges.length - 2 ? upperBound(sorted, edge) : lowerBound(sorted, edge)));
  const start = lowerBound(sorted, edges[0] ?? -Infinity);
  return ends.map((end, i) => end - (i === 0 ? start : (ends[i - 1] ?? 0)));
}

function countBetween(sorted: Float64Array, inner: readonly number[]): number[] {
  const ends = [...inner.map((edge) => lowerBound(sorted, edge)), sorted.length];
  return ends.map((end, i) => end - (i === 0 ? 0 : (ends[i - 1] ?? 0)));
}

/** How many values are smaller. */
function lowerBound(sorted: Float64Array, value: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((sorted[middle] ?? Infinity) < value) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low;
}

/** How many values are smaller or equal. */
function upperBound(sorted: Float64Array, value: number): number {
  let end = lowerBound(sorted, value);
  while (end < sorted.length && sorted[end] === value) {
    end++;
  }
  return end;
}

function hasManyValues(sorted: Float64Array): boolean {
  let distinct = 0;
  for (let i = 0; i < sorted.length && distinct <= VALUES_LIMIT; i++) {
    distinct += i === 0 || sorted[i] !== sorted[i - 1] ? 1 : 0;
  }
  return distinct > VALUES_LIMIT;
}
