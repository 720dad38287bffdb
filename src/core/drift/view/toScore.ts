import type { DriftScore } from "../../../protocol/drift";
import type { DriftMethod, DriftMethodId } from "../driftMethod";
import type { MethodResult } from "../driftReport";

/** What people call a method, and what its result is. */
export type MethodNames = ReadonlyMap<DriftMethodId, Pick<DriftMethod, "label" | "result">>;

export function toScore(result: MethodResult, methods: MethodNames): DriftScore {
  const { method, effect } = result;
  return {
    method,
    label: methods.get(method)?.label ?? method,
    kind: methods.get(method)?.result ?? "distance",
    score: result.score,
    threshold: result.threshold,
    failThreshold: result.failThreshold,
    drifted: result.drifted,
    reason: result.reason,
    effect: effect === null ? null : { label: methods.get(effect.method)?.label ?? effect.method, score: effect.score },
  };
}
