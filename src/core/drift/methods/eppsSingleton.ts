import { EigenvalueDecomposition, Matrix } from "ml-matrix";

import { numericMethod, SAME_CONSTANT } from "../statistics/defineMethod";
import { chiSquareTail } from "../statistics/gammaTail";
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
    const least = Math.min(reference[0] ?? 0, current[0] ?? 0);
    const most = Math.max(reference.at(-1) ?? 0, current.at(-1) ?? 0);
    if (least === most) {
      return SAME_CONSTANT;
    }
    if (m < 5 || n < 5) {
      return "It needs five values on each side at least.";
    }
    const range = pooledQuantile(reference, current, 0.75) - pooledQuantile(reference, current, 0.25);
    if (range === 0) {
      return "The middle half of all values is one and the same value, so their spread is 0.";
    }
    const scale = range / 2;
    const left = waves(reference, scale);
    const right = waves(current, scale);
    return compareWaves(left, right, m, n);
  },
);

interface Waves {
  readonly means: readonly number[];
  readonly covariance: readonly (readonly number[])[];
}

/** Means and population covariances of cos(t·x) and sin(t·x) at each point. */
function waves(values: Float64Array, scale: number): Waves {
  const frequencies = POINTS.map((point) => point / scale);
  const rows = [Math.cos, Math.sin].flatMap((wave) => frequencies.map((frequency) => values.map((value) => wave(frequency * value))));
  const means = rows.map((row) => row.reduce((sum, value) => sum + value, 0) / row.length);
  const covariance = rows.map((a, i) => rows.map((b, j) => (j < i ? 0 : covarianceOf(a, means[i] ?? 0, b, means[j] ?? 0))));
  return { means, covariance: covariance.map((row, i) => row.map((value, j) => (j < i ? (covariance[j]?.[i] ?? 0) : value))) };
}

function covarianceOf(a: Float64Array, meanA: number, b: Float64Array, meanB: number): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) {
    sum += ((a[i] ?? 0) - meanA) * ((b[i] ?? 0) - meanB);
  }
  return sum / a.length;
}

/** The squared difference of the means in the metric of their covariance, which is singular where there are few distinct values. */
function compareWaves(left: Waves, right: Waves, m: number, n: number): number {
  const all = m + n;
  const covariance = left.covariance.map((row, i) =>
    row.map((value, j) => (all / m) * value + (all / n) * (right.covariance[i]?.[j] ?? 0)),
  );
  const difference = left.means.map((mean, i) => mean - (right.means[i] ?? 0));
  const { realEigenvalues, eigenvectorMatrix } = new EigenvalueDecomposition(new Matrix(covariance), { assumeSymmetric: true });
  const least = Math.max(...realEigenvalues.map(Math.abs)) * RANK_TOLERANCE;
  let statistic = 0;
  let rank = 0;
  for (const [k, eigenvalue] of realEigenvalues.entries()) {
    if (Math.abs(eigenvalue) > least) {
      const part = difference.reduce((sum, value, i) => sum + value * eigenvectorMatrix.get(i, k), 0);
      statistic += (part * part) / eigenvalue;
      rank++;
    }
  }
  const correction = Math.max(m, n) < 25 ? 1 / (1 + all ** -0.45 + 10.1 * (m ** -1.7 + n ** -1.7)) : 1;
  return chiSquareTail(rank, all * statistic * correction);
}
