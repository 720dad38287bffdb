import type { Detector, DetectorSignal } from "./detector";

/**
 * Early drift detection method for a series of errors (1) and correct answers (0): follows the distance between errors, whose mean plus two
 * standard deviations shrinks when errors become frequent. Warns below 95 % and alarms below 90 % of the largest that was seen, once there were
 * 30 errors; starts anew after an alarm. A warning lasts until the next error.
 * Source: M. Baena-García et al., Early drift detection method, 2006; details as river 0.26.1 has them (sample variance).
 */
export function eddm(warmStart = 30, warningAt = 0.95, driftAt = 0.9): Detector {
  const fresh = { count: 0, last: 0, errors: 0, mean: 0, squares: 0, largest: -1, warns: false };
  let state = { ...fresh };
  const judge = (): DetectorSignal | null => {
    const variance = state.errors > 1 ? state.squares / (state.errors - 1) : 0;
    const reach = state.mean + 2 * Math.sqrt(variance);
    if (reach > state.largest) {
      state.largest = reach;
    } else if (state.errors > warmStart) {
      const level = reach / state.largest;
      if (level < driftAt) {
        state = { ...fresh };
        return { level: "drift", direction: "up" };
      }
      state.warns = level < warningAt;
    }
    return null;
  };
  return {
    id: "eddm",
    update(error) {
      state.count++;
      if (error === 1) {
        const distance = state.count - state.last;
        state.errors++;
        const from = distance - state.mean;
        state.mean += from / state.errors;
        state.squares += from * (distance - state.mean);
        state.last = state.count;
        const alarm = state.count > warmStart ? judge() : null;
        if (alarm !== null) {
          return alarm;
        }
      }
      return state.warns ? { level: "warning", direction: "up" } : null;
    },
  };
}
