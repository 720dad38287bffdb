import { EigenvalueDecomposition, Matrix } from "ml-matrix";

import { numericMethod, SAME_CONSTANT } from "../statistics/defineMethod";
import { chiSquareTail } from "../statistics/gammaTail";
import { pooledCounts, type PooledCounts } from "../statistics/pooledCounts";
import { pooledQuantile } from "../statistics/quantile";

/** Where the empirical characteristic functions are compared, in half interquartile ranges. */
const POINTS = [0.4, 0.8];

/** Eigenvalues below this part of the greatest are rounding. */
const RANK_TOLERANCE = 1e-15;

/** Epps–Singleton test: T. W. Epps, K. J. Singleton, "An omnibus test for the two-sample problem using the empirical characteristic function", J. Statist. Comput. Simul. 26, 1986. */
export const eppsSingleton = numericMethod(
  { id: "es", label: "Epps–Singleton test", result: "p-value", threshold: 0.05, driftsAt: "<", effect: "wasserstein" },
  (reference, current) => {
    const [m, n] = [reference.length, current.length];
    const pooled = pooledCounts(reference, current);
    if (pooled.distinct === 1) {
      return SAME_CONSTANT;
    }
    if (m < 5 || n < 5) {
      return "It needs five values on each side at least.";
    }
    const range = pooledQuantile(reference, current, 0.75) - pooledQuantile(reference, current, 0.25);
    if (range === 0) {
      return "The middle half of all values is one and the same value, so their spread is 0.";
    }
    const curves = curvesOf(pooled, range / 2);
    return compareWaves(waves(curves, pooled.reference, m), waves(curves, pooled.current, n), m, n, pooled.distinct);
  },
);

const NO_CURVE = new Float64Array(0);

interface Waves {
  readonly means: readonly number[];
  readonly covariance: readonly (readonly number[])[];
}

/** cos(t·x) and sin(t·x) at each point t, of each distinct value x. */
function curvesOf({ values, distinct }: PooledCounts, scale: number): Float64Array[] {
  const used = values.subarray(0, distinct);
  const frequencies = POINTS.map((point) => point / scale);
  return [Math.cos, Math.sin].flatMap((wave) => frequencies.map((frequency) => used.map((value) => wave(frequency * value))));
}

/** Means and population covariances of the curves, over one side's counts of the values. */
function waves(curves: readonly Float64Array[], counts: Uint32Array, rows: number): Waves {
  const means = curves.map((curve) => curve.reduce((sum, value, i) => sum + value * (counts[i] ?? 0), 0) / rows);
  const covariance = (a: number, b: number): number => {
    const [left, right] = [curves[a] ?? NO_CURVE, curves[b] ?? NO_CURVE];
    const [meanLeft, meanRight] = [means[a] ?? 0, means[b] ?? 0];
    let sum = 0;
    for (let i = 0; i < left.length; i++) {
      sum += (counts[i] ?? 0) * ((left[i] ?? 0) - meanLeft) * ((right[i] ?? 0) - meanRight);
    }
    return sum / rows;
  };
  return { means, covariance: curves.map((_, i) => curves.map((_other, j) => covariance(Math.min(i, j), Math.max(i, j)))) };
}

/** The squared difference of the means in the metric of their covariance, which is singular where there are few distinct values. */
function compareWaves(left: Waves, right: Waves, m: number, n: number, distinct: number): number {
  const all = m + n;
  const covariance = left.covariance.map((row, i) =>
    row.map((value, j) => (all / m) * value + (all / n) * (right.covariance[i]?.[j] ?? 0)),
  );
  const difference = left.means.map((mean, i) => mean - (right.means[i] ?? 0));
  const { realEigenvalues, eigenvectorMatrix } = new EigenvalueDecomposition(new Matrix(covariance), { assumeSymmetric: true });
  const greatest = Math.max(...realEigenvalues);
  // Of k distinct values at most k − 1 directions vary; what the others show is rounding.
  const directions = [...realEigenvalues.entries()].sort(([, a], [, b]) => b - a).slice(0, distinct - 1);
  let statistic = 0;
  let rank = 0;
  for (const [k, eigenvalue] of directions) {
    if (eigenvalue > greatest * RANK_TOLERANCE) {
      const part = difference.reduce((sum, value, i) => sum + value * eigenvectorMatrix.get(i, k), 0);
      statistic += (part * part) / eigenvalue;
      rank++;
    }
  }
  const correction = Math.max(m, n) < 25 ? 1 / (1 + all ** -0.45 + 10.1 * (m ** -1.7 + n ** -1.7)) : 1;
  return chiSquareTail(rank, all * statistic * correction);
}
