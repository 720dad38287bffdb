import { ownValue } from "../base/ownValue";
import { chooseMethod } from "./chooseMethod";
import { missingShare } from "./columnNotes";
import { columnRole } from "./columnRole";
import type { DriftMethodId } from "./driftMethod";
import type { DriftLimits, DriftSettings, DriftStatus, MethodResult } from "./driftReport";
import type { ColumnFacts } from "./driftSide";
import { measure } from "./measure";
import { driftMethod } from "./methods";
import { countText, percentText } from "./numberText";
import type { ColumnSample, DriftType } from "./sample";
import { typedSamples } from "./typedSamples";
import { usableRows } from "./usableRows";

/** What is said of a column, or of a part of its rows. */
export interface Decision {
  readonly type: DriftType;
  readonly status: DriftStatus;
  readonly reason: string | null;
  readonly result: MethodResult | null;
  readonly limits: DriftLimits;
  /** Null where the sides cannot be compared. */
  readonly samples: { readonly reference: ColumnSample; readonly current: ColumnSample } | null;
  readonly notes: readonly string[];
}

/** The method that decides and what it says; too few rows, or sides that cannot be compared, are never taken for no drift. */
export function decide(name: string, reference: ColumnFacts, current: ColumnFacts, settings: DriftSettings): Decision {
  const limits = ownValue(settings.columns, name) ?? settings.limits;
  const wanted = ownValue(settings.types, name);
  const samples = typedSamples(reference, current, wanted, settings.mode);
  // Outcomes come later than inputs: that they are missing yet is no fault of the data.
  const missing =
    (ownValue(settings.roles, name) ?? columnRole(name)) === "target" ? NOTHING_MISSING : missingStatus(reference, current, settings);
  const unjudged = (reason: string, rest: Partial<Decision> = {}): Decision => ({
    type: samples.type,
    status: missing.status ?? "unjudged",
    reason: missing.status === null ? reason : `${missing.notes.join(" ")} ${reason}`,
    result: null,
    limits,
    samples: samples.reference === null ? null : samples,
    notes: missing.notes,
    ...rest,
  });
  const blank = blankReason(reference, current);
  if (blank !== null) {
    return unjudged(blank);
  }
  if (samples.reference === null) {
    return unjudged(samples.reason);
  }
  const few = fewest(samples.reference, samples.current);
  if (few.count < settings.minRowsForScore) {
    return unjudged(`It has ${few.text}; a score needs ${settings.minRowsForScore.toLocaleString("en-US")}.`);
  }
  const chosen = pickMethod(limits.method, samples.type, samples.reference, samples.current, settings);
  const result = measure(chosen.method, samples.reference, samples.current, chosen.isFallback ? null : limits);
  const decided = { result, notes: [...missing.notes, ...chosen.notes] };
  if (few.count < settings.minRows) {
    return unjudged(`It has ${few.text}, too few to judge; ${settings.minRows.toLocaleString("en-US")} are needed.`, decided);
  }
  if (result.drifted === null) {
    return unjudged(result.reason ?? "Its score cannot be computed.", decided);
  }
  const status = missing.status ?? statusOf(result, settings);
  return { type: samples.type, status, reason: null, limits, samples, ...decided };
}

/** A method with one limit fails there in Evidently's manner; where people set a limit to warn and none to fail, it warns. */
function statusOf({ method, score, drifted, threshold, failThreshold }: MethodResult, { mode, limits }: DriftSettings): DriftStatus {
  if (drifted !== true || score === null) {
    return "ok";
  }
  if (failThreshold === null) {
    return mode === "own" && limits.warn !== null && threshold === limits.warn ? "warn" : "fail";
  }
  const reached = driftMethod(method).result === "p-value" ? score <= failThreshold : score >= failThreshold;
  return reached ? "fail" : "warn";
}

const NOTHING_MISSING = { status: null, notes: [] } as const;

function missingStatus(
  reference: ColumnFacts,
  current: ColumnFacts,
  { missingIncrease }: DriftSettings,
): { readonly status: "fail" | null; readonly notes: readonly string[] } {
  const [before, after] = [missingShare(reference), missingShare(current)];
  // Shares are fractions of whole rows: 0.3 − 0.1 must reach a limit of 0.2.
  const isTooMany =
    missingIncrease !== null && current.rows > 0 && reference.rows > 0 && after - before >= missingIncrease - 1e-12 && after > before;
  return isTooMany
    ? {
        status: "fail",
        notes: [
          `More values are missing than allowed: ${percentText(before)} before, ${percentText(after)} now, allowed increase ${percentText(missingIncrease)}.`,
        ],
      }
    : { status: null, notes: [] };
}

function blankReason(reference: ColumnFacts, current: ColumnFacts): string | null {
  const sides = [
    [reference, "The reference"],
    [current, "The current data"],
  ] as const;
  const noRows = sides.filter(([facts]) => facts.rows === 0);
  if (noRows.length > 0) {
    return noRows.length === 2
      ? "Neither side has a row."
      : noRows[0]?.[1] === "The reference"
        ? "The reference has no rows."
        : "The current data have no rows.";
  }
  const noValues = sides.filter(([{ rows, missing, infinite }]) => rows - missing - infinite === 0);
  if (noValues.length === 0) {
    return null;
  }
  const what = noValues.some(([{ infinite }]) => infinite > 0) ? "All values are missing or infinite" : "All values are missing";
  return `${what} ${noValues.length === 2 ? "on both sides" : noValues[0]?.[1] === "The reference" ? "in the reference" : "in the current data"}.`;
}

function fewest(reference: ColumnSample, current: ColumnSample): { readonly count: number; readonly text: string } {
  const [before, after] = [usableRows(reference), usableRows(current)];
  return before <= after
    ? { count: before, text: `${countText(before, "value")} in the reference` }
    : { count: after, text: `${countText(after, "value")} in the current data` };
}

function pickMethod(
  wanted: DriftMethodId | null,
  type: DriftType,
  reference: ColumnSample,
  current: ColumnSample,
  { mode }: DriftSettings,
): { readonly method: DriftMethodId; readonly isFallback: boolean; readonly notes: readonly string[] } {
  const usual: DriftMethodId = mode === "own" ? "psi_quantile" : chooseMethod(type === "num" ? "num" : "cat", reference, current).id;
  if (wanted === null) {
    return { method: usual, isFallback: false, notes: [] };
  }
  if (driftMethod(wanted).appliesTo.some((kind) => kind === type)) {
    return { method: wanted, isFallback: false, notes: [] };
  }
  const kind = type === "num" ? "numbers" : "categories";
  return {
    method: usual,
    isFallback: true,
    notes: [`${driftMethod(wanted).label} does not apply to ${kind}; ${driftMethod(usual).label} was taken instead.`],
  };
}
