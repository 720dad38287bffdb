import type { Dimension, DimensionValue } from "./dimensions";

export interface ScatterPair {
  /** Index of the item. */
  readonly item: number;
  readonly x: number;
  readonly y: number;
  readonly color: DimensionValue;
}

export interface ScatterPairs {
  readonly pairs: readonly ScatterPair[];
  readonly total: number;
  /** Items without one of both values. */
  readonly missing: number;
  /** Items with a text where the others have a number. */
  readonly notNumber: number;
  /** Items with NaN or an infinity. */
  readonly notFinite: number;
  /** Items at zero or below on a logarithmic axis. */
  readonly nonPositive: number;
}

export interface LogAxes {
  readonly x: boolean;
  readonly y: boolean;
}

/** Each item either becomes a point or is counted once, by the first reason that keeps it out. */
export function scatterPairs(x: Dimension, y: Dimension, color: Dimension | null, log: LogAxes): ScatterPairs {
  const pairs: ScatterPair[] = [];
  let missing = 0;
  let notNumber = 0;
  let notFinite = 0;
  let nonPositive = 0;
  x.values.forEach((horizontal, item) => {
    const vertical = y.values[item] ?? null;
    if (horizontal === null || vertical === null) {
      missing++;
    } else if (typeof horizontal === "string" || typeof vertical === "string") {
      notNumber++;
    } else if (!Number.isFinite(horizontal) || !Number.isFinite(vertical)) {
      notFinite++;
    } else if ((log.x && horizontal <= 0) || (log.y && vertical <= 0)) {
      nonPositive++;
    } else {
      pairs.push({ item, x: horizontal, y: vertical, color: color?.values[item] ?? null });
    }
  });
  return { pairs, total: x.values.length, missing, notNumber, notFinite, nonPositive };
}
