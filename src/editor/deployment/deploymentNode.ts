import type { DeploymentEntry, TargetStatus } from "../../core/deployment/deployment";
import type { KnownReview } from "../../core/health/withReviews";

/** A line of the view of deployments. */
export type DeploymentNode =
  ApprovalNode | TargetNode | DeploymentEntryNode | { readonly kind: "deploymentProblem"; readonly text: string };

/** A deployment of a workflow that waits for a review. */
export interface ApprovalNode extends KnownReview {
  readonly kind: "deploymentApproval";
}

/** A place that a model is released to, with what is there. */
export interface TargetNode {
  readonly kind: "deploymentTarget";
  /** Absolute folder of the workspace. */
  readonly root: string;
  readonly status: TargetStatus;
}

/** A deployment that is over. */
export interface DeploymentEntryNode {
  readonly kind: "deploymentEntry";
  readonly root: string;
  readonly config: string;
  readonly entry: DeploymentEntry;
}

/** What conditions of menus ask a line of the view for. */
export const DEPLOYMENT_CONTEXT = {
  target: "mlops.target",
  /** Behind it: something is served, so that it can be stopped and asked. */
  served: ".served",
  /** Behind it: there was a version before. */
  withPrevious: ".withPrevious",
  entry: "mlops.deploymentEntry",
  problem: "mlops.deploymentProblem",
  approval: "mlops.approval",
  /** Behind it: whoever is signed in may review it. */
  mine: ".mine",
} as const;

export function isTargetNode(value: unknown): value is TargetNode {
  return isNode(value, "deploymentTarget") && "status" in value;
}

export function isApprovalNode(value: unknown): value is ApprovalNode {
  return isNode(value, "deploymentApproval") && "approval" in value;
}

export function isEntryNode(value: unknown): value is DeploymentEntryNode {
  return isNode(value, "deploymentEntry") && "entry" in value;
}

function isNode(value: unknown, kind: DeploymentNode["kind"]): value is object {
  return typeof value === "object" && value !== null && "kind" in value && value.kind === kind && "root" in value;
}
