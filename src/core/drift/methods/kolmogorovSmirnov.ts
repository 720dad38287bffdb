import { numericMethod } from "../statistics/defineMethod";
import { kolmogorovTail } from "../statistics/kolmogorovTail";
import { greatestCommonDivisor, latticePaths } from "../statistics/latticePaths";
import { pooledCounts } from "../statistics/pooledCounts";
import { roundHalfEven } from "../statistics/roundHalfEven";

/** Up to so many rows on the longer side the p-value is exact. */
const EXACT_ROWS = 10_000;

/** Two-sided Kolmogorov–Smirnov test of two samples, as scipy's `ks_2samp` decides between exact and asymptotic p-values. */
export const kolmogorovSmirnov = numericMethod(
  { id: "ks", label: "Kolmogorov–Smirnov test", result: "p-value", threshold: 0.05, driftsAt: "<=", effect: "wasserstein" },
  (reference, current) => {
    const distance = kolmogorovSmirnovDistance(reference, current);
    const [m, n] = [reference.length, current.length];
    if (Math.max(m, n) > EXACT_ROWS) {
      return kolmogorovTail(roundHalfEven((m * n) / (m + n)), distance);
    }
    // The distance is a whole number of these.
    const steps = Math.round(distance * ((m * n) / greatestCommonDivisor(m, n)));
    return steps === 0 ? 1 : latticePaths(m, n, steps);
  },
);

/** Largest vertical distance between both empirical distribution functions, 0 to 1. */
export function kolmogorovSmirnovDistance(reference: Float64Array, current: Float64Array): number {
  const pooled = pooledCounts(reference, current);
  let seen = 0;
  let seenCurrent = 0;
  let largest = 0;
  for (let i = 0; i < pooled.distinct; i++) {
    seen += pooled.reference[i] ?? 0;
    seenCurrent += pooled.current[i] ?? 0;
    largest = Math.max(largest, Math.abs(seen / reference.length - seenCurrent / current.length));
  }
  return largest;
}
