/** An increasing step-like curve through points; straight between them, level outside of them. */
export interface IsotonicCurve {
  readonly x: Float64Array;
  readonly y: Float64Array;
}

/**
 * Isotonic regression by pooling adjacent violators: the increasing curve with the smallest squared differences. Points of the same x count once with their
 * mean. Source: scikit-learn 1.9's `IsotonicRegression(out_of_bounds="clip")`.
 * @param rows Rows of `x` and `y` to take, in ascending order of x; at least one.
 */
export function fitIsotonic(x: Float64Array, y: ArrayLike<number>, rows: Uint32Array): IsotonicCurve {
  // Blocks whose means rise from one to the next. Sums instead of means, because sums of labels are exact.
  const starts: number[] = [];
  const ends: number[] = [];
  const sums: number[] = [];
  const weights: number[] = [];
  let last = NaN;
  let sum = 0;
  let count = 0;
  const close = (): void => {
    if (count === 0) {
      return;
    }
    let [start, total, weight] = [last, sum, count];
    while (sums.length > 0 && (sums.at(-1) ?? 0) * weight >= total * (weights.at(-1) ?? 0)) {
      total += sums.pop() ?? 0;
      weight += weights.pop() ?? 0;
      start = starts.pop() ?? start;
      ends.pop();
    }
    starts.push(start);
    ends.push(last);
    sums.push(total);
    weights.push(weight);
  };
  for (const row of rows) {
    const here = x[row] ?? NaN;
    // scikit-learn takes numbers closer than the resolution of a double for the same.
    if (count > 0 && here - last < 1e-15) {
      sum += y[row] ?? 0;
      count++;
    } else {
      close();
      [last, sum, count] = [here, y[row] ?? 0, 1];
    }
  }
  close();
  return curveOf(
    starts,
    ends,
    sums.map((total, i) => total / (weights[i] ?? 1)),
  );
}

function curveOf(starts: readonly number[], ends: readonly number[], means: readonly number[]): IsotonicCurve {
  const x: number[] = [];
  const y: number[] = [];
  means.forEach((mean, i) => {
    const [start = 0, end = 0] = [starts[i], ends[i]];
    x.push(start);
    y.push(mean);
    if (end > start) {
      x.push(end);
      y.push(mean);
    }
  });
  return { x: Float64Array.from(x), y: Float64Array.from(y) };
}

/** The curve at a place. */
export function predictIsotonic({ x, y }: IsotonicCurve, at: number): number {
  const last = x.length - 1;
  if (at <= (x[0] ?? 0)) {
    return y[0] ?? NaN;
  }
  if (at >= (x[last] ?? 0)) {
    return y[last] ?? NaN;
  }
  let low = 0;
  let high = last;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if ((x[middle] ?? 0) <= at) {
      low = middle;
    } else {
      high = middle;
    }
  }
  const [x0, x1, y0, y1] = [x[low] ?? 0, x[high] ?? 0, y[low] ?? 0, y[high] ?? 0];
  return y0 === y1 ? y0 : y0 + ((y1 - y0) / (x1 - x0)) * (at - x0);
}
