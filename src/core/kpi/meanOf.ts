/** Mean of finite values and its standard error; NaN without values, and an error of NaN for one value. */
export function meanOf(values: Float64Array): { readonly mean: number; readonly error: number } {
  let sum = 0;
  for (const value of values) {
    sum += value;
  }
  const mean = sum / values.length;
  let squares = 0;
  for (const value of values) {
    squares += (value - mean) ** 2;
  }
  return { mean, error: Math.sqrt(squares / (values.length - 1) / values.length) };
}
