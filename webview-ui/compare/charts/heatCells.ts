import { formatNumber } from "../../shared/format";
import { compareCategories } from "./boxStats";
import type { Dimension, DimensionValue } from "./dimensions";

export interface HeatBin {
  /** What the axis shows, with its whole text. */
  readonly label: string;
}

export interface HeatCell {
  readonly x: number;
  readonly y: number;
  readonly items: readonly number[];
  /** Mean of the metric's finite values; null when none of the items has one. */
  readonly mean: number | null;
}

export interface HeatMap {
  readonly xBins: readonly HeatBin[];
  readonly yBins: readonly HeatBin[];
  /** Whether numbers were taken together in equal intervals. */
  readonly binned: { readonly x: boolean; readonly y: boolean };
  /** Only cells with items: the others have none, which is not zero. */
  readonly cells: readonly HeatCell[];
  readonly min: number;
  readonly max: number;
  /** Items without one of the two parameters. */
  readonly missing: number;
  /** Items in a cell, but without a finite value of the metric. */
  readonly withoutValue: number;
}

/** Up to here each number keeps its own row or column. */
const EXACT = 12;
const BINS = 10;

/** The mean of a metric by two parameters. Categories keep a row each; numbers too while they are few, else equal intervals. */
export function heatMap(x: Dimension, y: Dimension, metric: Dimension): HeatMap {
  const [horizontal, vertical] = [toBins(x), toBins(y)];
  const cells = new Map<string, { x: number; y: number; items: number[]; values: number[] }>();
  let missing = 0;
  let withoutValue = 0;
  metric.values.forEach((value, item) => {
    const column = horizontal.binOf(x.values[item] ?? null);
    const row = vertical.binOf(y.values[item] ?? null);
    if (column === null || row === null) {
      missing++;
      return;
    }
    const id = `${column}/${row}`;
    const cell = cells.get(id) ?? { x: column, y: row, items: [], values: [] };
    cells.set(id, cell);
    cell.items.push(item);
    if (typeof value === "number" && Number.isFinite(value)) {
      cell.values.push(value);
    } else {
      withoutValue++;
    }
  });
  const done = [...cells.values()].map((cell) => ({ x: cell.x, y: cell.y, items: cell.items, mean: mean(cell.values) }));
  const means = done.map((cell) => cell.mean).filter((value) => value !== null);
  return {
    xBins: horizontal.bins,
    yBins: vertical.bins,
    binned: { x: horizontal.binned, y: vertical.binned },
    cells: done,
    min: means.reduce((a, b) => Math.min(a, b), Infinity),
    max: means.reduce((a, b) => Math.max(a, b), -Infinity),
    missing,
    withoutValue,
  };
}

interface Bins {
  readonly bins: readonly HeatBin[];
  readonly binned: boolean;
  readonly binOf: (value: DimensionValue) => number | null;
}

function toBins({ values }: Dimension): Bins {
  const distinct = [...new Set(values.filter((value) => value !== null))].sort(compareCategories);
  const numbers = distinct.filter((value): value is number => typeof value === "number" && Number.isFinite(value));
  const others = distinct.filter((value) => typeof value !== "number" || !Number.isFinite(value));
  if (numbers.length <= EXACT) {
    const placeOf = new Map(distinct.map((value, index) => [value, index]));
    const bins = distinct.map((value) => ({ label: typeof value === "number" ? formatNumber(value) : value }));
    return { bins, binned: false, binOf: (value) => (value === null ? null : (placeOf.get(value) ?? null)) };
  }
  const [low, high] = [numbers[0] ?? 0, numbers.at(-1) ?? 1];
  const edge = (index: number): number => low * (1 - index / BINS) + high * (index / BINS);
  const placeOf = new Map(others.map((value, index) => [value, BINS + index]));
  return {
    bins: [
      ...Array.from({ length: BINS }, (_, index) => ({ label: `${formatNumber(edge(index), 3)} – ${formatNumber(edge(index + 1), 3)}` })),
      ...others.map((value) => ({ label: typeof value === "number" ? formatNumber(value) : value })),
    ],
    binned: true,
    binOf: (value) =>
      typeof value === "number" && Number.isFinite(value)
        ? Math.min(BINS - 1, Math.floor(((value / 2 - low / 2) / (high / 2 - low / 2)) * BINS))
        : value === null
          ? null
          : (placeOf.get(value) ?? null),
  };
}

function mean(values: readonly number[]): number | null {
  return values.length === 0 ? null : values.reduce((sum, value) => sum + value / values.length, 0);
}
