import { categoryMethod } from "../statistics/defineMethod";
import { gammaTail } from "../statistics/gammaTail";

/** Two-sided z-test of the share of rows that do not have the smallest value, with the pooled share in the standard error. */
export const proportionZ = categoryMethod(
  { id: "z", label: "Z-test of shares", result: "p-value", threshold: 0.05, driftsAt: "<", effect: "tvd" },
  ({ keys, reference, current }) => {
    if (keys.length < 2) {
      return 1;
    }
    const rows = reference.reduce((sum, count) => sum + count, 0);
    const currentRows = current.reduce((sum, count) => sum + count, 0);
    const share = 1 - (reference[0] ?? 0) / rows;
    const currentShare = 1 - (current[0] ?? 0) / currentRows;
    const pooled = (share * rows + currentShare * currentRows) / (rows + currentRows);
    const z = (share - currentShare) / Math.sqrt(pooled * (1 - pooled) * (1 / rows + 1 / currentRows));
    return gammaTail(0.5, (z * z) / 2);
  },
);
