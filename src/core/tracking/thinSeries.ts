import type { MetricHistory, MetricPoint } from "./run";

/**
 * Thins a curve to at most `maxPoints` points: the range is cut into equal buckets, of which the minimum, the maximum and
 * the first non-finite point survive, so that no spike and no gap is lost.
 * @param points sorted by (step, timestamp, value).
 */
export function toMetricHistory(points: readonly MetricPoint[], maxPoints: number): MetricHistory {
  throw new Error(`not yet: ${points.length} ${maxPoints}`);
}
