import { learnCalibration, calibrate, type Calibration } from "./calibration";
import { MIN_ROWS, type Chunk, type MinRows } from "./chunk";
import {
  estimateMetric,
  realisedMetric,
  samplingError,
  type EstimatedMetricId,
  type SamplingError,
  type ScoredRows,
} from "./estimatedMetrics";
import { isOutside, THREE_SIGMA_BOTH, thresholdsOf, type ThresholdRule, type Thresholds } from "./thresholds";

/** What every estimate rests on; shown beside it, always. */
export const CBPE_ASSUMPTION =
  "Estimated without labels. It assumes that rows with the same inputs still have the same chance of the outcome; where that has changed, it is wrong.";

/** Never a measurement: it is drawn dashed, with its assumption. */
export interface Estimate {
  readonly kind: "estimated";
  readonly value: number;
  /** Three standard errors to either side, inside of 0 to 1; null where the reference does not say how much the figure varies. */
  readonly interval: { readonly low: number; readonly high: number } | null;
  /** Outside of the limits. Null where it is not judged. */
  readonly alert: boolean | null;
}

export interface Realised {
  readonly kind: "measured";
  readonly value: number;
  /** Rows with a label. */
  readonly rows: number;
  readonly alert: boolean | null;
}

export interface EstimatedPoint {
  readonly chunk: Chunk;
  /** Rows with a score. */
  readonly rows: number;
  readonly estimated: Estimate | null;
  /** What labels say, once they are known. It overrules the estimate. */
  readonly realised: Realised | null;
  /** Why there is no estimate or it is not judged, a sentence; null otherwise. */
  readonly reason: string | null;
}

export interface EstimatedSeries {
  readonly kind: "estimated";
  readonly metric: EstimatedMetricId;
  readonly assumption: string;
  readonly thresholds: Thresholds;
  readonly thresholdSource: string;
  readonly reference: readonly EstimatedPoint[];
  readonly current: readonly EstimatedPoint[];
}

/** A table with scores of a model for two classes, cut into chunks. */
export interface ScoredTable {
  readonly rows: ScoredRows;
  readonly chunks: readonly Chunk[];
}

export interface CbpeOptions {
  readonly metrics?: readonly EstimatedMetricId[];
  readonly threshold?: ThresholdRule;
  readonly minRows?: MinRows;
}

export interface PerformanceEstimate {
  readonly kind: "estimated";
  readonly calibration: Calibration;
  readonly series: readonly EstimatedSeries[];
}

export const ESTIMATED_METRICS: readonly EstimatedMetricId[] = ["roc_auc", "accuracy", "f1", "precision", "recall", "specificity"];

/**
 * Confidence-based performance estimation, as NannyML 0.13.1 does it for two classes: scores are calibrated on the reference where that helps, and each row counts by
 * its probability. Limits are three standard deviations around what labels say of the reference's chunks.
 * It cannot see that the relation of inputs and outcome has changed: the realised values of `EstimatedPoint` can.
 * @param reference With labels. Rows without a label or a score are left out of what is learnt.
 * @returns A sentence where nothing can be estimated.
 */
export function estimatePerformance(
  reference: ScoredTable,
  current: ScoredTable,
  options: CbpeOptions = {},
): PerformanceEstimate | { readonly kind: "none"; readonly reason: string } {
  const { metrics = ESTIMATED_METRICS, threshold = THREE_SIGMA_BOTH, minRows = MIN_ROWS } = options;
  const { actual } = reference.rows;
  if (actual === null) {
    return { kind: "none", reason: "The reference has no labels to learn from." };
  }
  if (![reference, current].every(({ rows }) => rows.scores.every((score) => Number.isNaN(score) || (score >= 0 && score <= 1)))) {
    return { kind: "none", reason: "The scores are no probabilities: some lie outside of 0 to 1." };
  }
  const usable = Uint32Array.from(actual.keys()).filter((row) => (actual[row] ?? -1) >= 0 && !Number.isNaN(reference.rows.scores[row]));
  if (usable.length === 0) {
    return { kind: "none", reason: "No row of the reference has a score and a label." };
  }
  const calibration = learnCalibration(
    Float64Array.from(usable, (row) => reference.rows.scores[row] ?? NaN),
    Uint8Array.from(usable, (row) => actual[row] ?? 0),
  );
  const sides = {
    reference: { ...reference, probabilities: calibrate(calibration, reference.rows.scores) },
    current: { ...current, probabilities: calibrate(calibration, current.rows.scores) },
  };
  const series = metrics.map((metric): EstimatedSeries => {
    const judge: Judge = {
      metric,
      minRows,
      error: samplingError(metric, { ...reference.rows, actual }),
      ...limitsOf(metric, reference, threshold, minRows),
    };
    const points = (side: Side): EstimatedPoint[] => side.chunks.map((chunk) => pointOf(judge, side, chunk));
    return {
      kind: "estimated",
      metric,
      assumption: CBPE_ASSUMPTION,
      thresholds: judge.thresholds,
      thresholdSource: judge.thresholdSource,
      reference: points(sides.reference),
      current: points(sides.current),
    };
  });
  return { kind: "estimated", calibration, series };
}

