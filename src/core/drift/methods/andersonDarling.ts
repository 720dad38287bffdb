import { numericMethod, SAME_CONSTANT } from "../statistics/defineMethod";
import { pooledCounts, type PooledCounts } from "../statistics/pooledCounts";

/** Least and greatest tabulated quantile: beyond them the p-value is only known to be beyond 0.25 and 0.001. */
const [LEAST_QUANTILE, GREATEST_QUANTILE] = [0.325, 6.546];

/**
 * Two-sample Anderson–Darling test with mid-ranks, equation 7 of F. W. Scholz, M. A. Stephens, "K-sample Anderson–Darling tests", J. Am.
 * Statist. Ass. 82, 1987. Its p-value lies between 0.001 and 0.25: beyond that the published table ends.
 */
export const andersonDarling = numericMethod(
  { id: "anderson", label: "Anderson–Darling test", result: "p-value", threshold: 0.1, driftsAt: "<", effect: "wasserstein" },
  (reference, current) => {
    const pooled = pooledCounts(reference, current);
    const [m, n] = [reference.length, current.length];
    if (pooled.distinct < 2) {
      return SAME_CONSTANT;
    }
    if (m + n < 4) {
      return "It needs four values on both sides together at least.";
    }
    const standardised = (rankStatistic(pooled, m, n) - 1) / Math.sqrt(varianceOf(m, n));
    return probability(standardised);
  },
);

function rankStatistic(pooled: PooledCounts, m: number, n: number): number {
  const all = m + n;
  let before = 0;
  let beforeCurrent = 0;
  let sum = 0;
  let sumCurrent = 0;
  for (let i = 0; i < pooled.distinct; i++) {
    const count = pooled.reference[i] ?? 0;
    const countCurrent = pooled.current[i] ?? 0;
    const ties = count + countCurrent;
    const rank = before + beforeCurrent + ties / 2;
    const weight = ties / all / (rank * (all - rank) - (all * ties) / 4);
    sum += weight * (all * (before + count / 2) - rank * m) ** 2;
    sumCurrent += weight * (all * (beforeCurrent + countCurrent / 2) - rank * n) ** 2;
    before += count;
    beforeCurrent += countCurrent;
  }
  return ((sum / m + sumCurrent / n) * (all - 1)) / all;
}

/** Equation 4 of Scholz and Stephens, for two samples. */
function varianceOf(m: number, n: number): number {
  const all = m + n;
  const inverse = 1 / m + 1 / n;
  let harmonic = 0;
  let g = 0;
  for (let i = 2; i < all; i++) {
    harmonic += 1 / (all + 1 - i);
    g += harmonic / i;
  }
  const h = harmonic + 1;
  const a = 4 * g - 6 + (10 - 6 * g) * inverse;
  const b = (2 * g - 4) * 4 + 16 * h + (2 * g - 14 * h - 4) * inverse - 8 * h + 4 * g - 6;
  const c = (6 * h + 2 * g - 2) * 4 + (4 * h - 4 * g + 6) * 2 + (2 * h - 6) * inverse + 4 * h;
  const d = (2 * h + 6) * 4 - 8 * h;
  return (a * all ** 3 + b * all ** 2 + c * all + d) / ((all - 1) * (all - 2) * (all - 3));
}

/**
 * The parabola by least squares through the logarithms of 0.25, 0.1, 0.05, 0.025, 0.01, 0.005 and 0.001 at the quantiles 0.325, 1.226,
 * 1.961, 2.718, 3.752, 4.592 and 6.546, which Table 2 of Scholz and Stephens gives for two samples.
 */
function probability(standardised: number): number {
  if (standardised < LEAST_QUANTILE) {
    return 0.25;
  }
  if (standardised > GREATEST_QUANTILE) {
    return 0.001;
  }
  return Math.exp((0.01819809457411147 * standardised - 1.0082265644652515) * standardised - 1.077770279820484);
}
