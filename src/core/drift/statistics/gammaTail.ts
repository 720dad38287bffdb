import { logOnePlusMinus } from "./logOnePlusMinus";
import { stirlingError } from "./stirlingError";

/** Relative precision at which series and fractions stop. */
const EPSILON = 1e-16;
/** In the place of a zero that a continued fraction would divide by. */
const TINY = 1e-300;

/**
 * The upper regularised incomplete gamma function Q(a, x) = Γ(a, x) / Γ(a), for a > 0 and x ≥ 0. Never a difference from 1 in the tail.
 * Series and continued fraction: Abramowitz and Stegun 6.5.29 and 6.5.31, the latter by Lentz's method; their common factor as Loader
 * (2000) writes it, so that it is right to 11 digits and more for a of any size. No library served: @stdlib/math-base-special-gammainc
 * 0.3.1 is 1 % off where both arguments pass 1000 and brings 200 packages, and cephes 3.3.3 throws where a tail is 0.
 */
export function gammaTail(a: number, x: number): number {
  if (x <= 0) {
    return 1;
  }
  if (x === Infinity) {
    return 0;
  }
  // x^a·e^(−x) / Γ(a + 1)
  const ratio = x / a;
  const exponent = Math.abs(ratio - 1) <= 0.5 ? logOnePlusMinus((x - a) / a) : Math.log(ratio) - ratio + 1;
  const factor = Math.exp(a * exponent - stirlingError(a)) / Math.sqrt(2 * Math.PI * a);
  return x < a + 1 ? Math.max(0, 1 - factor * lowerSeries(a, x)) : Math.min(1, factor * a * upperFraction(a, x));
}

function lowerSeries(a: number, x: number): number {
  let term = 1;
  let sum = 1;
  for (let k = 1; term > sum * EPSILON; k++) {
    term *= x / (a + k);
    sum += term;
  }
  return sum;
}

function upperFraction(a: number, x: number): number {
  let b = x + 1 - a;
  let c = 1 / TINY;
  let d = 1 / b;
  let fraction = d;
  // Close to x = a it takes about √a steps; the bound is for arguments beyond any table of data.
  for (let i = 1; i < 1e7; i++) {
    const numerator = i * (a - i);
    b += 2;
    d = 1 / (numerator * d + b || TINY);
    c = b + numerator / c || TINY;
    const step = c * d;
    fraction *= step;
    if (Math.abs(step - 1) <= EPSILON * 4) {
      break;
    }
  }
  return fraction;
}

/** Probability that a chi-square variable of so many degrees of freedom is larger than `statistic`. */
export function chiSquareTail(degrees: number, statistic: number): number {
  return gammaTail(degrees / 2, statistic / 2);
}

/** Probability that a standard normal variable is larger than `z`. */
export function normalTail(z: number): number {
  const half = gammaTail(0.5, (z * z) / 2) / 2;
  return z >= 0 ? half : 1 - half;
}
