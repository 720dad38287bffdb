import { numericMethod } from "../statistics/defineMethod";
import { middle, moments } from "../statistics/moments";
import { pooledCounts } from "../statistics/pooledCounts";

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
  const pooled = pooledCounts(reference, current);
  let seen = 0;
  let seenCurrent = 0;
  let sum = 0;
  for (let i = 0; i + 1 < pooled.distinct; i++) {
    seen += pooled.reference[i] ?? 0;
    seenCurrent += pooled.current[i] ?? 0;
    const gap = seen / reference.length - seenCurrent / current.length;
    sum += Math.abs(gap) * ((pooled.values[i + 1] ?? 0) - (pooled.values[i] ?? 0));
  }
  return sum;
}
