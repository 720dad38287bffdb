/** Mean and spread of a sample. Deviations from `shift` are exact for values near it, so that a large common offset costs no digits. */
export interface Moments {
  readonly count: number;
  /** Of value − shift. */
  readonly mean: number;
  /** Sum of squared deviations from the mean. */
  readonly squares: number;
}

export function moments(values: Float64Array, shift: number): Moments {
  const count = values.length;
  let sum = 0;
  for (let i = 0; i < count; i++) {
    sum += (values[i] ?? 0) - shift;
  }
  const mean = sum / count;
  let squares = 0;
  let rest = 0;
  for (let i = 0; i < count; i++) {
    const deviation = (values[i] ?? 0) - shift - mean;
    squares += deviation * deviation;
    rest += deviation;
  }
  // The rest is what rounding left in the mean (Chan, Golub and LeVeque 1983).
  return { count, mean: mean + rest / count, squares: squares - (rest * rest) / count };
}

/** The middle value: near most of the sample, whatever its outliers. */
export function middle(sorted: Float64Array): number {
  return sorted[sorted.length >>> 1] ?? 0;
}
