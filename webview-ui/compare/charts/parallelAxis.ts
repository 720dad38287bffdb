import { compareCategories } from "./boxStats";
import type { Dimension, DimensionValue } from "./dimensions";

/**
 * An axis of a parallel-coordinates chart. Positions run from 0 (bottom) to 1 (top); what has no place on the scale gets one
 * below it, each kind its own, so that no line vanishes.
 */
export interface ParallelAxis {
  readonly id: string;
  readonly log: boolean;
  readonly flipped: boolean;
  /** Null on an axis of categories. */
  readonly range: readonly [number, number] | null;
  /** In order; each has a place of its own. Empty on an axis of numbers. */
  readonly categories: readonly string[];
  /** One an item. */
  readonly positions: readonly number[];
  readonly counts: { readonly missing: number; readonly notFinite: number; readonly nonPositive: number; readonly notNumber: number };
}

/** Places below the scale. */
export const OFF_SCALE = { notFinite: -0.08, missing: -0.16 } as const;

export function parallelAxis(dimension: Dimension, options: { readonly log: boolean; readonly flipped: boolean }): ParallelAxis {
  return dimension.kind === "number" ? numberAxis(dimension, options) : categoryAxis(dimension, options.flipped);
}

function numberAxis({ id, values }: Dimension, { log, flipped }: { readonly log: boolean; readonly flipped: boolean }): ParallelAxis {
  const onScale = (value: DimensionValue): value is number => typeof value === "number" && Number.isFinite(value) && (!log || value > 0);
  let [low, high] = [Infinity, -Infinity];
  for (const value of values) {
    if (onScale(value)) {
      low = Math.min(low, value);
      high = Math.max(high, value);
    }
  }
  const range: readonly [number, number] = low <= high ? [low, high] : [0, 1];
  const counts = { missing: 0, notFinite: 0, nonPositive: 0, notNumber: 0 };
  const positions = values.map((value) => {
    if (onScale(value)) {
      return positionOf(value, range, log, flipped);
    }
    if (value === null) {
      counts.missing++;
      return OFF_SCALE.missing;
    }
    counts[typeof value === "string" ? "notNumber" : Number.isFinite(value) ? "nonPositive" : "notFinite"]++;
    return OFF_SCALE.notFinite;
  });
  return { id, log, flipped, range, categories: [], positions, counts };
}

function categoryAxis({ id, values }: Dimension, flipped: boolean): ParallelAxis {
  const categories = [...new Set(values.filter((value) => value !== null).map(String))].sort(compareCategories);
  const placeOf = new Map(categories.map((category, index) => [category, index]));
  const positions = values.map((value) => {
    if (value === null) {
      return OFF_SCALE.missing;
    }
    const place = categories.length < 2 ? 0.5 : (placeOf.get(String(value)) ?? 0) / (categories.length - 1);
    return flipped ? 1 - place : place;
  });
  const missing = values.filter((value) => value === null).length;
  return { id, log: false, flipped, range: null, categories, positions, counts: { missing, notFinite: 0, nonPositive: 0, notNumber: 0 } };
}

/** Where a number lies on the scale; a single value lies in its middle. */
export function positionOf(value: number, [low, high]: readonly [number, number], log: boolean, flipped: boolean): number {
  const at = (x: number): number => (log ? Math.log(x) : x);
  // Halves first: the distance of two numbers of opposite sign may be more than a number can hold.
  const place = high === low ? 0.5 : (at(value) / 2 - at(low) / 2) / (at(high) / 2 - at(low) / 2);
  return flipped ? 1 - place : place;
}

/** The number at a position, for the ends of a brush and the ticks. */
export function valueAt(axis: ParallelAxis, position: number): number | null {
  if (axis.range === null) {
    return null;
  }
  const place = axis.flipped ? 1 - position : position;
  const [low, high] = axis.range;
  return axis.log ? low * (high / low) ** place : low * (1 - place) + high * place;
}
