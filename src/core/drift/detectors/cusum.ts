import type { Detector } from "./detector";

/**
 * Tabular CUSUM of z-scores: S⁺ = max(0, S⁺ + z − k) and S⁻ = max(0, S⁻ − z − k); an alarm is raised when either passes h, and both start anew.
 * With k = 0.5 and h = 5 it is tuned to a shift of one standard deviation, with a false alarm every 465 values of a steady normal series.
 * Source: D. C. Montgomery, Introduction to Statistical Quality Control, chapter 9.
 */
export function cusum(k = 0.5, h = 5): Detector {
  let above = 0;
  let below = 0;
  return {
    id: "cusum",
    update(z) {
      above = Math.max(0, above + z - k);
      below = Math.max(0, below - z - k);
      if (above <= h && below <= h) {
        return null;
      }
      const direction = above > h ? "up" : "down";
      above = below = 0;
      return { level: "drift", direction };
    },
  };
}
