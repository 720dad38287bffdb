import { categoryMethod, SAME_CONSTANT } from "../statistics/defineMethod";
import { chiSquareTail } from "../statistics/gammaTail";

/**
 * Chi-square test of the current counts against the shares of the reference, which it takes for known exactly, as Evidently does. A new
 * category was expected nowhere, so that one row of it gives p = 0.
 */
export const chiSquare = categoryMethod(
  { id: "chisquare", label: "Chi-square test", result: "p-value", threshold: 0.05, driftsAt: "<", effect: "cramers_v" },
  ({ keys, reference, current }) => {
    if (keys.length < 2) {
      return SAME_CONSTANT;
    }
    const scale = current.reduce((sum, count) => sum + count, 0) / reference.reduce((sum, count) => sum + count, 0);
    const statistic = reference.reduce((sum, count, i) => sum + ((current[i] ?? 0) - count * scale) ** 2 / (count * scale), 0);
    return chiSquareTail(keys.length - 1, statistic);
  },
);
