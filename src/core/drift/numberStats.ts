import type { SideStats } from "./driftReport";
import { quantile } from "./statistics/quantile";

const SHARES = [0.01, 0.05, 0.25, 0.5, 0.75, 0.95, 0.99] as const;

/** @param sorted finite values, ascending. @returns null for none. */
export function numberStats(sorted: Float64Array): SideStats["numbers"] {
  const count = sorted.length;
  if (count === 0) {
    return null;
  }
  const middle = quantile(sorted, 0.5);
  // Around the median, so that a large offset loses no digits.
  let sum = 0;
  for (let index = 0; index < count; index++) {
    sum += (sorted[index] ?? 0) - middle;
  }
  const shift = sum / count;
  const mean = finiteOr(middle + shift, middle);
  let squares = 0;
  for (let index = 0; index < count; index++) {
    const off = (sorted[index] ?? 0) - middle - shift;
    squares += off * off;
  }
  // Adding zero makes one zero of both: nobody wants to read "-0".
  const [q01, q05, q25, q50, q75, q95, q99] = SHARES.map((share) => quantile(sorted, share) + 0) as [
    number,
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  const [min, max] = [(sorted[0] ?? 0) + 0, (sorted[count - 1] ?? 0) + 0];
  return {
    min,
    max,
    mean,
    // Numbers near the largest double overflow when squared.
    std: finiteOr(Math.sqrt(squares / count), Number.MAX_VALUE),
    quantiles: [q01, q05, q25, q50, q75, q95, q99],
  };
}

function finiteOr(value: number, otherwise: number): number {
  return Number.isFinite(value) ? value : otherwise;
}
