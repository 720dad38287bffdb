import * as vscode from "vscode";

import type { BrowseNode } from "../core/browse/node";
import type { TreeSource } from "./app";

/** A tree that loads the extension proper when VS Code first asks for its children. */
export class LazyTree implements vscode.TreeDataProvider<BrowseNode>, vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<BrowseNode | undefined>();
  readonly onDidChangeTreeData = this.changed.event;
  private source: TreeSource | undefined;
  private subscription: vscode.Disposable | undefined;

  constructor(private readonly load: () => Promise<TreeSource>) {}

  async getChildren(node?: BrowseNode): Promise<BrowseNode[]> {
    if (this.source === undefined) {
      const source = await this.load();
      // Two first requests may have waited for the same load.
      this.source ??= source;
      this.subscription ??= source.onDidChange((changed) => this.changed.fire(changed));
    }
    return this.source.getChildren(node);
  }

  getTreeItem(node: BrowseNode): vscode.TreeItem {
    return this.loaded().getTreeItem(node);
  }

  getParent(node: BrowseNode): BrowseNode | undefined {
    return this.loaded().getParent(node);
  }

  resolveTreeItem(item: vscode.TreeItem, node: BrowseNode, token: vscode.CancellationToken): Promise<vscode.TreeItem> {
    return this.loaded().resolve(item, node, token);
  }

  dispose(): void {
    this.subscription?.dispose();
    this.changed.dispose();
  }

  private loaded(): TreeSource {
    if (this.source === undefined) {
      throw new Error("A node was asked for before the tree had any.");
    }
    return this.source;
  }
}
