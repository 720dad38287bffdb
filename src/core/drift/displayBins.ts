import { type BulkRange, countBelow } from "./bulkRange";
import type { SharedBins } from "./driftReport";
import type { CategoricalSample, ColumnSample, NumericSample } from "./sample";

const MOST_VALUES = 60;
/** Numbers with at most so many distinct values are shown value by value. */
const FEW_NUMBERS = 20;
const AIMED_BINS = 30;

/** Bins for the overlay of both sides. Null without values. */
export function displayBins(reference: ColumnSample, current: ColumnSample, bulk: BulkRange | null): SharedBins | null {
  if (reference.kind === "numeric" && current.kind === "numeric") {
    return bulk === null ? null : (fewNumbers(reference, current) ?? rangeBins(reference, current, bulk));
  }
  return reference.kind === "categorical" && current.kind === "categorical" ? valueBins(reference, current) : null;
}

/** A bin for each of the most frequent values, and one for the rest. Numbers in their order, texts with the most frequent first. */
function valueBins(reference: CategoricalSample, current: CategoricalSample): SharedBins | null {
  const keys = [...new Set([...reference.counts.keys(), ...current.counts.keys()])];
  if (keys.length === 0) {
    return null;
  }
  const [totalReference, totalCurrent] = [totalOf(reference), totalOf(current)];
  const weight = (key: string | number): number =>
    (reference.counts.get(key) ?? 0) / Math.max(1, totalReference) + (current.counts.get(key) ?? 0) / Math.max(1, totalCurrent);
  const weights = new Map(keys.map((key) => [key, weight(key)] as const));
  keys.sort((a, b) => (weights.get(b) ?? 0) - (weights.get(a) ?? 0) || compareKeys(a, b));
  const shown = keys.length > MOST_VALUES ? keys.slice(0, MOST_VALUES - 1) : keys;
  const others = keys.length - shown.length;
  if (others === 0 && shown.every((key) => typeof key === "number")) {
    shown.sort(compareKeys);
  }
  const count = ({ counts }: CategoricalSample, total: number): number[] => {
    const own = shown.map((key) => counts.get(key) ?? 0);
    return others === 0 ? own : [...own, total - own.reduce((sum, each) => sum + each, 0)];
  };
  return {
    kind: "values",
    keys: others === 0 ? shown : [...shown, "other"],
    reference: count(reference, totalReference),
    current: count(current, totalCurrent),
    others,
  };
}

function compareKeys(a: string | number, b: string | number): number {
  return typeof a === "number" && typeof b === "number" ? a - b : String(a) < String(b) ? -1 : 1;
}

function totalOf({ counts }: CategoricalSample): number {
  let total = 0;
  for (const count of counts.values()) {
    total += count;
  }
  return total;
}

/** @returns null for more than a few distinct numbers. */
function fewNumbers(reference: NumericSample, current: NumericSample): SharedBins | null {
  const counts = [new Map<number, number>(), new Map<number, number>()] as const;
  const keys = new Set<number>();
  for (const [side, { sorted }] of [reference, current].entries()) {
    for (let from = 0; from < sorted.length;) {
      const value = sorted[from] ?? 0;
      let to = from + 1;
      while (to < sorted.length && sorted[to] === value) {
        to++;
      }
      counts[side as 0 | 1].set(value, to - from);
      keys.add(value);
      if (keys.size > FEW_NUMBERS) {
        return null;
      }
      from = to;
    }
  }
  const inOrder = [...keys].sort((a, b) => a - b);
  return {
    kind: "values",
    keys: inOrder,
    reference: inOrder.map((key) => counts[0].get(key) ?? 0),
    current: inOrder.map((key) => counts[1].get(key) ?? 0),
    others: 0,
  };
}

/** Bins of equal width with edges that people would choose; outliers in open bins at the ends. */
function rangeBins(reference: NumericSample, current: NumericSample, bulk: BulkRange): SharedBins {
  const isOpen = bulk.min < bulk.low || bulk.max > bulk.high;
  const inner = niceEdges(bulk.low, bulk.high, reference.integer && current.integer);
  const edges = isOpen ? [Math.min(bulk.min, inner[0] ?? 0), ...inner, Math.max(bulk.max, inner.at(-1) ?? 0)] : inner;
  const count = ({ sorted }: NumericSample): number[] => {
    // Each bin holds its lower edge and not its upper one; the last holds both.
    const below = edges.map((edge, index) => (index === 0 ? 0 : index === edges.length - 1 ? sorted.length : countBelow(sorted, edge)));
    return below.slice(1).map((upTo, index) => upTo - (below[index] ?? 0));
  };
  return { kind: "range", edges: edges.map((edge) => edge + 0), open: isOpen, reference: count(reference), current: count(current) };
}

/** Multiples of 1, 2 or 5 times a power of ten that hold the range, about thirty; equal parts of it where doubles are too coarse for that. */
function niceEdges(low: number, high: number, isWhole: boolean): number[] {
  const rough = (high - low) / AIMED_BINS;
  const power = 10 ** Math.floor(Math.log10(rough));
  const nice = ([1, 2, 5, 10].find((factor) => factor * power >= rough) ?? 10) * power;
  const step = isWhole ? Math.max(1, Math.round(nice)) : nice;
  const first = Math.floor(low / step);
  const last = Math.ceil(high / step) + (isWhole && Number.isInteger(high / step) ? 1 : 0);
  const isUsable =
    Number.isFinite(rough) && power > 0 && Number.isSafeInteger(first) && last - first > 1 && last - first <= 2 * AIMED_BINS - 4;
  const edges = isUsable
    ? Array.from({ length: last - first + 1 }, (_, index) => Number(((first + index) * step).toPrecision(12)))
    : Array.from({ length: AIMED_BINS + 1 }, (_, index) => low * (1 - index / AIMED_BINS) + high * (index / AIMED_BINS));
  const holds =
    (edges[0] ?? 0) <= low && (edges.at(-1) ?? 0) >= high && edges.every((edge, index) => index === 0 || edge > (edges[index - 1] ?? 0));
  return holds ? edges : [low, high];
}
