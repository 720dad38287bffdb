import * as vscode from "vscode";

import { DisposableStore } from "../../core/base/disposable";
import type { Shell, SignOffView, TreeSource } from "../app";
import { inBackground } from "../platform/inBackground";
import { logError } from "../platform/logger";
import { runCommand } from "../platform/runCommand";
import { followSignOffs } from "./followSignOffs";
import { SignOffBoard } from "./signOffBoard";
import type { SignOffCommandHandlers, SignOffCommandId } from "./signOffCommands";
import { createSignOffHandlers } from "./signOffHandlers";
import { isSignOffNode, type SignOffNode } from "./signOffNode";
import { SignOffReminders } from "./signOffReminders";
import type { SignOffFolder, SignOffServices } from "./signOffServices";
import { SignOffTree } from "./signOffTree";

/** Sign-offs as VS Code uses them: the view, what waits for whom, commands and reminders. */
export class SignOffWorkbench implements SignOffView {
  readonly signOffs: TreeSource<SignOffNode>;
  private readonly disposables = new DisposableStore();
  private readonly handlers: SignOffCommandHandlers;

  constructor(
    private readonly shell: Shell,
    services: SignOffServices,
  ) {
    const report = (error: unknown): void => logError(shell.log, error);
    const folders = (): readonly SignOffFolder[] => openFolders(services);
    const board = this.disposables.add(new SignOffBoard(folders, services.now, report));
    const tree = this.disposables.add(new SignOffTree(board, shell.waiting));
    this.disposables.add(new SignOffReminders(board, shell.context.workspaceState, services.now));
    this.disposables.add(followSignOffs(board, folders, services.now, report));
    this.disposables.add(services);
    this.handlers = createSignOffHandlers({ board, folders, now: services.now });
    this.signOffs = {
      onDidChange: tree.onDidChange,
      getChildren: (node) => tree.getChildren(node),
      getTreeItem: (node) => tree.getTreeItem(node),
      getParent: () => tree.getParent(),
      resolve: (item) => item,
    };
    inBackground(board.refresh(), report);
  }

  async run(command: SignOffCommandId, args: readonly unknown[]): Promise<void> {
    const [target] = args;
    const safe = isSignOffNode(target) || target instanceof vscode.Uri || typeof target === "string" ? target : undefined;
    const handler = this.handlers[command] as (value: unknown) => Promise<void> | void;
    await runCommand(this.shell.log, () => handler(safe));
  }

  dispose(): void {
    this.disposables.dispose();
  }
}

/** Folders of the workspace that are on disk. */
function openFolders(services: SignOffServices): readonly SignOffFolder[] {
  const open = (vscode.workspace.workspaceFolders ?? []).filter(({ uri }) => uri.scheme === "file");
  return open.map(({ uri }) => services.folderOf(uri.fsPath));
}
