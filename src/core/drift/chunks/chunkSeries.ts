import type { Chunk, MinRows } from "./chunk";
import { isOutside, thresholdsOf, type ThresholdRule, type Thresholds } from "./thresholds";

/** One figure of one chunk. */
export interface ChunkScore {
  readonly chunk: Chunk;
  /** Rows that the figure rests on: those with a value. */
  readonly rows: number;
  /** Null where it cannot be computed; `reason` says why. */
  readonly value: number | null;
  /** Standard error of the value; null where it is not known. */
  readonly error: number | null;
  /** Outside of the limits. Null where it is not judged: no value, too few rows, or no limits. */
  readonly alert: boolean | null;
  /** Why there is no value or no judgement, a sentence; null otherwise. */
  readonly reason: string | null;
}

/** A figure over the chunks of two tables, with limits that come from the reference. */
export interface ChunkSeries {
  /** Computed from what the rows hold. Estimates have a type of their own. */
  readonly kind: "measured";
  readonly label: string;
  readonly thresholds: Thresholds;
  /** How the limits were found, a sentence. */
  readonly thresholdSource: string;
  readonly reference: readonly ChunkScore[];
  readonly current: readonly ChunkScore[];
}

/** What a measure says of some rows, before anybody judges it. */
export type Measured =
  | { readonly value: number; readonly rows: number; readonly error?: number; readonly alert?: boolean }
  | { readonly value: null; readonly rows: number; readonly reason: string };

/** Where a series has no figure at all: kinds that do not fit, a reference without values. */
export interface NoSeries {
  readonly kind: "none";
  readonly label: string;
  readonly reason: string;
}

/**
 * Puts limits around the measured chunks of the reference and judges all chunks by them. Chunks of the reference with too few rows to be judged do not
 * widen the limits, unless all of them are so small. A measure that judges by itself (`alert`) overrules the limits.
 */
export function judgeChunks(
  series: { readonly label: string; readonly limits: { readonly lowest: number | null; readonly highest: number | null } },
  parts: { readonly reference: readonly (readonly [Chunk, Measured])[]; readonly current: readonly (readonly [Chunk, Measured])[] },
  rule: ThresholdRule,
  minRows: MinRows,
): ChunkSeries {
  const scored = parts.reference.flatMap(([, measured]) => (hasScore(measured, minRows) ? [measured] : []));
  const judged = scored.filter(({ rows }) => rows >= minRows.judge);
  const values = (judged.length > 0 ? judged : scored).map(({ value }) => value);
  const thresholds = thresholdsOf(rule, values, series.limits);
  const judge = ([chunk, measured]: readonly [Chunk, Measured]): ChunkScore => judgeChunk(chunk, measured, thresholds, minRows);
  return {
    kind: "measured",
    label: series.label,
    thresholds,
    thresholdSource: thresholdSource(rule, values.length),
    reference: parts.reference.map(judge),
    current: parts.current.map(judge),
  };
}

type WithValue = Extract<Measured, { readonly value: number }>;

function hasScore(measured: Measured, minRows: MinRows): measured is WithValue {
  return measured.value !== null && measured.rows >= minRows.score;
}

function judgeChunk(chunk: Chunk, measured: Measured, thresholds: Thresholds, minRows: MinRows): ChunkScore {
  const { rows } = measured;
  const unjudged = { chunk, rows, value: null, error: null, alert: null };
  if (rows < minRows.score) {
    return { ...unjudged, reason: `Too few rows for a score: ${rows}, at least ${minRows.score} are needed.` };
  }
  if (measured.value === null) {
    return { ...unjudged, reason: measured.reason };
  }
  const shown = { ...unjudged, value: measured.value, error: measured.error ?? null };
  if (rows < minRows.judge) {
    return { ...shown, reason: `Too few rows to judge: ${rows}, at least ${minRows.judge} are needed.` };
  }
  if (measured.alert !== undefined) {
    return { ...shown, alert: measured.alert, reason: null };
  }
  if (thresholds.lower === null && thresholds.upper === null) {
    return { ...shown, reason: "There are no limits: they need two chunks of the reference at least." };
  }
  return { ...shown, alert: isOutside(thresholds, measured.value), reason: null };
}

function thresholdSource(rule: ThresholdRule, chunks: number): string {
  return rule.kind === "constant"
    ? "Limits are set by hand."
    : `Limits are the mean ± ${rule.sigmas} standard deviations over ${chunks} ${chunks === 1 ? "chunk" : "chunks"} of the reference.`;
}
