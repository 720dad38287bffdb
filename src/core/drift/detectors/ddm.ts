import type { Detector } from "./detector";

/**
 * Drift detection method for a series of errors (1) and correct answers (0): the share of errors p and its standard deviation
 * s = √(p(1 − p)/n) are followed, and their sum is compared with the smallest that was seen. Warns above p_min + 2·s_min, alarms above
 * p_min + 3·s_min, both strictly, not before 30 values, and starts anew after an alarm. Only a rise of errors is found.
 * Source: J. Gama et al., Learning with drift detection, SBIA 2004; details as river 0.26.1 has them.
 */
export function ddm(warmStart = 30, warningAt = 2, driftAt = 3): Detector {
  let count = 0;
  let share = 0;
  let best = { share: 0, deviation: 0, sum: Infinity };
  return {
    id: "ddm",
    update(error) {
      count++;
      share += (error - share) / count;
      // Rounding may leave the share a hair above 1.
      const deviation = Math.sqrt(Math.max(0, share * (1 - share)) / count);
      if (count <= warmStart) {
        return null;
      }
      const sum = share + deviation;
      if (sum <= best.sum) {
        best = { share, deviation, sum };
      }
      if (sum > best.share + driftAt * best.deviation) {
        count = share = 0;
        best = { share: 0, deviation: 0, sum: Infinity };
        return { level: "drift", direction: "up" };
      }
      return sum > best.share + warningAt * best.deviation ? { level: "warning", direction: "up" } : null;
    },
  };
}
