import { categoryMethod, SAME_CONSTANT } from "../statistics/defineMethod";
import { chiSquareTail } from "../statistics/gammaTail";

/**
 * Log-likelihood ratio test 2·Σ current·ln(current / reference) of counts. Evidently does not scale the reference to the current rows, so
 * that there is an answer for equal numbers of rows only.
 */
export const gTest = categoryMethod(
  { id: "g_test", label: "G-test", result: "p-value", threshold: 0.1, driftsAt: "<", effect: "cramers_v" },
  ({ keys, reference, current }) => {
    const rows = reference.reduce((sum, count) => sum + count, 0);
    const currentRows = current.reduce((sum, count) => sum + count, 0);
    if (rows !== currentRows) {
      return `It needs equal row counts on both sides, and there are ${rows} and ${currentRows} values.`;
    }
    if (keys.length < 2) {
      return SAME_CONSTANT;
    }
    const statistic = current.reduce((sum, count, i) => sum + (count === 0 ? 0 : 2 * count * Math.log(count / (reference[i] ?? 0))), 0);
    return chiSquareTail(keys.length - 1, statistic);
  },
);
