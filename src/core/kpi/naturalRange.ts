import type { KpiSpec } from "./kpiSpec";

/** Ends that a figure cannot pass; null where it has none on that side. */
export interface NaturalRange {
  readonly low: number | null;
  readonly high: number | null;
}

const SHARE: NaturalRange = { low: 0, high: 1 };
const NO_RANGE: NaturalRange = { low: null, high: null };

/** What values a KPI can have by its definition: shares lie in 0 to 1, errors are not negative. */
export function naturalRange(spec: KpiSpec | null): NaturalRange {
  if (spec === null || (spec.kind === "column" && spec.of !== "rate")) {
    return NO_RANGE;
  }
  if (spec.kind === "column") {
    return SHARE;
  }
  switch (spec.id) {
    case "log_loss":
    case "mae":
    case "mse":
    case "rmse":
      return { low: 0, high: null };
    case "r2":
      return { low: null, high: 1 };
    default:
      return SHARE;
  }
}

/** The part of a range that a figure can have. */
export function withinRange<T extends { readonly low: number; readonly high: number }>(band: T, range: NaturalRange): T {
  return { ...band, low: Math.max(band.low, range.low ?? -Infinity), high: Math.min(band.high, range.high ?? Infinity) };
}
