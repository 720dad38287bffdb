import type { RowRange } from "../drift/chunks/chunk";
import { isNumberColumn, type NumberColumn } from "../tabular/column";
import { against, classesOf, guessPositive } from "./classes";
import type { BinaryRows } from "./confusion";
import { aroundValue } from "./intervals";
import type { KpiMeter, RoleColumns } from "./meter";
import { measuredKpi, noKpi, type KpiValue } from "./kpiValue";
import { meanOf } from "./meanOf";
import { rocAuc } from "./rocAuc";

/** Figures of scores for one of two classes. */
export function scoreMeter(id: "roc_auc" | "log_loss", { label, score, prediction }: RoleColumns, given: string | null): KpiMeter | string {
  const source = score ?? prediction;
  if (source === null || !isNumberColumn(source)) {
    return "The score is no number.";
  }
  const classes = label === null ? null : classesOf([label]);
  const codes = classes?.codes[0];
  if (classes === null || codes === undefined) {
    return "The label has more than a thousand different values: they are no classes.";
  }
  const positive = given ?? guessPositive(classes.keys);
  const key = classes.keys.find((each) => each.toLowerCase() === positive?.trim().toLowerCase());
  if (positive !== null && key === undefined) {
    return `No row has the class "${positive}" that counts as positive.`;
  }
  if (key === undefined && classes.keys.length > 2) {
    return "There are more than two classes: say which one the score is for.";
  }
  const notes = [
    ...(score === null ? [`"${source.name}" was taken as the score.`] : []),
    ...(given === null && key !== undefined ? [`"${key}" was taken as the positive class.`] : []),
  ];
  const actual = against(codes, key === undefined ? -1 : classes.keys.indexOf(key));
  return {
    notes,
    positive: key === undefined ? null : { value: key, from: given === null ? "guessed" : "given" },
    measure: id === "roc_auc" ? (rows) => area(actual, source, rows, notes) : (rows) => logLoss(actual, source, rows, notes),
  };
}

function area(actual: BinaryRows, { values }: NumberColumn, rows: RowRange, notes: readonly string[]): KpiValue {
  const found = rocAuc(actual, values, rows);
  if (found === null) {
    return noKpi("Rows of both classes, with a score, are needed.");
  }
  const { value, error, positives, negatives } = found;
  return measuredKpi(
    value,
    positives + negatives,
    aroundValue(value, Math.min(positives, negatives) < 2 ? NaN : error, { low: 0, high: 1 }),
    notes,
  );
}

/** Mean of −ln of the probability that the label had, which is kept off 0 and 1 by the smallest difference that a number can have there, as scikit-learn does. */
function logLoss(actual: BinaryRows, { values }: NumberColumn, { from, to }: RowRange, notes: readonly string[]): KpiValue {
  const losses = new Float64Array(to - from);
  let rows = 0;
  for (let i = from; i < to; i++) {
    const [label, p] = [actual[i] ?? -1, values[i] ?? NaN];
    if (label < 0 || Number.isNaN(p)) {
      continue;
    }
    if (p < 0 || p > 1) {
      return noKpi("The score is no probability: some are outside of 0 to 1.");
    }
    const clipped = Math.min(1 - Number.EPSILON, Math.max(Number.EPSILON, p));
    losses[rows++] = -Math.log(label === 1 ? clipped : 1 - clipped);
  }
  const { mean, error } = meanOf(losses.subarray(0, rows));
  return rows === 0 ? noKpi("No row has a label and a score.") : measuredKpi(mean, rows, aroundValue(mean, error, { low: 0 }), notes);
}
