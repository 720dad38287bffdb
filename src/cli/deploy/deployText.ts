import type { Deployment, DeploymentStep } from "../../core/deployment/deployment";
import { DEPLOY_STATE_LABELS, STEP_LABELS } from "../../core/deployment/view/deployWords";
import { printable } from "../printable";
import { durationText } from "../timeText";

/** All that came of a deployment, a line each. */
export function deploymentText(deployment: Deployment): string {
  const { id, state, startedAt, endedAt, steps, message, health, scoring, serves, target, model } = deployment;
  const took = durationText(startedAt, endedAt);
  const lines: readonly (readonly [string, string])[] = [
    ["Deployment", id],
    ["State", `${DEPLOY_STATE_LABELS[state]}${took === "" ? "" : ` after ${took}`}`],
    ...(message === null ? [] : [["Result", message] as const]),
    ["There now", serves === null ? `at ${target}: no version, or not known` : `at ${target}: version ${serves} of ${model}`],
    ...(health === null ? [] : [["Health", health.message] as const]),
    ...(scoring === null ? [] : [["Scoring", scoring.message] as const]),
    ...steps.map((step) => ["Step", stepText(step)] as const),
  ];
  const width = Math.max(...lines.map(([name]) => name.length));
  return `${lines.map(([name, text]) => `${name.padEnd(width)}  ${printable(text)}`).join("\n")}\n`;
}

function stepText({ text, state, message }: DeploymentStep): string {
  return `${STEP_LABELS[state]}: ${text}${message === null ? "" : ` ${message}`}`;
}
