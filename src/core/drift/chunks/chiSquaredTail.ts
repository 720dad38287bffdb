/**
 * Chance that a χ² of so many degrees of freedom is at least as large: the regularised upper incomplete gamma function Q(k/2, x/2), by its series
 * for small and by its continued fraction for large values. Source: W. H. Press et al., Numerical Recipes, 6.2.
 */
export function chiSquaredUpperTail(statistic: number, freedom: number): number {
  if (freedom <= 0 || statistic <= 0) {
    return 1;
  }
  const [a, x] = [freedom / 2, statistic / 2];
  const scale = Math.exp(a * Math.log(x) - x - logGamma(a));
  return x < a + 1 ? 1 - scale * lowerSeries(a, x) : scale * upperFraction(a, x);
}

const STEPS = 10_000;
const EPSILON = 1e-15;

function lowerSeries(a: number, x: number): number {
  let term = 1 / a;
  let sum = term;
  for (let n = 1; n < STEPS && term > sum * EPSILON; n++) {
    term *= x / (a + n);
    sum += term;
  }
  return sum;
}

/** Lentz's method. */
function upperFraction(a: number, x: number): number {
  let b = x + 1 - a;
  let c = 1e300;
  let d = 1 / b;
  let fraction = d;
  for (let n = 1; n < STEPS; n++) {
    const factor = -n * (n - a);
    b += 2;
    d = 1 / (factor * d + b);
    c = b + factor / c;
    fraction *= d * c;
    if (Math.abs(d * c - 1) < EPSILON) {
      break;
    }
  }
  return fraction;
}

/** Logarithm of Γ for a half or more, by Stirling's series once the argument is large enough for it. */
function logGamma(z: number): number {
  let product = 1;
  let x = z;
  while (x < 10) {
    product *= x;
    x++;
  }
  const inverse = 1 / (x * x);
  const series = (1 / 12 - inverse * (1 / 360 - inverse * (1 / 1260 - inverse * (1 / 1680 - inverse / 1188)))) / x;
  return (x - 0.5) * Math.log(x) - x + 0.5 * Math.log(2 * Math.PI) + series - Math.log(product);
}
