import * as vscode from "vscode";

import { isCancelled } from "../../core/base/cancel";
import { DisposableStore, type Disposable } from "../../core/base/disposable";
import type { ApprovalBoard } from "./approvalBoard";
import type { DeploymentBoard } from "./deploymentBoard";

/** A deployment writes several files at once. */
const FLOCK_MS = 400;
/** Targets are asked again while their view is in sight: others deploy too, and a server may die. */
const ASK_MS = 30_000;
/** GitHub counts requests. */
const ASK_GITHUB_MS = 120_000;

/** Follows deployments that other windows, the command line and other people make, and products that come and go. */
export function followDeployments(
  board: DeploymentBoard,
  approvals: ApprovalBoard,
  isVisible: () => boolean,
  logError: (error: unknown) => void,
): Disposable {
  const disposables = new DisposableStore();
  let timer: NodeJS.Timeout | undefined;
  const refresh = (): void => quietly(board.refresh());
  const refreshSoon = (): void => {
    timer ??= setTimeout(() => {
      timer = undefined;
      refresh();
    }, FLOCK_MS);
  };
  for (const pattern of ["**/.mlops/deployments.jsonl", "**/.mlops/deployments/*/deployment.json", "**/{mlops,*.mlops}.{yaml,yml}"]) {
    const watcher = disposables.add(vscode.workspace.createFileSystemWatcher(pattern));
    for (const event of [watcher.onDidCreate, watcher.onDidChange, watcher.onDidDelete]) {
      disposables.add(event(refreshSoon));
    }
  }
  const quietly = (work: Promise<void>): void => void work.catch((error: unknown) => !isCancelled(error) && logError(error));
  const askingGithub = setInterval(() => isVisible() && vscode.window.state.focused && quietly(approvals.refresh(false)), ASK_GITHUB_MS);
  disposables.add({ dispose: () => clearInterval(askingGithub) });
  quietly(approvals.refresh(false));
  const asking = setInterval(() => isVisible() && vscode.window.state.focused && refresh(), ASK_MS);
  disposables.add({ dispose: () => clearInterval(asking) });
  disposables.add(vscode.workspace.onDidChangeWorkspaceFolders(refreshSoon));
  disposables.add(vscode.workspace.onDidGrantWorkspaceTrust(refreshSoon));
  disposables.add({ dispose: () => clearTimeout(timer) });
  return disposables;
}
