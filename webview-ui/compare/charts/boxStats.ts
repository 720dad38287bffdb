import { formatNumber } from "../../shared/format";
import { t } from "../../shared/l10n";
import type { Dimension, DimensionValue } from "./dimensions";

export interface BoxStats {
  readonly q1: number;
  readonly median: number;
  readonly q3: number;
  /** The last values within 1.5 times the box from its ends. */
  readonly whiskerMin: number;
  readonly whiskerMax: number;
  readonly min: number;
  readonly max: number;
  readonly mean: number;
  readonly outliers: readonly number[];
}

export interface BoxGroup {
  /** Null holds the items without a value. */
  readonly category: string | null;
  /** The category for people: a number has as few digits as it needs. */
  readonly name: string;
  readonly items: readonly number[];
  readonly values: readonly number[];
  readonly stats: BoxStats;
}

export interface BoxGroups {
  readonly groups: readonly BoxGroup[];
  /** Items without a finite value of the metric. */
  readonly left: number;
  readonly total: number;
}

/** Quantile of sorted values by linear interpolation, Hyndman and Fan's type 7, as in NumPy, pandas and R. */
export function quantile(sorted: readonly number[], p: number): number {
  const position = (sorted.length - 1) * p;
  const low = sorted[Math.floor(position)] ?? NaN;
  const high = sorted[Math.ceil(position)] ?? NaN;
  return low + (high - low) * (position - Math.floor(position));
}

export function boxStats(values: readonly number[]): BoxStats {
  const sorted = [...values].sort((a, b) => a - b);
  const [q1, median, q3] = [quantile(sorted, 0.25), quantile(sorted, 0.5), quantile(sorted, 0.75)];
  const reach = 1.5 * (q3 - q1);
  const within = sorted.filter((value) => value >= q1 - reach && value <= q3 + reach);
  return {
    q1,
    median,
    q3,
    whiskerMin: within[0] ?? NaN,
    whiskerMax: within.at(-1) ?? NaN,
    min: sorted[0] ?? NaN,
    max: sorted.at(-1) ?? NaN,
    mean: sorted.reduce((sum, value) => sum + value, 0) / sorted.length,
    outliers: sorted.filter((value) => value < q1 - reach || value > q3 + reach),
  };
}

/** The metric's finite values by category. Categories are compared whole: two that begin alike stay two. */
export function boxGroups(metric: Dimension, category: Dimension): BoxGroups {
  const byCategory = new Map<DimensionValue, { items: number[]; values: number[] }>();
  let left = 0;
  metric.values.forEach((value, item) => {
    if (typeof value !== "number" || !Number.isFinite(value)) {
      left++;
      return;
    }
    const name = category.values[item] ?? null;
    const group = byCategory.get(name) ?? { items: [], values: [] };
    group.items.push(item);
    group.values.push(value);
    byCategory.set(name, group);
  });
  const groups = [...byCategory]
    .sort(([a], [b]) => compareCategories(a, b))
    .map(([value, { items, values }]) => ({
      category: value === null ? null : String(value),
      name: value === null ? t("(no value)") : typeof value === "number" ? formatNumber(value) : value,
      items,
      values,
      stats: boxStats(values),
    }));
  return { groups, left, total: metric.values.length };
}

/** Numbers by size, then texts in order, then what is missing. */
export function compareCategories(a: DimensionValue, b: DimensionValue): number {
  if (typeof a === "number" && typeof b === "number") {
    return Number.isNaN(a) ? (Number.isNaN(b) ? 0 : 1) : Number.isNaN(b) ? -1 : a === b ? 0 : a < b ? -1 : 1;
  }
  const rank = (value: DimensionValue): number => (value === null ? 2 : typeof value === "string" ? 1 : 0);
  return rank(a) - rank(b) || String(a).localeCompare(String(b), undefined, { numeric: true }) || (String(a) < String(b) ? -1 : 1);
}
