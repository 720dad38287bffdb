import type * as vscode from "vscode";

import type { CancelSignal } from "../core/base/cancel";
import type { BrowseNode } from "../core/browse/node";
import type { ModelVersion } from "../core/tracking/registeredModel";
import type { CommandId } from "./commands";
import type { ComputeCommandId } from "./compute/computeCommands";
import type { ComputeNode } from "./compute/computeNode";
import type { ConfigEditing } from "./config/registerConfigEditing";
import type { DeploymentCommandId } from "./deployment/deploymentCommands";
import type { DeploymentNode } from "./deployment/deploymentNode";
import type { DriftCommandId } from "./drift/driftCommands";
import type { SignOffCommandId } from "./governance/signOffCommands";
import type { SignOffNode } from "./governance/signOffNode";
import type { LintCommandId } from "./lint/lintCommands";
import type { MonitoredModels } from "./monitoring/monitoredModels";
import type { MonitoringNode } from "./monitoring/monitoringNode";
import type { StatusLine } from "./platform/statusLine";
import type { Reviews } from "./platform/reviews";
import type { Waiting } from "./platform/waiting";
import type { JobNode } from "./training/jobNode";
import type { TrainingCommandId } from "./training/trainingCommands";

/** What the activation bundle hands to the extension proper, which is loaded on first use. */
export interface Shell {
  readonly context: vscode.ExtensionContext;
  readonly models: vscode.TreeView<BrowseNode>;
  readonly experiments: vscode.TreeView<BrowseNode>;
  readonly monitoring: vscode.TreeView<MonitoringNode>;
  readonly jobs: vscode.TreeView<JobNode>;
  readonly deployments: vscode.TreeView<DeploymentNode>;
  readonly compute: vscode.TreeView<ComputeNode>;
  readonly log: vscode.LogOutputChannel;
  readonly status: StatusLine;
  /** What waits for whoever works here. */
  readonly waiting: Waiting;
  /** Deployments that wait for a review on GitHub, once they were asked for. */
  readonly reviews: Reviews;
  readonly monitored: MonitoredModels;
}

/** A tree's source: everything of a TreeDataProvider that needs data. */
export interface TreeSource<N = BrowseNode> {
  readonly onDidChange: vscode.Event<N | undefined>;
  getChildren(node: N | undefined): Promise<N[]>;
  getTreeItem(node: N): vscode.TreeItem;
  getParent(node: N): N | undefined;
  resolve(item: vscode.TreeItem, node: N, token: vscode.CancellationToken): Promise<vscode.TreeItem> | vscode.TreeItem;
}

/** The part of a read-only file system that needs data. Artifacts do not change once they are logged, so nothing is watched. */
export type FileReader = Pick<vscode.FileSystemProvider, "stat" | "readDirectory" | "readFile">;

/** The extension proper. */
export interface App extends vscode.Disposable {
  readonly models: TreeSource;
  readonly experiments: TreeSource;
  readonly artifacts: FileReader;
  run(command: CommandId, args: readonly unknown[]): Promise<void>;
  /** Text of a file at a commit, for the diff editor. */
  commitFile(uri: vscode.Uri, token: vscode.CancellationToken): Promise<string>;
  /** A whole value of a run, which its page shows cut. */
  valueText(uri: vscode.Uri, token: vscode.CancellationToken): Promise<string>;
  /** Brings a panel back after a reload, from the ids that it had stored. */
  restore(viewType: string, panel: vscode.WebviewPanel, state: unknown): Promise<void>;
  /** Follows a link made by "Copy Link". */
  openLink(uri: vscode.Uri): Promise<void>;
  /** Versions of a model in all stores that hold it; a store that cannot be read has none. */
  modelVersions(model: string, signal: CancelSignal): Promise<readonly ModelVersion[]>;
}

