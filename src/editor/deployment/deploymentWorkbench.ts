import * as vscode from "vscode";

import { DisposableStore } from "../../core/base/disposable";
import type { Deployment as DeploymentEditor, Shell, TreeSource } from "../app";
import { inBackground } from "../platform/inBackground";
import { logError } from "../platform/logger";
import { runCommand } from "../platform/runCommand";
import { safeDeployArgument } from "./deployableProducts";
import { ApprovalBoard } from "./approvalBoard";
import { DeploymentBoard } from "./deploymentBoard";
import type { DeploymentCommandHandlers, DeploymentCommandId } from "./deploymentCommands";
import { createDeploymentHandlers } from "./deploymentHandlers";
import { deploymentLenses } from "./deploymentLens";
import { type DeploymentNode, isApprovalNode, isEntryNode, isTargetNode } from "./deploymentNode";
import { tellDeploymentEnd } from "./deploymentNotices";
import type { DeploymentFolder, DeploymentServices } from "./deploymentServices";
import { DeploymentsTree } from "./deploymentsTree";
import { DeployPanels } from "./deployPanels";
import { EMPTY_DEPLOY_FORM } from "./deploySubject";
import { followDeployments } from "./followDeployments";

/** Deployments as VS Code uses them: pages, the view of targets, and what people are told at the end. */
export class DeploymentWorkbench implements DeploymentEditor {
  readonly targets: TreeSource<DeploymentNode>;
  readonly onDidChangeLenses: vscode.Event<void>;
  private readonly disposables = new DisposableStore();
  private readonly handlers: DeploymentCommandHandlers;
  private readonly board: DeploymentBoard;
  private readonly panels: DeployPanels;

  constructor(
    private readonly shell: Shell,
    services: DeploymentServices,
  ) {
    const report = (error: unknown): void => logError(shell.log, error);
    const folders = (): readonly DeploymentFolder[] =>
      (vscode.workspace.workspaceFolders ?? []).filter(({ uri }) => uri.scheme === "file").map(({ uri }) => services.folderOf(uri.fsPath));
    const board = (this.board = this.disposables.add(new DeploymentBoard(folders, report)));
    const isTrusted = (): boolean => vscode.workspace.isTrusted;
    const approvals = this.disposables.add(new ApprovalBoard(folders, isTrusted, report));
    this.panels = this.disposables.add(
      new DeployPanels({
        folderOf: services.folderOf,
        extensionUri: services.extensionUri,
        isTrusted,
        logError: report,
        changed: () => inBackground(board.refresh(), report),
        ended: (root, deployment) => {
          const { config, id, target, previous } = deployment;
          if (!this.panels.isShown(root, id)) {
            const form = { ...EMPTY_DEPLOY_FORM, target, version: previous };
            void tellDeploymentEnd(
              deployment,
              () => this.panels.open({ kind: "deployment", root, config, id }),
              () => this.panels.open({ kind: "plan", root, config, intent: "rollback", form }),
            );
          }
        },
      }),
    );
    this.handlers = createDeploymentHandlers({ board, approvals, panels: this.panels, folders });
    const tree = this.disposables.add(new DeploymentsTree(shell.deployments, board, approvals, shell.waiting, services.now));
    this.targets = {
      onDidChange: tree.onDidChange,
      getChildren: (node) => tree.getChildren(node),
      getTreeItem: (node) => tree.getTreeItem(node),
      getParent: () => tree.getParent(),
      resolve: (item) => item,
    };
    this.disposables.add(
      approvals.onDidChange(() => shell.reviews.show({ waiting: approvals.all, isPartial: approvals.problems.length > 0 })),
    );
    const lenses = this.disposables.add(new vscode.EventEmitter<void>());
    this.onDidChangeLenses = lenses.event;
    this.disposables.add(board.onDidChange(() => lenses.fire()));
    this.disposables.add(followDeployments(board, approvals, shell.deployments, report));
    this.disposables.add(services);
  }

  async run(command: DeploymentCommandId, args: readonly unknown[]): Promise<void> {
    const [value] = args;
    const isOfLine = /^mlops\.(?:deployment|approval)\./.test(command);
    const isLine = isTargetNode(value) || isEntryNode(value) || isApprovalNode(value);
    const safe = isOfLine ? (isLine ? value : undefined) : safeDeployArgument(value);
    const handler = this.handlers[command] as (value: unknown) => Promise<void> | void;
    await runCommand(this.shell.log, () => handler(safe));
  }

  lenses(document: vscode.TextDocument): vscode.CodeLens[] {
    // Who only reads a file asks no server: what is where is shown once the view, or a deployment, has asked.
    return deploymentLenses(document, this.board);
  }

  restore(_viewType: string, panel: vscode.WebviewPanel, state: unknown): Promise<void> {
    this.panels.restore(panel, state);
    return Promise.resolve();
  }

  dispose(): void {
    this.disposables.dispose();
  }
}
