import { numericMethod } from "../statistics/defineMethod";
import { middle, moments } from "../statistics/moments";

/** The least that the distance is divided by, so that a constant reference has a score. */
const LEAST_DEVIATION = 0.001;

/** First Wasserstein distance, in population standard deviations of the reference. */
export const wasserstein = numericMethod(
  { id: "wasserstein", label: "Wasserstein distance (normed)", result: "distance", threshold: 0.1, driftsAt: ">=" },
  (reference, current) => {
    const { squares, count } = moments(reference, middle(reference));
    const deviation = Math.sqrt(squares / count);
    // A deviation that overflows would make every distance 0.
    return Number.isFinite(deviation) ? wassersteinDistance(reference, current) / Math.max(deviation, LEAST_DEVIATION) : NaN;
  },
);

/** The area between both empirical distribution functions (Vallender 1974), in units of the values. */
export function wassersteinDistance(reference: Float64Array, current: Float64Array): number {
  const [m, n] = [reference.length, current.length];
  let left = 0;
  let right = 0;
  let previous = Math.min(reference[0] ?? 0, current[0] ?? 0);
  let sum = 0;
  // One value at a time, the lesser of both sides: of a million rows a side there is no time for tables.
  while (left < m || right < n) {
    const a = left < m ? (reference[left] ?? 0) : Infinity;
    const b = right < n ? (current[right] ?? 0) : Infinity;
    const value = a < b ? a : b;
    // Divided here and not in the end, as scipy does: small tables reach a threshold to the last digit.
    sum += Math.abs(left / m - right / n) * (value - previous);
    previous = value;
    if (a < b) {
      left++;
    } else {
      right++;
    }
  }
  return sum;
}