/** Drift and monitoring, loaded apart from the trees. */
export interface Drift extends vscode.Disposable {
  readonly monitoring: TreeSource<MonitoringNode>;
  /** What the lines above a file say may have changed. */
  readonly onDidChangeLenses: vscode.Event<void>;
  run(command: DriftCommandId, args: readonly unknown[]): Promise<void>;
  lenses(document: vscode.TextDocument): Promise<vscode.CodeLens[]>;
  restore(viewType: string, panel: vscode.WebviewPanel, state: unknown): Promise<void>;
}

/** Trainings, loaded apart from everything else. */
export interface Training extends vscode.Disposable {
  readonly jobs: TreeSource<JobNode>;
  readonly logs: vscode.TextDocumentContentProvider;
  /** What the lines above a file say may have changed. */
  readonly onDidChangeLenses: vscode.Event<void>;
  run(command: TrainingCommandId, args: readonly unknown[]): Promise<void>;
  lenses(document: vscode.TextDocument): vscode.CodeLens[];
  restore(viewType: string, panel: vscode.WebviewPanel, state: unknown): Promise<void>;
}

/** Deployments, loaded apart from everything else. */
export interface Deployment extends vscode.Disposable {
  readonly targets: TreeSource<DeploymentNode>;
  /** What the lines above a file say may have changed. */
  readonly onDidChangeLenses: vscode.Event<void>;
  run(command: DeploymentCommandId, args: readonly unknown[]): Promise<void>;
  lenses(document: vscode.TextDocument): vscode.CodeLens[];
  restore(viewType: string, panel: vscode.WebviewPanel, state: unknown): Promise<void>;
}

/** Sign-offs, loaded apart from everything else. */
export interface SignOffView extends vscode.Disposable {
  readonly signOffs: TreeSource<SignOffNode>;
  run(command: SignOffCommandId, args: readonly unknown[]): Promise<void>;
}

/** Graphics processors at work and idle, loaded apart from everything else. */
export interface Compute extends vscode.Disposable {
  readonly processors: TreeSource<ComputeNode>;
  run(command: ComputeCommandId): Promise<void>;
}

/** The compliance pages, loaded apart from everything else. */
export interface Compliance extends vscode.Disposable {
  /** @param argument a product's file, a registered model or version; asks where it names none. */
  open(argument: unknown): Promise<void>;
  restore(viewType: string, panel: vscode.WebviewPanel, state: unknown): Promise<void>;
}

/** The page of all products, loaded apart from everything else. */
export interface Overview extends vscode.Disposable {
  open(): Promise<void>;
  /** Counts what waits for whoever works here, where nobody has looked yet. */
  count(): Promise<void>;
  restore(viewType: string, panel: vscode.WebviewPanel, state: unknown): Promise<void>;
}

/** Lint of configurations, which is loaded apart from the trees: who only edits a file opens no store. */
export interface Lint extends vscode.Disposable {
  run(command: LintCommandId, args: readonly unknown[]): Promise<void>;
  codeActions(
    document: vscode.TextDocument,
    range: vscode.Range,
    context: vscode.CodeActionContext,
    token: vscode.CancellationToken,
  ): Promise<vscode.CodeAction[]>;
  /** Writes the edit of an action that somebody looks at or chooses. */
  resolveCodeAction(action: vscode.CodeAction): vscode.CodeAction;
}

/** Everything around configurations. */
export interface Configurations extends vscode.Disposable {
  readonly lint: Lint;
  readonly editing: ConfigEditing;
}

export const VIEW_IDS = {
  models: "mlops.models",
  monitoring: "mlops.monitoring",
  experiments: "mlops.experiments",
  jobs: "mlops.training",
  deployments: "mlops.deployments",
  signOffs: "mlops.signOffs",
  compute: "mlops.compute",
} as const;
export const PANEL_TYPES = {
  runsTable: "mlops.runsTable",
  runPage: "mlops.runPage",
  compare: "mlops.compare",
  drift: "mlops.drift",
  retrain: "mlops.retrain",
  deploy: "mlops.deploy",
  compliance: "mlops.compliance",
  overview: "mlops.overview",
} as const;
export const SCHEMES = { artifact: "mlops-artifact", commit: "mlops-git", value: "mlops-value", log: "mlops-log" } as const;