/** Whether a point is outside of the limits: by its labels where they are known and enough, else by the estimate. */
export function alertOf({ realised, estimated }: EstimatedPoint): boolean | null {
  return realised?.alert ?? estimated?.alert ?? null;
}

type Side = ScoredTable & { readonly probabilities: Float64Array };

interface Judge {
  readonly metric: EstimatedMetricId;
  readonly minRows: MinRows;
  readonly error: SamplingError;
  readonly thresholds: Thresholds;
  readonly thresholdSource: string;
}

function limitsOf(
  metric: EstimatedMetricId,
  { rows, chunks }: ScoredTable,
  rule: ThresholdRule,
  minRows: MinRows,
): Pick<Judge, "thresholds" | "thresholdSource"> {
  const large = chunks.filter((chunk) => labelledRows(rows, chunk) >= minRows.judge);
  const values = (large.length > 0 ? large : chunks).flatMap((chunk) => realisedMetric(metric, rows, chunk) ?? []);
  return {
    thresholds: thresholdsOf(rule, values, { lowest: 0, highest: 1 }),
    thresholdSource:
      rule.kind === "constant"
        ? "Limits are set by hand."
        : `Limits are the mean ± ${rule.sigmas} standard deviations of the measured values of ${values.length} chunks of the reference.`,
  };
}

function pointOf({ metric, minRows, error, thresholds }: Judge, { rows, probabilities }: Side, chunk: Chunk): EstimatedPoint {
  const count = countRows(chunk, (row) => !Number.isNaN(probabilities[row]) && (metric === "roc_auc" || (rows.predicted[row] ?? -1) >= 0));
  const hasLimits = thresholds.lower !== null || thresholds.upper !== null;
  const realised = realisedOf(metric, rows, chunk, (value, labelled) =>
    labelled >= minRows.judge && hasLimits ? isOutside(thresholds, value) : null,
  );
  const base = { chunk, rows: count, realised };
  if (count < minRows.score) {
    return { ...base, estimated: null, reason: `Too few rows for an estimate: ${count}, at least ${minRows.score} are needed.` };
  }
  const value = estimateMetric(metric, probabilities, rows, chunk);
  if (value === null) {
    return { ...base, estimated: null, reason: "The chunk has no row that the figure is about, such as a positive prediction." };
  }
  const spread = error(count);
  const interval = spread === null ? null : { low: Math.max(0, value - 3 * spread), high: Math.min(1, value + 3 * spread) };
  const few = count < minRows.judge ? `Too few rows to judge: ${count}, at least ${minRows.judge} are needed.` : null;
  const reason =
    few ?? (hasLimits ? null : "There are no limits: they need two chunks of the reference with labels of both classes at least.");
  return {
    ...base,
    estimated: { kind: "estimated", value, interval, alert: reason === null ? isOutside(thresholds, value) : null },
    reason,
  };
}

function realisedOf(
  metric: EstimatedMetricId,
  rows: ScoredRows,
  chunk: Chunk,
  judge: (value: number, rows: number) => boolean | null,
): Realised | null {
  const value = realisedMetric(metric, rows, chunk);
  const labelled = labelledRows(rows, chunk);
  return value === null ? null : { kind: "measured", value, rows: labelled, alert: judge(value, labelled) };
}

function labelledRows({ actual }: ScoredRows, chunk: Chunk): number {
  return actual === null ? 0 : countRows(chunk, (row) => (actual[row] ?? -1) >= 0);
}

function countRows({ from, to }: Chunk, counts: (row: number) => boolean): number {
  let rows = 0;
  for (let row = from; row < to; row++) {
    rows += counts(row) ? 1 : 0;
  }
  return rows;
}
