/** Ranks from 1; equal values share the mean of their ranks. */
export function ranksOf(values: readonly number[]): number[] {
  const order = [...values.keys()].sort((a, b) => {
    const [left, right] = [values[a] ?? 0, values[b] ?? 0];
    return left < right ? -1 : left > right ? 1 : 0;
  });
  const ranks = new Array<number>(values.length).fill(0);
  for (let from = 0; from < order.length;) {
    let to = from;
    while (to < order.length && values[order[to] ?? 0] === values[order[from] ?? 0]) {
      to++;
    }
    for (let at = from; at < to; at++) {
      ranks[order[at] ?? 0] = (from + to + 1) / 2;
    }
    from = to;
  }
  return ranks;
}

/** Pearson's correlation; of ranks it is Spearman's. 0 where one side does not vary. */
export function correlationOf(a: readonly number[], b: readonly number[]): number {
  const meanA = meanOf(a);
  const meanB = meanOf(b);
  let product = 0;
  let squaresA = 0;
  let squaresB = 0;
  for (const [index, value] of a.entries()) {
    const partA = value - meanA;
    const partB = (b[index] ?? 0) - meanB;
    product += partA * partB;
    squaresA += partA * partA;
    squaresB += partB * partB;
  }
  return squaresA === 0 || squaresB === 0 ? 0 : Math.max(-1, Math.min(1, product / Math.sqrt(squaresA * squaresB)));
}

/** The correlation ratio η²: the part of the variance of `values` that lies between the groups. */
export function correlationRatio(groups: readonly number[], values: readonly number[]): number {
  const mean = meanOf(values);
  const sums = new Map<number, { sum: number; count: number }>();
  let total = 0;
  for (const [index, value] of values.entries()) {
    const group = groups[index] ?? 0;
    const found = sums.get(group) ?? { sum: 0, count: 0 };
    found.sum += value - mean;
    found.count++;
    sums.set(group, found);
    total += (value - mean) ** 2;
  }
  let between = 0;
  for (const { sum, count } of sums.values()) {
    between += sum ** 2 / count;
  }
  return total === 0 ? 0 : Math.min(1, between / total);
}

/** How far an F statistic lies above what chance gives, in standard deviations: Paulson's approximation (1942). */
export function fToNormal(f: number, df1: number, df2: number): number {
  const a = 2 / (9 * df1);
  const b = 2 / (9 * df2);
  if (f === Infinity) {
    return (1 - b) / Math.sqrt(b);
  }
  const root = Math.cbrt(f);
  return ((1 - b) * root - (1 - a)) / Math.sqrt(b * root * root + a);
}

/** The normal quantile that chance exceeds with probability `p` ≤ 0.5: Abramowitz and Stegun 26.2.23, error below 0.0005. */
export function upperQuantile(p: number): number {
  const t = Math.sqrt(-2 * Math.log(p));
  return t - (2.515517 + 0.802853 * t + 0.010328 * t * t) / (1 + 1.432788 * t + 0.189269 * t * t + 0.001308 * t * t * t);
}

function meanOf(values: readonly number[]): number {
  return values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;
}
