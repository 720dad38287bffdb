import * as vscode from "vscode";

import { DisposableStore, type Disposable } from "../../core/base/disposable";

/** Tells when a file of the workspace comes, changes or goes. @param patterns globs. */
export function watchFiles(patterns: readonly string[], onChange: (uri: vscode.Uri) => void): Disposable {
  const disposables = new DisposableStore();
  for (const pattern of patterns) {
    const watcher = disposables.add(vscode.workspace.createFileSystemWatcher(pattern));
    for (const event of [watcher.onDidCreate, watcher.onDidChange, watcher.onDidDelete]) {
      disposables.add(event(onChange));
    }
  }
  return disposables;
}
