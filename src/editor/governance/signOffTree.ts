import * as vscode from "vscode";

import { DisposableStore, type Disposable } from "../../core/base/disposable";
import { decisionKey } from "../../core/health/countedOnce";
import type { Waiting } from "../platform/waiting";
import type { SignOffBoard } from "./signOffBoard";
import { toSignOffItem } from "./signOffItem";
import { groupNodes, rootNodes, type SignOffNode } from "./signOffNode";

/** The view of sign-offs: open, stale, ending soon, given and past ones. */
export class SignOffTree implements Disposable {
  private readonly disposables = new DisposableStore();
  private readonly changed = this.disposables.add(new vscode.EventEmitter<SignOffNode | undefined>());
  readonly onDidChange = this.changed.event;

  constructor(
    private readonly board: SignOffBoard,
    private readonly waiting: Waiting,
  ) {
    this.disposables.add(board.onDidChange(() => this.redraw()));
  }

  async getChildren(node: SignOffNode | undefined): Promise<SignOffNode[]> {
    const products = await this.board.ready();
    if (node === undefined) {
      return rootNodes(products, this.board.problems);
    }
    return node.kind === "signOffGroup" ? groupNodes(products, node.group) : [];
  }

  getTreeItem(node: SignOffNode): vscode.TreeItem {
    return toSignOffItem(node);
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
    this.waiting.show(
      "signOffs",
      all.flatMap(({ root, register: { product, config }, mine }) =>
        [...mine].map(({ subject }) => ({
          key: decisionKey(root, config, subject),
          what: vscode.l10n.t("{0}: sign-off of {1}", product, subject),
        })),
      ),
    );
    void vscode.commands.executeCommand("setContext", "mlops.hasSignOffs", rootNodes(all, problems).length > 0);
    this.changed.fire(undefined);
  }
}
