import type { DeploymentView, DeployResult } from "../../../protocol/deploy";
import type { Deployment } from "../deployment";
import type { TargetHealth } from "../deployTarget";
import { DEPLOY_STATE_LABELS, fact, HEALTH_LABELS, STEP_LABELS, TARGET_LABELS } from "./deployWords";

const HEALTH_RESULTS: Readonly<Record<TargetHealth["state"], DeployResult>> = {
  healthy: "pass",
  starting: "warn",
  unhealthy: "block",
  stopped: "block",
  unknown: "could_not_judge",
};

/** A deployment as its page draws it. */
export function toDeploymentView(deployment: Deployment): DeploymentView {
  const { id, state, message, steps, health, scoring, startedAt, endedAt } = deployment;
  return {
    ...{ id, state, message, startedAt, endedAt },
    label: DEPLOY_STATE_LABELS[state],
    steps: steps.map((step) => ({ ...step, label: STEP_LABELS[step.state] })),
    facts: [
      ...fact("Model", `${deployment.model}, version ${deployment.version}`),
      ...fact("Target", `${deployment.target} (${TARGET_LABELS[deployment.type]})`),
      ...fact("Before", deployment.previous === null ? "no version" : `version ${deployment.previous}`),
      ...fact("There now", deployment.serves === null ? null : `version ${deployment.serves}`),
      ...fact("By", deployment.who),
      ...fact("Id", id),
    ],
    health: health === null ? null : { result: HEALTH_RESULTS[health.state], message: `${HEALTH_LABELS[health.state]}: ${health.message}` },
    scoring: scoring === null ? null : { ok: scoring.ok, message: scoring.message, answer: scoring.answer },
    canRollBack: endedAt !== null && deployment.intent === "deploy" && deployment.previous !== null && state !== "rolled_back",
    isInterrupted: state === "interrupted",
  };
}
