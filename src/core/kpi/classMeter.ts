import type { RowRange } from "../drift/chunks/chunk";
import { isNumberColumn, type Column, type NumberColumn } from "../tabular/column";
import { against, classesOf, guessPositive, type Classes } from "./classes";
import { confusionOf, shareOf, type BinaryRows, type ShareId } from "./confusion";
import { wilson } from "./intervals";
import type { KpiMeter, PositiveClass, RoleColumns } from "./meter";
import { measuredKpi, noKpi, type KpiValue } from "./kpiValue";

type ClassMeasure = ShareId | "macro_f1" | "selection_rate";

/** Figures of predicted classes. With more than two classes precision, recall and F1 are means over the classes, each as large as the others ("macro"). */
export function classMeter(id: ClassMeasure, columns: RoleColumns, positive: string | null): KpiMeter | string {
  const predicted = predictedClasses(columns);
  if (typeof predicted === "string") {
    return predicted;
  }
  const sides = [...(columns.label === null ? [] : [columns.label]), predicted.column];
  const classes = classesOf(sides);
  if (classes === null) {
    return "Label or prediction has more than a thousand different values: they are no classes. Mean absolute error or R² is for numbers.";
  }
  const predictedCodes = classes.codes.at(-1) ?? new Int32Array();
  const actualCodes = columns.label === null ? null : (classes.codes[0] ?? null);
  const chosen = choosePositive(classes, positive);
  if (typeof chosen === "string") {
    return chosen;
  }
  const notes = [
    ...predicted.notes,
    ...(chosen?.from === "guessed" && id !== "accuracy" && id !== "macro_f1" ? [`"${chosen.value}" was taken as the positive class.`] : []),
  ];
  const meter = (measure: (rows: RowRange) => KpiValue): KpiMeter => ({ notes, positive: chosen, measure });
  if (id === "selection_rate") {
    if (chosen === null && classes.keys.length > 2) {
      return "There are more than two classes: say which one counts as selected.";
    }
    const selected = against(predictedCodes, chosen === null ? -1 : classes.keys.indexOf(chosen.value));
    return meter((rows) => selectionRate(selected, rows, notes));
  }
  if (actualCodes === null) {
    return "No column holds the label; say which one does.";
  }
  if (id !== "macro_f1" && (chosen !== null || classes.keys.length <= 2)) {
    // Without a positive class there are no positive rows.
    const code = chosen === null ? -1 : classes.keys.indexOf(chosen.value);
    const [actual, guess] = [against(actualCodes, code), against(predictedCodes, code)];
    // One class against the rest says nothing of the accuracy over all classes.
    if (id !== "accuracy" || classes.keys.length <= 2) {
      return meter((rows) => binaryShare(id, actual, guess, rows, notes));
    }
  }
  if (id === "specificity") {
    return "There are more than two classes: say which one is positive.";
  }
  if (id === "accuracy") {
    return meter((rows) => accuracy(actualCodes, predictedCodes, rows, notes));
  }
  const macro = id === "macro_f1" ? "f1" : id;
  const macroNotes = id === "macro_f1" ? notes : [...notes, `Mean over ${classes.keys.length} classes.`];
  return meter((rows) => macroMean(macro, classes, actualCodes, predictedCodes, rows, macroNotes));
}

/** The column of predicted classes, made of scores where there is none. */
function predictedClasses({
  prediction,
  score,
  label,
}: RoleColumns): { readonly column: Column; readonly notes: readonly string[] } | string {
  if (prediction !== null && !(isNumberColumn(prediction) && holdsProbabilities(prediction) && !sharesValues(prediction, label))) {
    return { column: prediction, notes: [] };
  }
  const source = prediction ?? score;
  if (source === null || !isNumberColumn(source) || !holdsProbabilities(source)) {
    return "No column holds the prediction, and the score is no probability from which it could be told.";
  }
  const classes = {
    ...source,
    kind: "integer" as const,
    values: source.values.map((value) => (Number.isNaN(value) ? NaN : value >= 0.5 ? 1 : 0)),
  };
  return { column: classes, notes: [`Predictions are taken from "${source.name}": positive from 0.5 on.`] };
}

/** Only numbers from 0 to 1, and not only 0 and 1. */
function holdsProbabilities({ values }: NumberColumn): boolean {
  return values.every((value) => Number.isNaN(value) || (value >= 0 && value <= 1)) && values.some((value) => value > 0 && value < 1);
}

