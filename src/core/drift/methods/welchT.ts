import { numericMethod } from "../statistics/defineMethod";
import { meanTest } from "../statistics/meanTest";

/** Welch's t-test of two means, each with its own variance, two-sided; degrees of freedom by Satterthwaite (1946). */
export const welchT = numericMethod(
  { id: "welch_t", label: "Welch’s t-test", result: "p-value", threshold: 0.05, driftsAt: "<", effect: "wasserstein" },
  (reference, current, sides) =>
    Math.min(reference.length, current.length) < 2
      ? "It needs two values on each side at least."
      : meanTest(sides, (left, right) => {
          const [a, b] = [left, right].map(({ squares, count }) => squares / (count - 1) / count) as [number, number];
          const variance = a + b;
          // As parts of the whole, whose squares cannot overflow.
          const degrees = 1 / ((a / variance) ** 2 / (left.count - 1) + (b / variance) ** 2 / (right.count - 1));
          return { degrees, variance };
        }),
);
