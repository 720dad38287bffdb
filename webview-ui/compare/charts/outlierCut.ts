import { quantile } from "./boxStats";

/** The share that is cut at each end. */
export const CUT_SHARE = 0.01;

export interface OutlierCut {
  readonly min: number;
  readonly max: number;
  /** Values outside, which the chart must tell. */
  readonly outside: number;
}

/** The range that holds all but the most extreme values, or null where nothing would be cut. Values that are not finite do not count. */
export function outlierCut(values: readonly number[], share: number = CUT_SHARE): OutlierCut | null {
  const sorted = values.filter((value) => Number.isFinite(value)).sort((a, b) => a - b);
  if (sorted.length === 0) {
    return null;
  }
  const min = quantile(sorted, share);
  const max = quantile(sorted, 1 - share);
  const outside = sorted.filter((value) => value < min || value > max).length;
  return outside === 0 || !(max > min) ? null : { min, max, outside };
}
