/**
 * log(1 + x) − x for x > −1, without the cancellation that the plain difference has near 0.
 * Through log(1 + x) = 2·artanh(x / (2 + x)), whose series converges fast for |x| ≤ ½.
 */
export function logOnePlusMinus(x: number): number {
  if (!(Math.abs(x) <= 0.5)) {
    return Math.log1p(x) - x;
  }
  const r = x / (2 + x);
  const y = r * r;
  let sum = 0;
  for (let k = 33; k >= 3; k -= 2) {
    sum = (sum + 2 / k) * y;
  }
  return r * (sum - x);
}
