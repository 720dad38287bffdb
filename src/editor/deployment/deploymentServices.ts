import type * as vscode from "vscode";

import type { CancelSignal } from "../../core/base/cancel";
import type { Disposable } from "../../core/base/disposable";
import type { DeployPlan } from "../../core/deployment/deployPlan";
import type { DeployPlanning, Deployments } from "../../core/deployment/deployment";
import type { KeptDeployment } from "../../core/deployment/openDeployments";
import type { TargetControl } from "../../core/deployment/targetControls";
import type { ApprovalDesk } from "../../core/deployment/waitingApproval";
import type { WorkspaceFiles } from "../../core/lint/workspace/lintPorts";
import type { DeployChoices } from "../../protocol/deploy";

/** The gate's answer on the files as they are here. */
export interface GateEvidencePage {
  readonly markdown: string;
  /** That the files are of; null where nobody can tell. */
  readonly commit: string | null;
}

/** What deployments of one folder of the workspace need. */
export interface DeploymentFolder extends Disposable {
  /** Absolute. */
  readonly root: string;
  readonly files: WorkspaceFiles;
  readonly planning: DeployPlanning;
  readonly deployments: Deployments;
  /** Targets and versions to choose from. */
  readonly choices: (config: string, signal: CancelSignal) => Promise<DeployChoices>;
  /** Null where there is none of that id. */
  readonly read: (config: string, id: string, signal: CancelSignal) => Promise<KeptDeployment | null>;
  /** A plan as Markdown. */
  readonly planText: (plan: DeployPlan) => string;
  /** Which controls a target has, by its key. */
  readonly controlsOf: (config: string, target: string, signal: CancelSignal) => Promise<readonly TargetControl["kind"][]>;
  /** Deployments of workflows that wait for a review. */
  readonly approvals: ApprovalDesk;
  /** What the gate says of each product with a target of this name. */
  readonly evidenceFor: (target: string, signal: CancelSignal) => Promise<readonly GateEvidencePage[]>;
  /** @returns one sentence: what came of it. */
  readonly control: (config: string, target: string, what: TargetControl, signal: CancelSignal) => Promise<string>;
}

/** What the composition root hands to deployments. */
export interface DeploymentServices extends Disposable {
  /** A folder of the workspace on disk; each is opened once. */
  readonly folderOf: (root: string) => DeploymentFolder;
  readonly now: () => number;
  readonly extensionUri: vscode.Uri;
}
