import { numericMethod } from "../statistics/defineMethod";
import { pooledCounts } from "../statistics/pooledCounts";

/**
 * Energy distance √(2·∫ (F − G)²) between the empirical distributions, in roots of the values' unit (Székely 2002). It is not normed, so
 * that its threshold means something for standardised values only; Evidently has it so.
 */
export const energyDistance = numericMethod(
  { id: "ed", label: "Energy distance", result: "distance", threshold: 0.1, driftsAt: ">" },
  (reference, current) => {
    const pooled = pooledCounts(reference, current);
    let seen = 0;
    let seenCurrent = 0;
    let sum = 0;
    for (let i = 0; i + 1 < pooled.distinct; i++) {
      seen += pooled.reference[i] ?? 0;
      seenCurrent += pooled.current[i] ?? 0;
      const gap = seen / reference.length - seenCurrent / current.length;
      sum += gap * gap * ((pooled.values[i + 1] ?? 0) - (pooled.values[i] ?? 0));
    }
    return Math.sqrt(2 * sum);
  },
);
