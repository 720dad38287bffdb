/** Mean and sample standard deviation; the same as the protocol's Spread, with real numbers. */
export interface NumberSpread {
  /** NaN where there is no finite value. */
  readonly mean: number;
  /** Null for fewer than two values. */
  readonly spread: number | null;
  /** Finite values. */
  readonly count: number;
}

/** Over the finite values, by Welford's method, which keeps its precision for large numbers that differ little. */
export function spreadOf(values: Iterable<number>): NumberSpread {
  let count = 0;
  let mean = 0;
  let squares = 0;
  for (const value of values) {
    if (Number.isFinite(value)) {
      count++;
      const before = value - mean;
      mean += before / count;
      squares += before * (value - mean);
    }
  }
  return { mean: count === 0 ? NaN : mean, spread: count < 2 ? null : Math.sqrt(squares / (count - 1)), count };
}
