import type { ScoredRows } from "../drift/chunks/estimatedMetrics";
import { isNumberColumn, type Column } from "../tabular/column";
import { against, classesOf, guessPositive } from "./classes";
import type { PositiveClass } from "./meter";
import type { KpiRoles } from "./roles";

/** Scores of a model for two classes, ready to be estimated from. */
export interface ScoredColumns {
  readonly rows: ScoredRows;
  /** What to hand over as `positive` for the other side, so that both mean the same class. */
  readonly positive: PositiveClass;
  /** What was guessed, a sentence each. */
  readonly notes: readonly string[];
}

/**
 * Scores, predictions and labels of a table for `estimatePerformance`. Without a prediction a score of 0.5 or more counts as positive; without a label there are
 * estimates only.
 * @param positive The class that counts as positive; guessed from label and prediction where it is null.
 * @returns A sentence where the table has no score for one of two classes.
 */
export function scoredRows(columns: readonly Column[], roles: KpiRoles, positive: string | null = null): ScoredColumns | string {
  const named = (role: keyof KpiRoles): Column | null => columns.find(({ name }) => name === roles[role]?.column) ?? null;
  const [label, prediction, score] = [named("label"), named("prediction"), named("score")];
  if (score === null || !isNumberColumn(score)) {
    return "No column of numbers holds the score; say which one does.";
  }
  const sides = [label, prediction].filter((column) => column !== null);
  const classes = classesOf(sides);
  if (classes === null || classes.keys.length > 2) {
    return "Performance is estimated for two classes only.";
  }
  const chosen = positive ?? guessPositive(classes.keys) ?? "1";
  const code = classes.keys.findIndex((key) => key.toLowerCase() === chosen.trim().toLowerCase());
  const rowsOf = (column: Column | null): Int8Array | null => {
    const codes = column === null ? undefined : classes.codes[sides.indexOf(column)];
    return codes === undefined ? null : against(codes, code);
  };
  const byScore = (): Int8Array => Int8Array.from(score.values, (value) => (Number.isNaN(value) ? -1 : value >= 0.5 ? 1 : 0));
  return {
    rows: { scores: score.values, predicted: rowsOf(prediction) ?? byScore(), actual: rowsOf(label) },
    positive: { value: chosen, from: positive === null ? "guessed" : "given" },
    notes: [
      ...(positive === null ? [`"${chosen}" was taken as the positive class.`] : []),
      ...(prediction === null ? [`Predictions are taken from "${score.name}": positive from 0.5 on.`] : []),
    ],
  };
}
