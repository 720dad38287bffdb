import type { DeployPlan } from "./deployPlan";
import type { Deployment, DeploymentEntry } from "./deployment";

/** The line of the log for a deployment that is over. @param plan null where it is lost. @param at milliseconds since 1970. */
export function deploymentEntry(deployment: Deployment, plan: DeployPlan | null, at: number): DeploymentEntry {
  const { id, intent, product, target, type, model, version, previous, planHash, state, serves, who, message } = deployment;
  return {
    at: new Date(at).toISOString(),
    deployment: id,
    ...{ intent, product, target, type, model, version, previous },
    digest: plan?.digest ?? null,
    commit: plan?.commit ?? null,
    plan: planHash,
    gate: {
      decision: plan?.gate.decision ?? "unknown",
      hash: plan?.gate.hash ?? "",
      ...((plan?.gate.exception ?? null) === null ? {} : { exception: true }),
    },
    ...{ state, serves, who },
    reason: plan?.reason ?? null,
    message,
  };
}
