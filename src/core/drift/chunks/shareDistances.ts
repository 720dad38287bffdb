/**
 * Jensen–Shannon distance of two sets of shares, to base 2: 0 for the same, 1 for nothing in common. Not Evidently's scale, which is the natural one.
 * Source: scipy's `jensenshannon(p, q, base=2)`.
 */
export function jensenShannon(p: Float64Array, q: Float64Array): number {
  let divergence = 0;
  for (let i = 0; i < p.length; i++) {
    const [a, b] = [p[i] ?? 0, q[i] ?? 0];
    const middle = (a + b) / 2;
    divergence += (a > 0 ? a * Math.log(a / middle) : 0) + (b > 0 ? b * Math.log(b / middle) : 0);
  }
  return Math.sqrt(Math.max(0, divergence / Math.LN2) / 2);
}

/** Hellinger distance of two sets of shares: √(Σ(√p − √q)²)/√2, from 0 to 1. */
export function hellinger(p: Float64Array, q: Float64Array): number {
  let squares = 0;
  for (let i = 0; i < p.length; i++) {
    squares += (Math.sqrt(p[i] ?? 0) - Math.sqrt(q[i] ?? 0)) ** 2;
  }
  return Math.sqrt(squares / 2);
}
