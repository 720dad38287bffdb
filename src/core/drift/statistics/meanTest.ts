import { SAME_CONSTANT, type NumericSides, type Outcome } from "./defineMethod";
import { middle, moments, type Moments } from "./moments";
import { studentTail } from "./studentTail";

/** Variance of the difference of the means, and the degrees of freedom of its estimate. */
interface Spread {
  readonly degrees: number;
  readonly variance: number;
}

/** Two-sided p-value of the difference of two means. Two constants that differ have p = 0. */
export function meanTest({ reference, current }: NumericSides, spreadOf: (left: Moments, right: Moments) => Spread): Outcome {
  const shift = middle(reference.sorted);
  const left = moments(reference.sorted, shift);
  const right = moments(current.sorted, shift);
  const { degrees, variance } = spreadOf(left, right);
  const difference = left.mean - right.mean;
  if (variance === 0) {
    return difference === 0 ? SAME_CONSTANT : 0;
  }
  if (!Number.isFinite(variance)) {
    return NaN;
  }
  const { mean } = reference;
  // As scipy takes it, with what numpy rounds away: see `pairwiseSum`.
  const rounded = mean === undefined || current.mean === undefined ? difference : mean - current.mean;
  return studentTail(degrees, rounded / Math.sqrt(variance));
}
