import type { Interval } from "./intervals";

/** Measured, or not to be had for a reason. Never NaN, never infinite; estimates have a type of their own. */
export type KpiValue = MeasuredKpi | NoKpi;

export interface MeasuredKpi {
  readonly kind: "measured";
  readonly value: number;
  /** Rows that it rests on. */
  readonly rows: number;
  /** 95 % confidence; null where there is no simple one. */
  readonly interval: Interval | null;
  /** What was guessed or left out, a sentence each. */
  readonly notes: readonly string[];
}

export interface NoKpi {
  readonly kind: "none";
  readonly value: null;
  readonly rows: number;
  readonly reason: string;
}

export function noKpi(reason: string, rows = 0): NoKpi {
  return { kind: "none", value: null, rows, reason };
}

/** A measured value, unless it is too large for a number. */
export function measuredKpi(value: number, rows: number, interval: Interval | null = null, notes: readonly string[] = []): KpiValue {
  if (!Number.isFinite(value)) {
    return noKpi("The values are too large to be added up.", rows);
  }
  return {
    kind: "measured",
    value,
    rows,
    interval: interval !== null && Number.isFinite(interval.low + interval.high) ? interval : null,
    notes,
  };
}

/** Below so many rows a figure is shown and not judged. */
export const FEW_ROWS = 30;
