import type { DriftMethod } from "./driftMethod";
import { driftMethod } from "./methods";
import type { ColumnSample } from "./sample";
import { pooledDistinct, usableRows } from "./usableRows";

/** Up to so many usable reference rows Evidently tests, above it measures a distance: with many rows every test alarms. */
const TEST_ROWS = 1000;

/** Numbers with at most so many distinct values are compared by value. */
const FEW_NUMBERS = 5;

/**
 * The method that Evidently 0.7.23 takes for a column (`_get_default_stattest`), with its own threshold: by the reference rows that are
 * neither missing nor infinite, and by the distinct values of both sides together. So 3 % missing values can change the method.
 */
export function chooseMethod(type: "num" | "cat", reference: ColumnSample, current: ColumnSample): DriftMethod {
  const few = pooledDistinct(reference, current, FEW_NUMBERS);
  const isNumeric = type === "num" && few > FEW_NUMBERS;
  if (usableRows(reference) > TEST_ROWS) {
    return driftMethod(isNumeric ? "wasserstein" : "jensenshannon");
  }
  return driftMethod(isNumeric ? "ks" : few > 2 ? "chisquare" : "z");
}

/** Whether a score has drifted, by the method's own comparison: a p-value of 0.05 has for one method and not for another. */
export function driftVerdict({ driftsAt }: Pick<DriftMethod, "driftsAt">, score: number, threshold: number): boolean {
  switch (driftsAt) {
    case ">=":
      return score >= threshold;
    case ">":
      return score > threshold;
    case "<=":
      return score <= threshold;
    case "<":
      return score < threshold;
  }
}
