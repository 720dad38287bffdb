import * as vscode from "vscode";

import { DisposableStore, type Disposable } from "../../core/base/disposable";
import { isInToolFolder } from "../../core/lint/workspace/toolFolders";
import { inBackground } from "./inBackground";
import { watchFiles } from "./watchFiles";

/** Ours and git's are the only hidden folders that hold something. Other names without a dot are mostly folders. */
const FOLDER_NAME = /(?:^|\/)(?:\.mlops|\.git|[^./]+)$/;
/** More things than these that come at once are a checkout: whether each is a folder is not asked any more. */
const MOST_LOOKS = 50;

/**
 * Tells when a file of the workspace comes, changes or goes, and when a folder comes or goes in which such files may be. VS Code tells of a folder that comes
 * with its files, or goes with them, and not of the files, so that what a checkout brings would be missed by patterns alone. A folder that goes is known by its
 * name only: one with a dot, such as `churn.v2`, is not told of then.
 * What comes later into folders below one that was moved in whole may not be told on Linux: VS Code's watcher does not look into them.
 * @param patterns globs of files. @param onFolder in place of `onChange`, for folders.
 */
export function watchPlaces(
  patterns: readonly string[],
  onChange: (uri: vscode.Uri) => void,
  onFolder: (uri: vscode.Uri) => void = onChange,
): Disposable {
  const disposables = new DisposableStore();
  let isDisposed = false;
  let looks = 0;
  disposables.add({ dispose: () => (isDisposed = true) });
  disposables.add(watchFiles(patterns, onChange));
  const folders = disposables.add(vscode.workspace.createFileSystemWatcher("**/*", false, true, false));
  const came = async (uri: vscode.Uri): Promise<void> => {
    if (isInToolFolder(vscode.workspace.asRelativePath(uri, false))) {
      return;
    }
    if (!FOLDER_NAME.test(uri.path) && looks < MOST_LOOKS) {
      looks += 1;
      const isFolder = await isFolderNow(uri);
      looks -= 1;
      if (!isFolder || isDisposed) {
        return;
      }
    }
    onFolder(uri);
  };
  disposables.add(folders.onDidCreate((uri) => inBackground(came(uri), () => onFolder(uri))));
  disposables.add(folders.onDidDelete((uri) => FOLDER_NAME.test(uri.path) && onFolder(uri)));
  return disposables;
}

async function isFolderNow(uri: vscode.Uri): Promise<boolean> {
  try {
    return ((await vscode.workspace.fs.stat(uri)).type & vscode.FileType.Directory) !== 0;
  } catch {
    return false; // Gone again, which is told apart.
  }
}
