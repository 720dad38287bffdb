import { numericMethod } from "../statistics/defineMethod";
import { meanTest } from "../statistics/meanTest";

/** Student's t-test of two means with one pooled variance, two-sided. */
export const studentT = numericMethod(
  { id: "t_test", label: "Student’s t-test", result: "p-value", threshold: 0.05, driftsAt: "<", effect: "wasserstein" },
  (reference, current, sides) =>
    reference.length + current.length < 3
      ? "It needs three values on both sides together at least."
      : meanTest(sides, (left, right) => {
          const degrees = left.count + right.count - 2;
          return { degrees, variance: ((left.squares + right.squares) / degrees) * (1 / left.count + 1 / right.count) };
        }),
);
