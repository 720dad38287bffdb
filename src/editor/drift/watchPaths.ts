import * as vscode from "vscode";

import { DisposableStore, type Disposable } from "../../core/base/disposable";

/** Tells when one of some files changes, comes or goes; also files outside of the workspace. */
export function watchPaths(paths: readonly string[], onChange: (path: string) => void): Disposable {
  const disposables = new DisposableStore();
  for (const path of new Set(paths)) {
    const uri = vscode.Uri.file(path);
    const name = uri.path.split("/").at(-1) ?? "";
    // A name with brackets would be a pattern.
    const pattern = new vscode.RelativePattern(vscode.Uri.joinPath(uri, ".."), name.replace(/[[\]{}*?!]/g, "?"));
    const watcher = disposables.add(vscode.workspace.createFileSystemWatcher(pattern));
    const tell = (changed: vscode.Uri): void => {
      if (changed.fsPath === uri.fsPath) {
        onChange(path);
      }
    };
    disposables.add(watcher.onDidChange(tell));
    disposables.add(watcher.onDidCreate(tell));
    disposables.add(watcher.onDidDelete(tell));
  }
  return disposables;
}
