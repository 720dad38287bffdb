import * as vscode from "vscode";

import { NEVER_CANCELLED } from "../../core/base/cancel";
import { DisposableStore, type Disposable } from "../../core/base/disposable";
import { inFlocks } from "../platform/inFlocks";
import type { JobBoard } from "./jobBoard";
import { jobCard, toJobItem } from "./jobItem";
import { isRunning, jobNodes, rootNodes, type JobNode } from "./jobNode";

/** Many jobs change in the same second. */
const PAUSE_MS = 150;
/** "5 min ago" and "running for 2 min" grow old by themselves. */
const REDRAW_MS = 30_000;

/** The view of trainings: those that run, then those that are over. */
export class JobsTree implements Disposable {
  private readonly disposables = new DisposableStore();
  private readonly changed = this.disposables.add(new vscode.EventEmitter<JobNode | undefined>());
  readonly onDidChange = this.changed.event;
  private readonly flock = this.disposables.add(inFlocks(PAUSE_MS, () => this.redraw()));

  constructor(
    private readonly view: vscode.TreeView<JobNode>,
    private readonly board: JobBoard,
    private readonly now: () => number,
  ) {
    this.disposables.add(board.onDidChange(() => this.flock.soon()));
    const redraw = setInterval(() => board.all.length > 0 && view.visible && this.changed.fire(undefined), REDRAW_MS);
    this.disposables.add({ dispose: () => clearInterval(redraw) });
  }

  async getChildren(node: JobNode | undefined): Promise<JobNode[]> {
    const entries = await this.board.ready();
    if (node === undefined) {
      return rootNodes(entries, this.board.problems);
    }
    return node.kind === "jobGroup" ? jobNodes(entries, node.group, this.board.total - entries.length) : [];
  }

  getTreeItem(node: JobNode): vscode.TreeItem {
    return toJobItem(node, this.now());
  }

  /** Nothing is revealed, so that nobody asks for parents of jobs. */
  getParent(): undefined {
    return undefined;
  }

  async resolve(item: vscode.TreeItem, node: JobNode): Promise<vscode.TreeItem> {
    if (node.kind === "job") {
      const plan = await this.board
        .folder(node.root)
        ?.jobs.plan(node.entry.job, NEVER_CANCELLED)
        .catch(() => null);
      item.tooltip = jobCard(node, plan ?? null, this.now());
    }
    return item;
  }

  dispose(): void {
    this.disposables.dispose();
  }

  private redraw(): void {
    const running = this.board.all.filter(({ job }) => isRunning(job)).length;
    // The badge of the container counts what waits for a person, and a training waits for nobody.
    this.view.description =
      running === 0 ? "" : running === 1 ? vscode.l10n.t("1 training runs") : vscode.l10n.t("{0} trainings run", running);
    const { all, problems } = this.board;
    void vscode.commands.executeCommand("setContext", "mlops.hasJobs", all.length > 0 || problems.length > 0);
    this.changed.fire(undefined);
  }
}
