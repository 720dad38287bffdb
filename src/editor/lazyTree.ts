import * as vscode from "vscode";

import type { TreeSource } from "./app";

/** A tree that loads the extension proper when VS Code first asks for its children. */
export class LazyTree<N> implements vscode.TreeDataProvider<N>, vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<N | undefined>();
  readonly onDidChangeTreeData = this.changed.event;
  private source: TreeSource<N> | undefined;
  private subscription: vscode.Disposable | undefined;

  constructor(private readonly load: () => Promise<TreeSource<N>>) {}

  async getChildren(node?: N): Promise<N[]> {
    if (this.source === undefined) {
      const source = await this.load();
      // Two first requests may have waited for the same load.
      this.source ??= source;
      this.subscription ??= source.onDidChange((changed) => this.changed.fire(changed));
    }
    return this.source.getChildren(node);
  }

  getTreeItem(node: N): vscode.TreeItem {
    return this.loaded().getTreeItem(node);
  }

  getParent(node: N): N | undefined {
    return this.loaded().getParent(node);
  }

  resolveTreeItem(item: vscode.TreeItem, node: N, token: vscode.CancellationToken): vscode.ProviderResult<vscode.TreeItem> {
    return this.loaded().resolve(item, node, token);
  }

  dispose(): void {
    this.subscription?.dispose();
    this.changed.dispose();
  }

  private loaded(): TreeSource<N> {
    if (this.source === undefined) {
      throw new Error("A node was asked for before the tree had any.");
    }
    return this.source;
  }
}
