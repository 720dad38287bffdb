import * as vscode from "vscode";

import { isCancelled } from "../../core/base/cancel";
import { DisposableStore, type Disposable } from "../../core/base/disposable";
import type { JobBoard } from "./jobBoard";

/** A start writes several files at once. */
const FLOCK_MS = 400;

/** Follows jobs that other windows, the command line and machines of others start, and products that come and go. */
export function followJobFolders(board: JobBoard, logError: (error: unknown) => void): Disposable {
  const disposables = new DisposableStore();
  let timer: NodeJS.Timeout | undefined;
  const refreshSoon = (): void => {
    timer ??= setTimeout(() => {
      timer = undefined;
      void board.refresh().catch((error: unknown) => !isCancelled(error) && logError(error));
    }, FLOCK_MS);
  };
  for (const pattern of ["**/.mlops/jobs/*/job.json", "**/{mlops,*.mlops}.{yaml,yml}"]) {
    const watcher = disposables.add(vscode.workspace.createFileSystemWatcher(pattern));
    for (const event of [watcher.onDidCreate, watcher.onDidChange, watcher.onDidDelete]) {
      disposables.add(event(refreshSoon));
    }
  }
  disposables.add(vscode.workspace.onDidChangeWorkspaceFolders(refreshSoon));
  disposables.add(vscode.workspace.onDidGrantWorkspaceTrust(refreshSoon));
  disposables.add({ dispose: () => clearTimeout(timer) });
  return disposables;
}
