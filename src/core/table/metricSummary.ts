import type { MetricAggregate, MetricDirection } from "../../protocol/runsTable";
import type { MetricHistory } from "../tracking/run";

/** What the table keeps of a metric's history. */
export interface MetricSummary {
  readonly min: number | null;
  readonly max: number | null;
  /** Heights in percent of the curve's own range, null in a gap. Null for a single point, which draws no line. */
  readonly curve: readonly (number | null)[] | null;
}

/** Curves are a finger wide; more points would not be seen. */
export const CURVE_POINTS = 24;

export function toMetricSummary(history: MetricHistory): MetricSummary {
  const { points, min, max } = history;
  if (points.length < 2 || min === null || max === null) {
    return { min, max, curve: null };
  }
  const range = max - min;
  const curve = points.map(({ value }) => {
    if (!Number.isFinite(value)) {
      return null;
    }
    return range === 0 ? 50 : Math.round(Math.min(1, Math.max(0, (value - min) / range)) * 100);
  });
  return { min, max, curve };
}

/**
 * The value that a column shows; null where the run has none or its history was not read yet. A history without any finite
 * value falls back to the last value, which is NaN or infinite.
 */
export function aggregateMetric(
  last: number | null,
  summary: MetricSummary | undefined,
  aggregate: MetricAggregate,
  direction: MetricDirection,
): number | null {
  if (aggregate === "last" || last === null) {
    return last;
  }
  if (summary === undefined) {
    return null;
  }
  const wantsMax = aggregate === "max" || (aggregate === "best" && direction === "up");
  return (wantsMax ? summary.max : summary.min) ?? last;
}
