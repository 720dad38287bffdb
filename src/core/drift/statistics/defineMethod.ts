import { evidentlyBins, type Bins } from "../binning";
import type { DriftMethod, Score } from "../driftMethod";
import type { ColumnSample, NumericSample } from "../sample";
import { usableRows } from "../usableRows";
import { categoryCounts, type CategoryCounts } from "./categoryCounts";

/** What a formula gives: a score, or the reason why there is none. */
export type Outcome = number | string;

type Facts = Omit<DriftMethod, "compute" | "appliesTo">;

/** A method over whatever the samples hold. Neither side is empty when `formula` is asked; what it gives that is not finite has no score. */
export function sampleMethod(
  facts: Facts,
  appliesTo: DriftMethod["appliesTo"],
  formula: (reference: ColumnSample, current: ColumnSample) => Outcome,
): DriftMethod {
  return {
    ...facts,
    appliesTo,
    compute: (reference, current): Score => {
      const outcome = emptySides(usableRows(reference) === 0, usableRows(current) === 0) ?? formula(reference, current);
      if (typeof outcome === "string") {
        return { score: null, reason: outcome };
      }
      return Number.isFinite(outcome)
        ? { score: outcome }
        : { score: null, reason: "The values are too large or too far apart to calculate with." };
    },
  };
}

/** Both sides whole, for the few formulas that need more than the values. */
export interface NumericSides {
  readonly reference: NumericSample;
  readonly current: NumericSample;
}

/** A method over sorted numbers, neither side empty. */
export function numericMethod(
  facts: Facts,
  formula: (reference: Float64Array, current: Float64Array, sides: NumericSides) => Outcome,
): DriftMethod {
  return sampleMethod(facts, ["num"], (reference, current) =>
    reference.kind === "numeric" && current.kind === "numeric"
      ? formula(reference.sorted, current.sorted, { reference, current })
      : "It compares numbers, and a side holds texts or categories.",
  );
}

/**
 * A method over the rows of each value. It answers for numbers as well, by value, because Evidently's own choice falls on such methods
 * where a column of numbers has few of them.
 */
export function categoryMethod(facts: Facts, formula: (counts: CategoryCounts) => Outcome): DriftMethod {
  return sampleMethod(facts, ["cat"], (reference, current) => formula(categoryCounts(reference, current)));
}

/** A method over bins that both sides share: Evidently's, unless `toBins` makes others. */
export function binnedMethod(
  facts: Facts,
  formula: (bins: Bins) => Outcome,
  toBins: (reference: ColumnSample, current: ColumnSample) => Bins = evidentlyBins,
): DriftMethod {
  return sampleMethod(facts, ["num", "cat"], (reference, current) => formula(toBins(reference, current)));
}

function emptySides(reference: boolean, current: boolean): string | null {
  if (reference) {
    return current ? "Neither side has values." : "The reference has no values.";
  }
  return current ? "The current data has no values." : null;
}

/** Why a test has no answer where neither side varies. */
export const SAME_CONSTANT = "All values are the same on both sides, so there is nothing to test.";
