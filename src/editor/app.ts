import type * as vscode from "vscode";

import type { BrowseNode } from "../core/browse/node";
import type { CommandId } from "./commands";
import type { ConfigEditing } from "./config/registerConfigEditing";
import type { LintCommandId } from "./lint/lintCommands";

/** What the activation bundle hands to the extension proper, which is loaded on first use. */
export interface Shell {
  readonly context: vscode.ExtensionContext;
  readonly models: vscode.TreeView<BrowseNode>;
  readonly experiments: vscode.TreeView<BrowseNode>;
  readonly log: vscode.LogOutputChannel;
  readonly status: vscode.StatusBarItem;
}

/** A tree's source: everything of a TreeDataProvider that needs data. */
export interface TreeSource {
  readonly onDidChange: vscode.Event<BrowseNode | undefined>;
  getChildren(node: BrowseNode | undefined): Promise<BrowseNode[]>;
  getTreeItem(node: BrowseNode): vscode.TreeItem;
  getParent(node: BrowseNode): BrowseNode | undefined;
  resolve(item: vscode.TreeItem, node: BrowseNode, token: vscode.CancellationToken): Promise<vscode.TreeItem>;
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
export interface Configurations {
  readonly lint: Lint;
  readonly editing: ConfigEditing;
}

export const VIEW_IDS = { models: "mlops.models", experiments: "mlops.experiments" } as const;
export const PANEL_TYPES = { runsTable: "mlops.runsTable", runPage: "mlops.runPage", compare: "mlops.compare" } as const;
export const SCHEMES = { artifact: "mlops-artifact", commit: "mlops-git", value: "mlops-value" } as const;
