import { durbinMatrix } from "./durbinMatrix";
import { pelzGood } from "./pelzGood";
import { smirnovTail } from "./smirnovTail";

/**
 * Probability that the two-sided Kolmogorov–Smirnov statistic of one sample of n is at least x. Which formula serves where: R. Simard,
 * P. L'Ecuyer, "Computing the two-sided Kolmogorov–Smirnov distribution", J. Stat. Software 39(11), 2011; with scipy's limits.
 */
export function kolmogorovTail(n: number, x: number): number {
  const t = n * x;
  if (x >= 1) {
    return 0;
  }
  if (t <= 0.5) {
    return 1;
  }
  if (t <= 1) {
    return 1 - smallest(n, 2 * t - 1);
  }
  if (t >= n - 1) {
    return 2 * (1 - x) ** n;
  }
  const square = t * x;
  if (x >= 0.5 || square >= (n <= 140 ? 4 : 2.2)) {
    return square >= 370 && n > 140 ? 0 : Math.min(1, 2 * smirnovTail(n, x));
  }
  const exact = n <= 140 || (n <= 100_000 && n * x ** 1.5 <= 1.4);
  return Math.min(1, Math.max(0, 1 - (exact ? durbinMatrix(n, x) : pelzGood(n, x))));
}

/** n! / nⁿ · baseⁿ: where the statistic can hardly be smaller (Ruben and Gambino 1982). */
function smallest(n: number, base: number): number {
  let product = 1;
  for (let i = 1; i <= n && product > 0; i++) {
    product *= (i / n) * base;
  }
  return product;
}
