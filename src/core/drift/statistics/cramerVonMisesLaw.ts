import { greatestCommonDivisor } from "./latticePaths";

/**
 * Probability that the Cramér–von Mises statistic of an infinite sample is below x: equation 1.2 of S. Csörgő, J. J. Faraway, "The exact
 * and asymptotic distributions of Cramér–von Mises statistics", J. R. Statist. Soc. B 58, 1996. The series ends where scipy ends it, at
 * terms below 1e-7, so that its p-values are met.
 */
export function cramerVonMisesLimit(x: number): number {
  let sum = 0;
  // Γ(k + ½) / Γ(k + 1)
  let ratio = Math.sqrt(Math.PI);
  for (let k = 0; ; k++) {
    const y = 4 * k + 1;
    const q = (y * y) / (16 * x);
    const term = (ratio / (Math.PI ** 1.5 * Math.sqrt(x))) * Math.sqrt(y) * Math.exp(-2 * q) * scaledBesselK(q);
    sum += term;
    if (!(term >= 1e-7)) {
      return sum;
    }
    ratio *= (k + 0.5) / (k + 1);
  }
}

/**
 * e^q·K(q) for the modified Bessel function K of order ¼: ∫ exp(−q·(cosh t − 1))·cosh(t/4) dt from 0 to ∞ (Abramowitz and Stegun
 * 9.6.24). The trapezoidal rule is right to the last digits, for the integrand is analytic and falls off doubly exponentially.
 */
function scaledBesselK(q: number): number {
  const step = 0.5 / Math.sqrt(Math.max(q, 16));
  let sum = 0.5;
  for (let i = 1; ; i++) {
    const t = i * step;
    // 2·sinh²(t/2) is cosh t − 1 without cancellation.
    const term = Math.exp(-2 * q * Math.sinh(t / 2) ** 2) * Math.cosh(t / 4);
    sum += term;
    if (term < 1e-18 * sum) {
      return sum * step;
    }
  }
}

/**
 * Exact probability that the statistic of two samples of m and n rows is at least as large as `u`, the U of T. W. Anderson ("On the
 * distribution of the two-sample Cramér–von Mises criterion", Ann. Math. Statist. 33, 1962): counts all ways to mix the samples by their
 * statistic (Y. Xiao, A. Gordon, A. Yakovlev, J. Stat. Software 17(8), 2006). For m and n up to 20 every count is a whole number that a
 * double holds.
 */
export function cramerVonMisesExact(u: number, m: number, n: number): number {
  const multiple = (m * n) / greatestCommonDivisor(m, n);
  const a = multiple / m;
  const b = multiple / n;
  const limit = Math.floor((multiple * multiple * (m + n) * (6 * u - m * n * (4 * m * n - 1))) / (6 * (m * n) ** 2));
  // ways[v] tells, for u rows of one sample and v of the other, in how many ways a sum of squares comes about.
  let ways: ReadonlyMap<number, number>[] = [];
  for (let rows = 0; rows <= n; rows++) {
    const next: ReadonlyMap<number, number>[] = [];
    for (let columns = 0; columns <= m; columns++) {
      const square = (a * columns - b * rows) ** 2;
      const cell = new Map<number, number>();
      if (rows === 0 && columns === 0) {
        cell.set(0, 1);
      }
      for (const source of [next[columns - 1], ways[columns]]) {
        for (const [value, count] of source ?? []) {
          cell.set(value + square, (cell.get(value + square) ?? 0) + count);
        }
      }
      next.push(cell);
    }
    ways = next;
  }
  let extreme = 0;
  let all = 0;
  for (const [value, count] of ways[m] ?? []) {
    all += count;
    extreme += value >= limit ? count : 0;
  }
  return extreme / all;
}
