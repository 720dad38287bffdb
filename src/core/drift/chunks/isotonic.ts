/** An increasing step-like curve through points; straight between them, level outside of them. */
export interface IsotonicCurve {
  readonly x: Float64Array;
  readonly y: Float64Array;
}

/**
 * Isotonic regression by pooling adjacent violators: the increasing curve with the smallest squared differences. Points of the same x count once with their
 * mean. Source: scikit-learn 1.9's `IsotonicRegression(out_of_bounds="clip")`.
 * @param x Ascending; at least one.
 * @param keep 1 for the points to take; null for all of them.
 */
export function fitIsotonic(x: Float64Array, y: ArrayLike<number>, keep: Uint8Array | null = null): IsotonicCurve {
  // Blocks whose means rise from one to the next. Sums instead of means, because sums of labels are exact.
  const size = x.length;
  const [starts, ends, sums, weights] = [new Float64Array(size), new Float64Array(size), new Float64Array(size), new Float64Array(size)];
  let blocks = 0;
  let last = NaN;
  let sum = 0;
  let count = 0;
  const close = (): void => {
    let [start, total, weight] = [last, sum, count];
    while (blocks > 0 && (sums[blocks - 1] ?? 0) * weight >= total * (weights[blocks - 1] ?? 0)) {
      blocks--;
      total += sums[blocks] ?? 0;
      weight += weights[blocks] ?? 0;
      start = starts[blocks] ?? start;
    }
    starts[blocks] = start;
    ends[blocks] = last;
    sums[blocks] = total;
    weights[blocks] = weight;
    blocks++;
  };
  for (let i = 0; i < size; i++) {
    if (keep !== null && keep[i] !== 1) {
      continue;
    }
    const here = x[i] ?? NaN;
    const label = y[i] ?? 0;
    // scikit-learn takes numbers closer than the resolution of a double for the same.
    if (count > 0 && here - last < 1e-15) {
      sum += label;
      count++;
    } else {
      if (count > 0) {
        close();
      }
      last = here;
      sum = label;
      count = 1;
    }
  }
  if (count > 0) {
    close();
  }
  const means = sums.subarray(0, blocks).map((total, i) => total / (weights[i] ?? 1));
  return curveOf(starts, ends, means);
}

function curveOf(starts: Float64Array, ends: Float64Array, means: Float64Array): IsotonicCurve {
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
