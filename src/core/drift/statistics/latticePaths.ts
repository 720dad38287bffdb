/**
 * Exact probability that two samples of m and n rows of one continuous distribution differ by at least h / lcm(m, n) in their
 * empirical distributions: the share of lattice paths from (0, 0) to (m, n) that leave the band |x/m − y/n| < h / lcm(m, n).
 * Inside method of J. L. Hodges ("The significance probability of the Smirnov two-sample test", Arkiv för Matematik 3, 1958), counting
 * what leaves so that small probabilities keep their digits (T. Viehmann, arXiv:2102.08037). Takes at most m·n steps.
 */
export function latticePaths(m: number, n: number, h: number): number {
  const [long, short] = m >= n ? [m, n] : [n, m];
  if (long === short) {
    return outsideSquare(long, h);
  }
  const divisor = greatestCommonDivisor(long, short);
  const stepLong = long / divisor;
  const stepShort = short / divisor;
  // left[j] is the probability of having left the band on the way to (i, j); outside of the band it is 1.
  const left = new Float64Array(short + 1).fill(1);
  left.fill(0, 0, Math.min(Math.ceil(h / stepLong), short + 1));
  let from = 0;
  for (let i = 1; i <= long; i++) {
    const first = Math.min(Math.max(Math.floor((stepShort * i - h) / stepLong) + 1, 0), short);
    const end = Math.min(Math.ceil((stepShort * i + h) / stepLong), short + 1);
    if (end <= first) {
      return 1;
    }
    left.fill(1, from, first);
    from = first;
    let below = first === 0 ? 0 : 1;
    for (let j = first; j < end; j++) {
      // The last step came from (i − 1, j) in i of i + j cases, else from (i, j − 1).
      below = ((left[j] ?? 1) * i + below * j) / (i + j);
      left[j] = below;
    }
  }
  return left[short] ?? 1;
}

/** The closed form for samples of one size (Gnedenko and Korolyuk 1951), arranged so that its alternating terms do not cancel. */
function outsideSquare(n: number, h: number): number {
  let probability = 0;
  for (let k = Math.floor(n / h); k >= 0; k--) {
    let factor = 1;
    for (let j = 0; j < h; j++) {
      factor = ((n - k * h - j) * factor) / (n + k * h + j + 1);
    }
    probability = factor * (1 - probability);
  }
  return Math.min(1, 2 * probability);
}

export function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b);
}
