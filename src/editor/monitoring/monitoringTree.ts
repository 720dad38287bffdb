import * as vscode from "vscode";

import { DisposableStore, type Disposable } from "../../core/base/disposable";
import type { MonitoringBoard } from "./monitoringBoard";
import { monitoringCard, toMonitoringItem } from "./monitoringItem";
import { NO_FILTER, partNodes, productNodes, troubled, type MonitoringFilter, type MonitoringNode } from "./monitoringNode";

/** The overview: all monitored products of the window, the worst first. */
export class MonitoringTree implements Disposable {
  private readonly disposables = new DisposableStore();
  private readonly changed = this.disposables.add(new vscode.EventEmitter<MonitoringNode | undefined>());
  readonly onDidChange = this.changed.event;
  private chosen: MonitoringFilter = NO_FILTER;

  constructor(
    private readonly view: vscode.TreeView<MonitoringNode>,
    private readonly board: MonitoringBoard,
    private readonly now: () => number,
  ) {
    this.disposables.add(board.onDidChange(() => this.redraw()));
  }

  get filter(): MonitoringFilter {
    return this.chosen;
  }

  set filter(filter: MonitoringFilter) {
    this.chosen = filter;
    this.redraw();
  }

  async getChildren(node: MonitoringNode | undefined): Promise<MonitoringNode[]> {
    if (node === undefined) {
      return [...productNodes(await this.board.ready(), this.chosen)];
    }
    return node.kind === "monitored" ? [...partNodes(node)] : [];
  }

  getTreeItem(node: MonitoringNode): vscode.TreeItem {
    return toMonitoringItem(node, this.now());
  }

  getParent(node: MonitoringNode): MonitoringNode | undefined {
    return node.kind === "monitored" ? undefined : node.parent;
  }

  resolve(item: vscode.TreeItem, node: MonitoringNode): vscode.TreeItem {
    if (node.kind === "monitored") {
      item.tooltip = monitoringCard(node.entry, this.now());
    }
    return item;
  }

  dispose(): void {
    this.disposables.dispose();
  }

  private redraw(): void {
    const { all } = this.board;
    const bad = troubled(all);
    const { text, states } = this.chosen;
    // The badge of the container counts what waits for whoever works here; this is about all models.
    const look = bad === 0 ? "" : bad === 1 ? vscode.l10n.t("1 model needs a look") : vscode.l10n.t("{0} models need a look", bad);
    this.view.description = [look, text, states?.join(", ") ?? ""].filter(Boolean).join(" · ");
    const isFiltered = text !== "" || states !== null;
    this.view.message =
      isFiltered && all.length > 0 && productNodes(all, this.chosen).length === 0 ? vscode.l10n.t("No model matches the filter.") : "";
    void vscode.commands.executeCommand("setContext", "mlops.monitoringFiltered", isFiltered);
    void vscode.commands.executeCommand("setContext", "mlops.hasMonitoring", all.length > 0);
    this.changed.fire(undefined);
  }
}
