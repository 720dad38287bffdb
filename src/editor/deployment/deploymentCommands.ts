import type * as vscode from "vscode";

import type { BrowseNode } from "../../core/browse/node";
import type { ApprovalNode, DeploymentEntryNode, TargetNode } from "./deploymentNode";

/** What a deployment is asked for with: a registered model or version, a target, or a product's file. */
export type DeployArgument = BrowseNode | TargetNode | vscode.Uri | string;

/** Commands of deployments with their arguments, apart from the others, so that neither loads the other. */
export interface DeploymentCommandArguments {
  "mlops.deploy": [target?: DeployArgument];
  "mlops.rollBack": [target?: DeployArgument];
  "mlops.deployment.open": [entry?: DeploymentEntryNode];
  "mlops.deployment.openPlan": [entry?: DeploymentEntryNode];
  "mlops.deployment.compare": [target?: TargetNode];
  "mlops.deployment.score": [target?: TargetNode];
  "mlops.deployment.stop": [target?: TargetNode];
  "mlops.deployment.restart": [target?: TargetNode];
  "mlops.deployment.scale": [target?: TargetNode];
  "mlops.deployment.refresh": [];
  "mlops.approval.approve": [approval?: ApprovalNode];
  "mlops.approval.reject": [approval?: ApprovalNode];
  "mlops.approval.showEvidence": [approval?: ApprovalNode];
  "mlops.approval.openWeb": [approval?: ApprovalNode];
}

export type DeploymentCommandId = keyof DeploymentCommandArguments;

/** One handler a command; the mapped type makes a forgotten one a compile error. */
export type DeploymentCommandHandlers = {
  readonly [K in DeploymentCommandId]: (...args: DeploymentCommandArguments[K]) => Promise<void> | void;
};

// The record's type forces the list to be complete; it is what activation registers before any handler is loaded.
const IDS: Readonly<Record<DeploymentCommandId, true>> = {
  "mlops.deploy": true,
  "mlops.rollBack": true,
  "mlops.deployment.open": true,
  "mlops.deployment.openPlan": true,
  "mlops.deployment.compare": true,
  "mlops.deployment.score": true,
  "mlops.deployment.stop": true,
  "mlops.deployment.restart": true,
  "mlops.deployment.scale": true,
  "mlops.deployment.refresh": true,
  "mlops.approval.approve": true,
  "mlops.approval.reject": true,
  "mlops.approval.showEvidence": true,
  "mlops.approval.openWeb": true,
};

export const DEPLOYMENT_COMMAND_IDS = Object.keys(IDS) as readonly DeploymentCommandId[];
