import type { RetrainPlan } from "../../core/training/retrainPlan";
import type { TrainingJob } from "../../core/training/trainingJob";
import { EXIT } from "../exitCode";

/** Of a plan that is blocked: wrong use of file or parameters, what could not be judged, or a no with a reason. */
export function blockedExit({ checks, dataCheck }: RetrainPlan): number {
  const blocking = new Set(checks.filter(({ result }) => result === "block").map(({ id }) => id));
  if (blocking.has("config") || blocking.has("params") || blocking.has("trust")) {
    return EXIT.unusable;
  }
  return blocking.size === 1 && blocking.has("data") && dataCheck?.result === "unknown" ? EXIT.couldNotJudge : EXIT.findings;
}

/** Of a training that was followed to its end. A figure that has a target and no value is not judged, which is no success. */
export function endedExit({ status, outcome }: TrainingJob): number {
  if (status.state === "failed" || status.state === "cancelled") {
    return EXIT.findings;
  }
  if (status.state !== "succeeded" || outcome === null) {
    return EXIT.couldNotJudge;
  }
  const kpis = outcome.kpis.filter(({ target }) => target !== null);
  return kpis.some(({ status: judged }) => judged === "fail")
    ? EXIT.findings
    : kpis.some(({ status: judged }) => judged === "unknown")
      ? EXIT.couldNotJudge
      : EXIT.fine;
}
