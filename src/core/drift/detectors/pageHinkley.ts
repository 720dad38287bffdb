import type { Detector } from "./detector";

export interface PageHinkleyOptions {
  /** Values before the first alarm. */
  readonly minValues: number;
  /** How much of a difference from the mean is let pass, in units of the series. */
  readonly delta: number;
  /** Accumulated difference that raises an alarm, in units of the series. */
  readonly lambda: number;
  /** How fast old differences are forgotten; 1 never does. */
  readonly alpha: number;
  readonly mode: "up" | "down" | "both";
}

const PAGE_HINKLEY_DEFAULTS: PageHinkleyOptions = { minValues: 30, delta: 0.005, lambda: 50, alpha: 0.9999, mode: "both" };

/**
 * Page–Hinkley test for a change of the mean: differences from the running mean add up, and an alarm is raised when the sum has left its
 * extreme by more than λ. Starts anew after an alarm. Its limits are in units of the series, so feed it z-scores of a stated baseline.
 * Source: E. S. Page, Continuous inspection schemes, Biometrika 41 (1954); both directions and forgetting as river 0.26.1 has them, down to the
 * extreme of the falling sum starting at −1.
 */
export function pageHinkley(options: Partial<PageHinkleyOptions> = {}): Detector {
  const { minValues, delta, lambda, alpha, mode } = { ...PAGE_HINKLEY_DEFAULTS, ...options };
  let count = 0;
  let mean = 0;
  let rising = 0;
  let falling = 0;
  let lowest = Infinity;
  let highest = -1;
  const restart = (): void => {
    count = mean = rising = falling = 0;
    lowest = Infinity;
    highest = -1;
  };
  return {
    id: "page_hinkley",
    update(value) {
      count++;
      mean += (value - mean) / count;
      const difference = value - mean;
      rising = alpha * rising + difference - delta;
      falling = alpha * falling + difference + delta;
      lowest = Math.min(lowest, rising);
      highest = Math.max(highest, falling);
      const up = mode !== "down" && rising - lowest > lambda;
      const down = mode !== "up" && highest - falling > lambda;
      if (count < minValues || !(up || down)) {
        return null;
      }
      restart();
      return { level: "drift", direction: up ? "up" : "down" };
    },
  };
}
