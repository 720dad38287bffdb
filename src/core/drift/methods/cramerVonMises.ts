import { cramerVonMisesExact } from "../statistics/cramerVonMisesExact";
import { cramerVonMisesLimit } from "../statistics/cramerVonMisesLimit";
import { numericMethod } from "../statistics/defineMethod";
import { pooledCounts, type PooledCounts } from "../statistics/pooledCounts";

/** Up to so many rows on the longer side the p-value is exact. */
const EXACT_ROWS = 20;

/**
 * Two-sample Cramér–von Mises test with mid-ranks (Anderson 1962). Ties inflate its statistic, so that few distinct values give small
 * p-values even where both sides are the same; Evidently and scipy have it so. One and the same constant on both sides is p = 1 here,
 * where they find certain drift.
 */
export const cramerVonMises = numericMethod(
  { id: "cramer_von_mises", label: "Cramér–von Mises test", result: "p-value", threshold: 0.1, driftsAt: "<=", effect: "wasserstein" },
  (reference, current) => {
    const [m, n] = [reference.length, current.length];
    if (m < 2 || n < 2) {
      return "It needs two values on each side at least.";
    }
    const pooled = pooledCounts(reference, current);
    if (pooled.distinct === 1) {
      return 1;
    }
    const u = rankStatistic(pooled, m, n);
    return Math.max(m, n) <= EXACT_ROWS ? cramerVonMisesExact(u, m, n) : asymptotic(u, m, n);
  },
);

/** m·Σ (rank of the ith reference value − i)² + n·Σ (the same of the current ones)², equation 10 of Anderson. */
function rankStatistic(pooled: PooledCounts, m: number, n: number): number {
  let before = 0;
  let beforeCurrent = 0;
  let sum = 0;
  let sumCurrent = 0;
  // What is rounded away in each sum (Kahan): the statistic is a small difference of large numbers.
  let lost = 0;
  let lostCurrent = 0;
  for (let i = 0; i < pooled.distinct; i++) {
    const count = pooled.reference[i] ?? 0;
    const countCurrent = pooled.current[i] ?? 0;
    const rank = before + beforeCurrent + (count + countCurrent + 1) / 2;
    for (let k = 1; k <= count; k++) {
      const term = (rank - before - k) ** 2 - lost;
      const next = sum + term;
      lost = next - sum - term;
      sum = next;
    }
    for (let k = 1; k <= countCurrent; k++) {
      const term = (rank - beforeCurrent - k) ** 2 - lostCurrent;
      const next = sumCurrent + term;
      lostCurrent = next - sumCurrent - term;
      sumCurrent = next;
    }
    before += count;
    beforeCurrent += countCurrent;
  }
  return m * sum + n * sumCurrent;
}

/** Equations 9, 11, 14 and 15 of Anderson: the statistic, standardised to the mean and variance of the limit law. */
function asymptotic(u: number, m: number, n: number): number {
  const all = m + n;
  const product = m * n;
  const statistic = u / (product * all) - (4 * product - 1) / (6 * all);
  const expected = (1 + 1 / all) / 6;
  const variance = ((all + 1) * (4 * product * all - 3 * (m * m + n * n) - 2 * product)) / (45 * all * all * 4 * product);
  const standardised = 1 / 6 + (statistic - expected) / Math.sqrt(45 * variance);
  // Below it the probability is 1 to the last digit.
  return standardised < 0.003 ? 1 : Math.min(1, Math.max(0, 1 - cramerVonMisesLimit(standardised)));
}
