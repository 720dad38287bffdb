import type { MetricHistory, MetricPoint } from "../../../src/core/tracking/run";
import { toMetricHistory } from "../../../src/core/tracking/thinSeries";

const START = Date.UTC(2026, 3, 14, 8, 30);

/**
 * Curves by arithmetic, one awkward kind a metric: val_auc grows, val_loss falls over decades and has one spike, accuracy has
 * NaN, f1 is constant, rmse has infinities, train_time_s is a single point. Runs log at times and steps of their own.
 */
export function storyCurve(run: number, key: string, count: number, maxPoints: number): MetricHistory {
  if (key === "train_time_s") {
    return toMetricHistory([{ step: 0, timestamp: START + run * 60_000, value: 40 + ((run * 37) % 90) }], maxPoints);
  }
  const length = Math.max(1, Math.round(count * (1 - (run % 4) * 0.12)));
  const points = Array.from({ length }, (_, at): MetricPoint => ({
    step: at * (1 + (run % 2)),
    timestamp: START + run * 1_700_000 + at * (900 + (run % 5) * 120),
    value: valueAt(run, key, at / length, at),
  }));
  return toMetricHistory(points, maxPoints);
}

function valueAt(run: number, key: string, share: number, at: number): number {
  const wobble = noise(run * 7919 + at * 13 + key.length);
  const grown = 0.5 + (0.4 + (run % 7) * 0.012) * (1 - Math.exp(-share * (4 + (run % 5)))) + wobble * 0.03;
  switch (key) {
    case "val_loss":
      return run === 1 && at === 17 ? 25 : 2 * Math.exp(-share * (5 + (run % 3))) + 0.003 + wobble * 0.02 * (1.1 - share);
    case "accuracy":
      return (at + run) % 23 === 11 || (share > 0.6 && share < 0.64) ? NaN : grown;
    case "f1":
      return 0.5;
    case "rmse":
      return at === 5 ? Infinity : at === 9 ? -Infinity : 3 - grown;
    default:
      return grown;
  }
}

/** A number in [0, 1) that looks random and is not. */
function noise(seed: number): number {
  const value = Math.sin(seed * 12.9898) * 43_758.5453;
  return value - Math.floor(value);
}
