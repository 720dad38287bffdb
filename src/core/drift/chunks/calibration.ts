import { argsort } from "../../base/argsort";
import { rocAuc } from "../../kpi/rocAuc";
import { fitIsotonic, predictIsotonic, type IsotonicCurve } from "./isotonic";
import { canSplit, stratifiedSplits } from "./stratifiedSplits";

/** How scores become probabilities; `curve` is null where scores are taken as they are. */
export interface Calibration {
  readonly curve: IsotonicCurve | null;
  /** Why, a sentence. */
  readonly reason: string;
}

const SPLITS = 10;
const TEST_SHARE = 0.1;
const SEED = 42;
const BINS = 10;

/**
 * Learns from the reference whether scores need calibration, and the curve if so, as NannyML 0.13.1 does: over ten stratified splits, row for row those of
 * scikit-learn with seed 42, isotonic calibration must make the expected calibration error smaller. No calibration for one class, or above an ROC AUC
 * of 0.999. Equal calibrated probabilities at the border of a bin are kept in the order of the splits; numpy leaves their order to the processor, so that where both errors
 * are equal to three digits NannyML itself may decide either way.
 * @param scores Finite; a row each.
 * @param positive 1 or 0; a row each.
 */
export function learnCalibration(scores: Float64Array, positive: Uint8Array): Calibration {
  const auc = rocAuc(new Int8Array(positive), scores, { from: 0, to: scores.length });
  if (auc === null) {
    return { curve: null, reason: "Scores are taken as they are: the reference has one class only." };
  }
  if (auc.value > 0.999) {
    return { curve: null, reason: "Scores are taken as they are: they separate the classes of the reference almost perfectly." };
  }
  if (!canSplit(positive, TEST_SHARE)) {
    return { curve: null, reason: "Scores are taken as they are: the reference has too few rows to learn from." };
  }
  const order = argsort(scores);
  const sorted = {
    scores: scores.map((_, i) => scores[order[i] ?? 0] ?? NaN),
    labels: positive.map((_, i) => positive[order[i] ?? 0] ?? 0),
  };
  const { before, after } = errorsOverSplits(scores, positive, sorted, order);
  return before > after
    ? {
        curve: fitIsotonic(sorted.scores, sorted.labels),
        reason: "Scores were calibrated on the reference: that makes them better probabilities.",
      }
    : { curve: null, reason: "Scores are taken as they are: calibration would not make them better probabilities." };
}

/** Probabilities of scores; NaN stays NaN. */
export function calibrate({ curve }: Calibration, scores: Float64Array): Float64Array {
  return curve === null ? scores : scores.map((score) => (Number.isNaN(score) ? NaN : predictIsotonic(curve, score)));
}

/** Expected calibration error of the test rows of all splits together, before and after calibration on the train rows of each. */
function errorsOverSplits(
  scores: Float64Array,
  positive: Uint8Array,
  sorted: { readonly scores: Float64Array; readonly labels: Uint8Array },
  order: Uint32Array,
): { readonly before: number; readonly after: number } {
  const ranks = new Uint32Array(order.length);
  order.forEach((row, rank) => (ranks[row] = rank));
  const rows = SPLITS * Math.ceil(TEST_SHARE * scores.length);
  const [raw, calibrated, truth] = [new Float64Array(rows), new Float64Array(rows), new Uint8Array(rows)];
  const inTrain = new Uint8Array(scores.length);
  let next = 0;
  for (const { train, test } of stratifiedSplits(positive, SPLITS, TEST_SHARE, SEED)) {
    inTrain.fill(0);
    for (const row of train) {
      inTrain[ranks[row] ?? 0] = 1;
    }
    const curve = fitIsotonic(sorted.scores, sorted.labels, inTrain);
    for (const row of test) {
      const score = scores[row] ?? NaN;
      raw[next] = score;
      calibrated[next] = predictIsotonic(curve, score);
      truth[next++] = positive[row] ?? 0;
    }
  }
  return { before: expectedCalibrationError(raw, truth), after: expectedCalibrationError(calibrated, truth) };
}

/** Mean difference of probability and share of positives over bins of the same number of rows, in the order of the probability. */
function expectedCalibrationError(probabilities: Float64Array, positive: Uint8Array): number {
  const rows = probabilities.length;
  const order = argsort(probabilities);
  const bins = rows <= 2 * BINS ? Math.max(1, Math.floor(rows / 2)) : BINS;
  const width = Math.floor(rows / bins);
  // What does not fit goes to the last bin; what fits another bin makes one, as in NannyML.
  const edges = Array.from({ length: Math.floor(rows / width) + 1 }, (_, i) => i * width);
  edges[edges.length - 1] = rows;
  let error = 0;
  for (let bin = 0; bin + 1 < edges.length; bin++) {
    const [from = 0, to = 0] = [edges[bin], edges[bin + 1]];
    let difference = 0;
    for (let i = from; i < to; i++) {
      const row = order[i] ?? 0;
      difference += (probabilities[row] ?? 0) - (positive[row] ?? 0);
    }
    error += Math.abs(difference) / rows;
  }
  return error;
}
