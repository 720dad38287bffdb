import type { RowRange } from "../drift/chunks/chunk";

/** Classes of rows, a byte each: 1 for the positive class, 0 for the other one, -1 for missing. */
export type BinaryRows = Int8Array;

/** How often predictions and labels of two classes go together; rows where either is missing are in none. */
export interface Confusion {
  readonly truePositive: number;
  readonly falsePositive: number;
  readonly falseNegative: number;
  readonly trueNegative: number;
}

export function confusionOf(actual: BinaryRows, predicted: BinaryRows, { from, to }: RowRange): Confusion {
  // Four counters by 2 · actual + predicted.
  const counts = new Float64Array(4);
  for (let i = from; i < to; i++) {
    const [a, p] = [actual[i] ?? -1, predicted[i] ?? -1];
    if (a >= 0 && p >= 0) {
      counts[2 * a + p] = (counts[2 * a + p] ?? 0) + 1;
    }
  }
  const [trueNegative = 0, falsePositive = 0, falseNegative = 0, truePositive = 0] = counts;
  return { truePositive, falsePositive, falseNegative, trueNegative };
}

export type ShareId = "accuracy" | "precision" | "recall" | "specificity" | "f1";

/** A figure as hits of tries; the figure has no value where nothing was tried. */
export interface Share {
  readonly hits: number;
  readonly tries: number;
}

/** Source: the usual definitions; F1 is 2·TP / (2·TP + FP + FN). */
export function shareOf(id: ShareId, { truePositive: tp, falsePositive: fp, falseNegative: fn, trueNegative: tn }: Confusion): Share {
  switch (id) {
    case "accuracy":
      return { hits: tp + tn, tries: tp + tn + fp + fn };
    case "precision":
      return { hits: tp, tries: tp + fp };
    case "recall":
      return { hits: tp, tries: tp + fn };
    case "specificity":
      return { hits: tn, tries: tn + fp };
    case "f1":
      return { hits: 2 * tp, tries: 2 * tp + fp + fn };
  }
}
