import { argsort } from "../../base/argsort";
import { confusionOf, shareOf, type BinaryRows, type Share, type ShareId } from "../../kpi/confusion";
import { rocAuc } from "../../kpi/rocAuc";
import type { RowRange } from "./chunk";

/** Figures that are estimated without labels. */
export type EstimatedMetricId = "roc_auc" | ShareId;

/** What is known of the rows of a table: a row each, NaN or -1 where missing. */
export interface ScoredRows {
  /** As the model gave them. */
  readonly scores: Float64Array;
  readonly predicted: BinaryRows;
  /** Null where no labels are known. */
  readonly actual: BinaryRows | null;
}

/**
 * Estimates a figure from probabilities that are right on average: a row with probability p counts as p positive and 1 − p negative rows.
 * Null where nothing was tried. Source: confidence-based performance estimation (CBPE) of NannyML 0.13.1.
 */
export function estimateMetric(
  metric: EstimatedMetricId,
  probabilities: Float64Array,
  { scores, predicted }: ScoredRows,
  rows: RowRange,
): number | null {
  if (metric === "roc_auc") {
    return estimateRocAuc(probabilities.subarray(rows.from, rows.to), scores.subarray(rows.from, rows.to));
  }
  const share = shareOf(metric, expectedConfusion(probabilities, predicted, rows));
  return share.tries === 0 ? null : share.hits / share.tries;
}

function expectedConfusion(probabilities: Float64Array, predicted: BinaryRows, { from, to }: RowRange): Parameters<typeof shareOf>[1] {
  let [truePositive, falsePositive, falseNegative, trueNegative] = [0, 0, 0, 0];
  for (let i = from; i < to; i++) {
    const p = probabilities[i] ?? NaN;
    if (Number.isNaN(p)) {
      continue;
    }
    if (predicted[i] === 1) {
      truePositive += p;
      falsePositive += 1 - p;
    } else if (predicted[i] === 0) {
      falseNegative += p;
      trueNegative += 1 - p;
    }
  }
  return { truePositive, falsePositive, falseNegative, trueNegative };
}

/** Sorted by the score from the highest on, probabilities and their complements add up to a curve; its area by the trapezoid rule. */
function estimateRocAuc(probabilities: Float64Array, scores: Float64Array): number | null {
  const order = argsort(scores)
    .filter((row) => !Number.isNaN(scores[row]))
    .reverse();
  let expected = 0;
  for (const row of order) {
    expected += probabilities[row] ?? 0;
  }
  const [allPositive, allNegative] = [round5(expected), round5(order.length - expected)];
  if (allPositive === 0 || allNegative === 0) {
    return null;
  }
  let positives = 0;
  let [x, y] = [0, 0];
  let area = 0;
  order.forEach((row, i) => {
    positives += probabilities[row] ?? 0;
    const [nextX, nextY] = [round5(i + 1 - positives) / allNegative, round5(positives) / allPositive];
    area += ((nextX - x) * (nextY + y)) / 2;
    [x, y] = [nextX, nextY];
  });
  return area;
}

/** As numpy rounds to five places: a half goes to the even neighbour. */
function round5(value: number): number {
  const scaled = value * 1e5;
  const rounded = Math.round(scaled);
  return (rounded - scaled === 0.5 && rounded % 2 !== 0 ? rounded - 1 : rounded) / 1e5;
}

/** The figure that labels give; null where there are none, or where a class or a prediction does not occur. */
export function realisedMetric(metric: EstimatedMetricId, { scores, predicted, actual }: ScoredRows, rows: RowRange): number | null {
  if (actual === null) {
    return null;
  }
  if (metric === "roc_auc") {
    return rocAuc(actual, scores, rows)?.value ?? null;
  }
  const confusion = confusionOf(actual, predicted, rows);
  const { truePositive: tp, falsePositive: fp, falseNegative: fn, trueNegative: tn } = confusion;
  const bothClasses = tp + fn > 0 && fp + tn > 0;
  const bothPredictions = tp + fp > 0 && fn + tn > 0;
  const { hits, tries } = shareOf(metric, confusion);
  return tries === 0 || (metric !== "accuracy" && !(bothClasses && bothPredictions)) ? null : hits / tries;
}

/** Standard error of a figure for so many rows. */
export type SamplingError = (rows: number) => number | null;

/** Learns from the reference how much a figure varies by chance. Source: `sampling_error/binary_classification.py` of NannyML 0.13.1. */
export function samplingError(metric: EstimatedMetricId, rows: ScoredRows & { readonly actual: BinaryRows }): SamplingError {
  const all = { from: 0, to: rows.actual.length };
  const { std, share } =
    metric === "roc_auc" ? rankSpread(rows) : hitSpread(metric, shareOf(metric, confusionOf(rows.actual, rows.predicted, all)), rows);
  return (count) => {
    const error = std / Math.sqrt(count * share);
    return Number.isFinite(error) ? error : null;
  };
}

interface SpreadOfRows {
  /** Population standard deviation of what single rows contribute. */
  readonly std: number;
  /** Share of rows that contribute. */
  readonly share: number;
}

function hitSpread(
  metric: ShareId,
  { hits, tries }: Share,
  { predicted, actual }: ScoredRows & { readonly actual: BinaryRows },
): SpreadOfRows {
  const confusion = confusionOf(actual, predicted, { from: 0, to: actual.length });
  const { tries: rows } = shareOf("accuracy", confusion);
  if (metric !== "f1") {
    return { std: spreadOfShare(hits / tries), share: tries / rows };
  }
  const relevant = confusion.truePositive + confusion.falsePositive + confusion.falseNegative;
  // F1 is the mean of what rows contribute, each scaled so that it is.
  return { std: (relevant / (tries / 2)) * spreadOfShare(confusion.truePositive / relevant), share: relevant / rows };
}

function spreadOfShare(share: number): number {
  return Math.sqrt(share * (1 - share));
}

/** Spread of the share of negatives that each row of the rarer class beats, by ranks as NannyML counts them. */
function rankSpread({ scores, actual }: ScoredRows & { readonly actual: BinaryRows }): SpreadOfRows {
  const rows = argsort(scores).filter((row) => !Number.isNaN(scores[row]) && (actual[row] ?? -1) >= 0);
  const positives = rows.reduce((sum, row) => sum + (actual[row] ?? 0), 0);
  const flip = positives > rows.length / 2;
  const rare = flip ? 0 : 1;
  const order = flip ? rows.reverse() : rows;
  const rareRows = flip ? rows.length - positives : positives;
  let before = 0;
  let [count, mean, squares] = [0, 0, 0];
  order.forEach((row, rank) => {
    // The rank 0 is taken for a row of the other class there.
    if (actual[row] === rare && rank > 0) {
      const beaten = (rank - before) / (rows.length - rareRows);
      before++;
      count++;
      const from = beaten - mean;
      mean += from / count;
      squares += from * (beaten - mean);
    }
  });
  return { std: Math.sqrt(squares / count), share: rareRows / rows.length };
}
