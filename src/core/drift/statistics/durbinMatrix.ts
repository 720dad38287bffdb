/** Powers are kept below this, and what was taken out is counted. */
const LARGE = 1e140;

/**
 * Probability that the two-sided Kolmogorov–Smirnov statistic of a sample of n is below x, exactly: one element of the nth power of
 * Durbin's matrix (G. Marsaglia, W. W. Tsang, J. Wang, "Evaluating Kolmogorov's distribution", J. Stat. Software 8(18), 2003).
 * Takes about (2nx)³·log₂ n steps: meant for small n·x.
 */
export function durbinMatrix(n: number, x: number): number {
  const k = Math.ceil(n * x);
  const size = 2 * k - 1;
  let base = startMatrix(size, k - n * x);
  let power: Float64Array | null = null;
  let baseScale = 0;
  let scale = 0;
  for (let rest = n; rest > 0; rest = Math.floor(rest / 2)) {
    if (rest % 2 === 1) {
      power = power === null ? base : multiply(power, base, size);
      scale += baseScale;
    }
    if (rest > 1) {
      base = multiply(base, base, size);
      baseScale *= 2;
      if ((base[(k - 1) * size + k - 1] ?? 0) > LARGE) {
        base = base.map((value) => value / LARGE);
        baseScale++;
      }
    }
  }
  let probability = power?.[(k - 1) * size + k - 1] ?? 0;
  // Times n! / nⁿ.
  for (let i = 1; i <= n; i++) {
    probability *= i / n;
    if (probability < 1 / LARGE) {
      probability *= LARGE;
      scale--;
    }
  }
  for (; scale > 0; scale--) {
    probability *= LARGE;
  }
  for (; scale < 0 && probability > 0; scale++) {
    probability /= LARGE;
  }
  return Math.min(1, probability);
}

function startMatrix(size: number, h: number): Float64Array {
  const factorials = new Float64Array(size + 1).fill(1);
  for (let i = 1; i <= size; i++) {
    factorials[i] = (factorials[i - 1] ?? 0) * i;
  }
  const matrix = new Float64Array(size * size);
  for (let row = 0; row < size; row++) {
    for (let column = 1; column < size; column++) {
      const order = row - column + 1;
      matrix[row * size + column] = order < 0 ? 0 : 1 / (factorials[order] ?? 1);
    }
  }
  for (let i = 0; i < size; i++) {
    const corner = i === size - 1 ? Math.max(2 * h - 1, 0) ** size - h ** size : 0;
    const edge = (1 - h ** (i + 1) + corner) / (factorials[i + 1] ?? 1);
    matrix[i * size] = edge;
    matrix[size * size - 1 - i] = edge;
  }
  return matrix;
}

function multiply(a: Float64Array, b: Float64Array, size: number): Float64Array {
  const product = new Float64Array(size * size);
  for (let row = 0; row < size; row++) {
    for (let inner = 0; inner < size; inner++) {
      const factor = a[row * size + inner] ?? 0;
      if (factor !== 0) {
        for (let column = 0; column < size; column++) {
          product[row * size + column] = (product[row * size + column] ?? 0) + factor * (b[inner * size + column] ?? 0);
        }
      }
    }
  }
  return product;
}
