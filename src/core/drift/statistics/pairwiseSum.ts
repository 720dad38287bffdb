/** numpy adds up to so many numbers in one go. */
const BLOCK = 128;

/** Numbers per round of such a block, each into a sum of its own. */
const LANES = 8;

/**
 * The sum of values in their order, rounded as numpy rounds it: halves are added up on their own. Where values share a large offset, a
 * t-test is as much about that rounding as about the values, so that the same p-value takes the same rounding.
 */
export function pairwiseSum(values: Float64Array): number {
  return sumOf(values, 0, values.length);
}

function sumOf(values: Float64Array, from: number, count: number): number {
  if (count < LANES) {
    let sum = 0;
    for (let i = 0; i < count; i++) {
      sum += values[from + i] ?? 0;
    }
    return sum;
  }
  if (count <= BLOCK) {
    return sumOfBlock(values, from, count);
  }
  const half = count >>> 1;
  const first = half - (half % LANES);
  return sumOf(values, from, first) + sumOf(values, from + first, count - first);
}

function sumOfBlock(values: Float64Array, from: number, count: number): number {
  const lanes = new Float64Array(LANES);
  const whole = count - (count % LANES);
  for (let i = 0; i < whole; i++) {
    lanes[i % LANES] = (lanes[i % LANES] ?? 0) + (values[from + i] ?? 0);
  }
  const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0] = lanes;
  let sum = a + b + (c + d) + (e + f + (g + h));
  for (let i = whole; i < count; i++) {
    sum += values[from + i] ?? 0;
  }
  return sum;
}
