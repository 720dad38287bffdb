import * as vscode from "vscode";

import { DisposableStore, type Disposable } from "../../core/base/disposable";
import { reviewKey } from "../../core/health/withReviews";
import { inFlocks } from "../platform/inFlocks";
import type { Waiting } from "../platform/waiting";
import type { ApprovalBoard } from "./approvalBoard";
import type { DeploymentBoard } from "./deploymentBoard";
import { toDeploymentItem } from "./deploymentItem";
import type { DeploymentNode } from "./deploymentNode";

/** Several files change at once at the end of a deployment. */
const PAUSE_MS = 150;
/** "5 min ago" grows old by itself. */
const REDRAW_MS = 60_000;
/** Deployments that are listed below a target; the log holds all. */
const MOST_ENTRIES = 100;

/** The view of deployments: which version is where, and what was there before. */
export class DeploymentsTree implements Disposable {
  private readonly disposables = new DisposableStore();
  private readonly changed = this.disposables.add(new vscode.EventEmitter<DeploymentNode | undefined>());
  readonly onDidChange = this.changed.event;
  private readonly flock = this.disposables.add(inFlocks(PAUSE_MS, () => this.redraw()));

  constructor(
    private readonly view: vscode.TreeView<DeploymentNode>,
    private readonly board: DeploymentBoard,
    private readonly approvals: ApprovalBoard,
    private readonly waiting: Waiting,
    private readonly now: () => number,
  ) {
    this.disposables.add(board.onDidChange(() => this.flock.soon()));
    this.disposables.add(approvals.onDidChange(() => this.flock.soon()));
    const redraw = setInterval(() => board.all.length > 0 && view.visible && this.changed.fire(undefined), REDRAW_MS);
    this.disposables.add({ dispose: () => clearInterval(redraw) });
  }

  async getChildren(node: DeploymentNode | undefined): Promise<DeploymentNode[]> {
    if (node === undefined) {
      const targets = await this.board.ready();
      return [
        ...this.approvals.all.map((waiting): DeploymentNode => ({ kind: "deploymentApproval", ...waiting })),
        ...[...this.board.problems, ...this.approvals.problems].map((text): DeploymentNode => ({ kind: "deploymentProblem", text })),
        ...targets.map(({ root, status }): DeploymentNode => ({ kind: "deploymentTarget", root, status })),
      ];
    }
    if (node.kind !== "deploymentTarget") {
      return [];
    }
    const { root, status } = node;
    const { entries, problems } = await this.board.history(root, status.config);
    const own = entries.filter(({ target, product }) => target === status.target && product === status.product).slice(0, MOST_ENTRIES);
    return [
      ...problems.map((text): DeploymentNode => ({ kind: "deploymentProblem", text })),
      ...own.map((entry): DeploymentNode => ({ kind: "deploymentEntry", root, config: status.config, entry })),
    ];
  }

  getTreeItem(node: DeploymentNode): vscode.TreeItem {
    return toDeploymentItem(node, this.now());
  }

  /** Nothing is revealed, so that nobody asks for parents. */
  getParent(): undefined {
    return undefined;
  }

  dispose(): void {
    this.disposables.dispose();
  }

  private redraw(): void {
    const { all, problems } = this.board;
    const running = all.filter(({ status }) => status.running !== null).length;
    this.view.description =
      running === 0 ? "" : running === 1 ? vscode.l10n.t("1 deployment runs") : vscode.l10n.t("{0} deployments run", running);
    const mine = this.approvals.all.flatMap(({ approval }) => (approval.cannot === null ? [approval] : []));
    this.waiting.show(
      "approvals",
      mine.map((approval) => ({
        key: reviewKey(approval),
        what: vscode.l10n.t("{0} waits for your review before it goes to {1}", approval.title, approval.environment.name),
      })),
    );
    void vscode.commands.executeCommand(
      "setContext",
      "mlops.hasTargets",
      all.length > 0 || problems.length > 0 || this.approvals.all.length > 0,
    );
    this.changed.fire(undefined);
  }
}
