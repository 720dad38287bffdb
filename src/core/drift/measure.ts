import { driftVerdict } from "./chooseMethod";
import type { DriftMethod, DriftMethodId, Score } from "./driftMethod";
import type { DriftLimits, MethodResult } from "./driftReport";
import { driftMethod } from "./methods";
import type { ColumnSample } from "./sample";
import { PSI_LIMITS } from "./driftSettings";

/** What decides whether a column has drifted: the limit that says so, and a stricter one where there is one. */
export interface Levels {
  readonly threshold: number;
  readonly failThreshold: number | null;
}

/** The limits of a method that decides: what people set, else its own. PSI over quantiles has two of its own. */
export function levelsOf({ id, threshold, result }: DriftMethod, { warn, fail }: Pick<DriftLimits, "warn" | "fail">): Levels {
  const isTwofold = id === "psi_quantile";
  const stricter = result === "p-value" ? Math.min : Math.max;
  const ownFail = isTwofold && fail === null ? (warn === null ? PSI_LIMITS.fail : Math.max(warn, PSI_LIMITS.fail)) : fail;
  if (warn !== null) {
    return { threshold: warn, failThreshold: ownFail === null ? null : stricter(warn, ownFail) };
  }
  if (ownFail === null) {
    return { threshold, failThreshold: null };
  }
  // Who sets only the limit to fail below the usual one for a warning wants no warning above it.
  const gentler = result === "p-value" ? Math.max : Math.min;
  return { threshold: isTwofold || fail === null ? gentler(threshold, ownFail) : ownFail, failThreshold: ownFail };
}

/** Measures one column in one way. @param limits null for the method's own. */
export function measure(
  id: DriftMethodId,
  reference: ColumnSample,
  current: ColumnSample,
  limits: Pick<DriftLimits, "warn" | "fail"> | null,
): MethodResult {
  const method = driftMethod(id);
  const levels = limits === null ? { threshold: method.threshold, failThreshold: null } : levelsOf(method, limits);
  const answer = scoreOf(method, reference, current);
  if (answer.score === null) {
    return { method: id, score: null, ...levels, drifted: null, reason: answer.reason, effect: null };
  }
  const drifted = driftVerdict(method, answer.score, levels.threshold);
  return { method: id, score: answer.score, ...levels, drifted, reason: null, effect: effectOf(method, reference, current) };
}

/** One method that gives up on extreme values must not take the whole report with it. */
function scoreOf(method: DriftMethod, reference: ColumnSample, current: ColumnSample): Score {
  try {
    return method.compute(reference, current);
  } catch {
    return { score: null, reason: "It cannot be computed for these values." };
  }
}

function effectOf({ effect }: DriftMethod, reference: ColumnSample, current: ColumnSample): MethodResult["effect"] {
  const answer = effect === undefined ? null : scoreOf(driftMethod(effect), reference, current);
  return effect === undefined || answer?.score == null ? null : { method: effect, score: answer.score };
}

/** The only value; null where there is none or more than one. */
export function constantOf(sample: ColumnSample): string | number | null {
  if (sample.kind === "categorical") {
    const [only] = sample.counts.keys();
    return sample.counts.size === 1 && only !== undefined ? only : null;
  }
  const { sorted } = sample;
  const [first, last] = [sorted[0], sorted.at(-1)];
  return first !== undefined && first === last ? first : null;
}
