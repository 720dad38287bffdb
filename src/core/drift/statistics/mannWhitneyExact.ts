/**
 * Exact probability that the Mann–Whitney U of samples of m and n rows without ties is at least u. The number of ways for each U are the
 * coefficients of the Gaussian binomial coefficient (m + n over m), that is Π (1 − q^(n+i)) / (1 − q^i) (Mann and Whitney 1947).
 * Takes m·(u or m·n − u) steps: meant for a smaller side of 8 rows at most.
 */
export function mannWhitneyExact(m: number, n: number, u: number): number {
  const [few, many] = m <= n ? [m, n] : [n, m];
  const product = few * many;
  const mirrored = product - u;
  // The law is symmetric, so that only its lower half needs counting.
  const highest = Math.min(u, mirrored);
  const ways = new Float64Array(highest + 1);
  ways[0] = 1;
  let total = 1;
  for (let i = 1; i <= few; i++) {
    for (let at = highest; at >= many + i; at--) {
      ways[at] = (ways[at] ?? 0) - (ways[at - many - i] ?? 0);
    }
    for (let at = i; at <= highest; at++) {
      ways[at] = (ways[at] ?? 0) + (ways[at - i] ?? 0);
    }
    total *= (many + i) / i;
  }
  let sum = 0;
  for (const count of ways) {
    sum += count / total;
  }
  return u >= mirrored ? sum : 1 - sum + (ways[highest] ?? 0) / total;
}
