import type { Baseline, Detector } from "./detector";

/**
 * Control limits of a stated baseline: every value further than `sigmas` standard deviations from its mean stands out. Limits themselves are
 * still inside; of a baseline without spread, every other value stands out. Source: W. A. Shewhart's control chart.
 */
export function baselineBand(baseline: Baseline, sigmas = 3): Detector {
  const { low, high } = bandOf(baseline, sigmas);
  return {
    id: "baseline_band",
    update(value) {
      if (value > high) {
        return { level: "drift", direction: "up" };
      }
      return value < low ? { level: "drift", direction: "down" } : null;
    },
  };
}

/** The two limits of a baseline. */
export function bandOf({ mean, std }: Baseline, sigmas = 3): { readonly low: number; readonly high: number } {
  return { low: mean - sigmas * std, high: mean + sigmas * std };
}
