import { stirlingError } from "./stirlingError";

const EPSILON = 1e-16;
const TINY = 1e-300;

/**
 * Probability that a Student t variable of so many degrees of freedom (> 0, whole or not) lies farther from 0 than `t`: both tails.
 * As the regularised incomplete beta function I(x; ν/2, ½) at x = ν / (ν + t²), by its continued fraction (Abramowitz and Stegun
 * 26.7.1 and 26.5.8, with Lentz's method).
 */
export function studentTail(degrees: number, t: number): number {
  const square = t * t;
  if (square === 0) {
    return 1;
  }
  if (square === Infinity) {
    return 0;
  }
  const a = degrees / 2;
  const x = degrees / (degrees + square);
  const rest = square / (degrees + square);
  const logFactor = -a * Math.log1p(square / degrees) + 0.5 * Math.log(rest) - logBetaWithHalf(a);
  const factor = Math.exp(logFactor);
  return x < (a + 1) / (a + 2.5)
    ? Math.min(1, (factor * betaFraction(a, 0.5, x)) / a)
    : Math.max(0, 1 - (factor * betaFraction(0.5, a, rest)) / 0.5);
}

/** ln B(a, ½), from what Stirling's formula lacks, so that large a keep their digits. */
function logBetaWithHalf(a: number): number {
  const difference = 0.5 - a * Math.log1p(0.5 / a) - 0.5 * Math.log(a) + stirlingError(a) - stirlingError(a + 0.5);
  return difference + 0.5 * Math.log(Math.PI);
}

function betaFraction(a: number, b: number, x: number): number {
  let c = 1;
  let d = 1 / (1 - ((a + b) * x) / (a + 1) || TINY);
  let fraction = d;
  for (let m = 1; m < 1e7; m++) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
    d = 1 / (1 + even * d || TINY);
    c = 1 + even / c || TINY;
    fraction *= c * d;
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    d = 1 / (1 + odd * d || TINY);
    c = 1 + odd / c || TINY;
    const step = c * d;
    fraction *= step;
    if (Math.abs(step - 1) <= EPSILON * 4) {
      break;
    }
  }
  return fraction;
}