function sharesValues(prediction: NumberColumn, label: Column | null): boolean {
  return label !== null && isNumberColumn(label) && holdsProbabilities(label) && holdsProbabilities(prediction);
}

function choosePositive(classes: Classes, given: string | null): PositiveClass | null | string {
  if (given === null) {
    const guessed = guessPositive(classes.keys);
    return guessed === null ? null : { value: guessed, from: "guessed" };
  }
  const found = classes.keys.find((key) => key.toLowerCase() === given.trim().toLowerCase());
  return found === undefined ? `No row has the class "${given}" that counts as positive.` : { value: found, from: "given" };
}

function binaryShare(id: ShareId, actual: BinaryRows, predicted: BinaryRows, rows: RowRange, notes: readonly string[]): KpiValue {
  const confusion = confusionOf(actual, predicted, rows);
  const { tries: all } = shareOf("accuracy", confusion);
  const { hits, tries } = shareOf(id, confusion);
  if (all === 0) {
    return noKpi("No row has a label and a prediction.");
  }
  if (tries === 0) {
    return noKpi(NOTHING_TRIED[id], all);
  }
  if (id !== "f1") {
    return measuredKpi(hits / tries, all, wilson(hits, tries), notes);
  }
  // F1 = 2p / (1 + p) with the share p of true positives among all rows that are or were called positive, so that the interval of p gives one.
  const share = wilson(hits / 2, tries - hits / 2);
  const f1 = (p: number): number => (2 * p) / (1 + p);
  return measuredKpi(hits / tries, all, share === null ? null : { low: f1(share.low), high: f1(share.high) }, notes);
}

const NOTHING_TRIED: Readonly<Record<ShareId, string>> = {
  accuracy: "No row has a label and a prediction.",
  precision: "No row was predicted to be positive.",
  recall: "No row is positive.",
  specificity: "No row is negative.",
  f1: "No row is positive or was predicted to be.",
};

function accuracy(actual: Int32Array, predicted: Int32Array, { from, to }: RowRange, notes: readonly string[]): KpiValue {
  let hits = 0;
  let tries = 0;
  for (let i = from; i < to; i++) {
    const [a, p] = [actual[i] ?? -1, predicted[i] ?? -1];
    tries += a >= 0 && p >= 0 ? 1 : 0;
    hits += a >= 0 && a === p ? 1 : 0;
  }
  return tries === 0 ? noKpi(NOTHING_TRIED.accuracy) : measuredKpi(hits / tries, tries, wilson(hits, tries), notes);
}

/** Mean of a figure over the classes that occur; 0 for a class where nothing was tried, as scikit-learn has it. */
function macroMean(
  id: ShareId,
  { keys }: Classes,
  actual: Int32Array,
  predicted: Int32Array,
  { from, to }: RowRange,
  notes: readonly string[],
): KpiValue {
  const [hits, wasIt, calledIt] = [new Float64Array(keys.length), new Float64Array(keys.length), new Float64Array(keys.length)];
  let rows = 0;
  for (let i = from; i < to; i++) {
    const [a, p] = [actual[i] ?? -1, predicted[i] ?? -1];
    if (a >= 0 && p >= 0) {
      rows++;
      wasIt[a] = (wasIt[a] ?? 0) + 1;
      calledIt[p] = (calledIt[p] ?? 0) + 1;
      hits[a] = (hits[a] ?? 0) + (a === p ? 1 : 0);
    }
  }
  const figures = keys.flatMap((_, code) => {
    const [hit = 0, was = 0, called = 0] = [hits[code], wasIt[code], calledIt[code]];
    const { hits: top, tries } = shareOf(id, { truePositive: hit, falsePositive: called - hit, falseNegative: was - hit, trueNegative: 0 });
    return was + called === 0 ? [] : [tries === 0 ? 0 : top / tries];
  });
  return rows === 0
    ? noKpi(NOTHING_TRIED.accuracy)
    : measuredKpi(figures.reduce((sum, value) => sum + value, 0) / figures.length, rows, null, notes);
}

function selectionRate(predicted: BinaryRows, { from, to }: RowRange, notes: readonly string[]): KpiValue {
  let [hits, tries] = [0, 0];
  for (let i = from; i < to; i++) {
    hits += predicted[i] === 1 ? 1 : 0;
    tries += (predicted[i] ?? -1) >= 0 ? 1 : 0;
  }
  return tries === 0 ? noKpi("No row has a prediction.") : measuredKpi(hits / tries, tries, wilson(hits, tries), notes);
}
