import { logOnePlusMinus } from "./logOnePlusMinus";
import { stirlingError } from "./stirlingError";

/**
 * Probability that the one-sided Kolmogorov–Smirnov statistic of a sample of n is at least x, 0 < x < 1 (Smirnov 1944):
 * x·Σ C(n, j)·(x + j/n)^(j−1)·(1 − x − j/n)^(n−j) over j ≤ n·(1 − x). Every term is positive; each is a binomial probability times
 * x / (x + j/n), computed as Loader (2000) does.
 */
export function smirnovTail(n: number, x: number): number {
  const shift = n * x;
  const last = Math.min(n - 1, Math.floor(n * (1 - x)));
  const error = stirlingError(n);
  let sum = Math.exp(n * Math.log1p(-x));
  for (let j = 1; j <= last; j++) {
    const others = n - j;
    if (others <= shift) {
      break;
    }
    // −j·ln((j + shift) / j) + shift and the like: how far the counts lie from their expectations.
    const exponent =
      j * logOnePlusMinus(shift / j) + others * logOnePlusMinus(-shift / others) + error - stirlingError(j) - stirlingError(others);
    sum += (Math.exp(exponent) * Math.sqrt(n / (2 * Math.PI * j * others)) * shift) / (shift + j);
  }
  return Math.min(1, sum);
}
