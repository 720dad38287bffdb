import type { RowRange } from "../drift/chunks/chunk";
import { isNumberColumn } from "../tabular/column";
import { aroundValue } from "./intervals";
import type { KpiMeter, RoleColumns } from "./meter";
import { measuredKpi, noKpi, type KpiValue } from "./kpiValue";
import { meanOf } from "./meanOf";

/** Figures of predicted numbers, over the rows that have both numbers. */
export function numberMeter(id: "mae" | "mse" | "rmse" | "r2", { label, prediction, score }: RoleColumns): KpiMeter | string {
  const guess = prediction ?? score;
  if (label === null || guess === null || !isNumberColumn(label) || !isNumberColumn(guess)) {
    return "Label and prediction must be numbers.";
  }
  const notes = prediction === null ? [`"${guess.name}" was taken as the prediction.`] : [];
  return {
    notes,
    positive: null,
    measure(rows) {
      const { actual, differences } = pairs(label.values, guess.values, rows);
      if (actual.length === 0) {
        return noKpi("No row has a label and a prediction.");
      }
      return id === "r2" ? rSquared(actual, differences, notes) : meanError(id, differences, notes);
    },
  };
}

function pairs(
  label: Float64Array,
  guess: Float64Array,
  { from, to }: RowRange,
): { readonly actual: Float64Array; readonly differences: Float64Array } {
  const [actual, differences] = [new Float64Array(to - from), new Float64Array(to - from)];
  let count = 0;
  for (let i = from; i < to; i++) {
    const [a, p] = [label[i] ?? NaN, guess[i] ?? NaN];
    if (Number.isFinite(a) && Number.isFinite(p)) {
      actual[count] = a;
      differences[count++] = a - p;
    }
  }
  return { actual: actual.subarray(0, count), differences: differences.subarray(0, count) };
}

function meanError(id: "mae" | "mse" | "rmse", differences: Float64Array, notes: readonly string[]): KpiValue {
  const { mean, error } = meanOf(differences.map((value) => (id === "mae" ? Math.abs(value) : value ** 2)));
  const interval = aroundValue(mean, error, { low: 0 });
  if (id !== "rmse") {
    return measuredKpi(mean, differences.length, interval, notes);
  }
  return measuredKpi(
    Math.sqrt(mean),
    differences.length,
    interval && { low: Math.sqrt(interval.low), high: Math.sqrt(interval.high) },
    notes,
  );
}

/** 1 − squared errors / squared differences of the label from its mean. */
function rSquared(actual: Float64Array, differences: Float64Array, notes: readonly string[]): KpiValue {
  const { mean } = meanOf(actual);
  const spread = actual.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  const errors = differences.reduce((sum, value) => sum + value ** 2, 0);
  if (actual.every((value) => value === actual[0])) {
    return noKpi("All labels are the same, so there is nothing to explain.", actual.length);
  }
  return measuredKpi(1 - errors / spread, actual.length, null, notes);
}
