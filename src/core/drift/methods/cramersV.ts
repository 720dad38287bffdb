import { categoryMethod } from "../statistics/defineMethod";

/**
 * Cramér's V of the table of side and category, √(χ²/n) without a continuity correction: 0 to 1, whatever the number of rows. From 0.1 the
 * difference is small, from 0.3 medium, from 0.5 large (Cohen 1988).
 */
export const cramersV = categoryMethod(
  { id: "cramers_v", label: "Cramér’s V", result: "distance", threshold: 0.1, driftsAt: ">=" },
  ({ reference, current }) => {
    const rows = reference.reduce((sum, count) => sum + count, 0);
    const currentRows = current.reduce((sum, count) => sum + count, 0);
    const all = rows + currentRows;
    let sum = 0;
    for (const [i, count] of reference.entries()) {
      const both = count + (current[i] ?? 0);
      const expected = (both * rows) / all;
      const expectedCurrent = (both * currentRows) / all;
      sum += (count - expected) ** 2 / expected + ((current[i] ?? 0) - expectedCurrent) ** 2 / expectedCurrent;
    }
    return Math.sqrt(sum / all);
  },
);
