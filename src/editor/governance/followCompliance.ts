import * as vscode from "vscode";

import { DisposableStore, type Disposable } from "../../core/base/disposable";
import { isInToolFolder } from "../../core/lint/workspace/toolFolders";
import { plainPath } from "../monitoring/watchedProduct";
import { watchFiles } from "../platform/watchFiles";
import type { CompliancePanels } from "./compliancePanels";
import type { ComplianceFolder } from "./complianceServices";

/** Files come and go in flocks, and somebody types; a page that changes at each letter is hard to read. */
const FLOCK_MS = 400;

/** Git writes here whenever a commit, a checkout or a pull moves what is checked out. */
const GIT_MOVED = /(?:^|\/)\.git\/(?:[^]*\/)?logs\/HEAD$/;

/** Keeps the pages in sight as new as the files. @param folders those that are open. */
export function followCompliance(panels: CompliancePanels, folders: () => readonly ComplianceFolder[]): Disposable {
  const disposables = new DisposableStore();
  const timers = new Map<string, NodeJS.Timeout>();
  const refreshSoon = (root: string): void => {
    clearTimeout(timers.get(root));
    timers.set(
      root,
      setTimeout(() => panels.refresh(root), FLOCK_MS),
    );
  };
  const changed = (uri: vscode.Uri): void => {
    const path = plainPath(uri.fsPath);
    for (const folder of folders()) {
      const root = `${plainPath(folder.root).replace(/\/$/, "")}/`;
      const inFolder = path.startsWith(root) ? path.slice(root.length) : null;
      if (inFolder !== null && GIT_MOVED.test(inFolder)) {
        folder.forgetFacts();
        refreshSoon(folder.root);
      } else if (inFolder !== null && !isInToolFolder(inFolder)) {
        folder.forget(inFolder);
        refreshSoon(folder.root);
      }
    }
  };
  disposables.add(watchFiles(["**/*"], changed));
  disposables.add(vscode.workspace.onDidSaveTextDocument(({ uri }) => changed(uri)));
  disposables.add(
    vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
      if (contentChanges.length > 0 && document.uri.scheme === "file") {
        changed(document.uri);
      }
    }),
  );
  const all = (): void => {
    folders().forEach((folder) => {
      folder.forgetFacts();
      refreshSoon(folder.root);
    });
  };
  disposables.add(vscode.workspace.onDidGrantWorkspaceTrust(all));
  // What git knows may have changed outside of this window, and the day may be another one.
  disposables.add(vscode.window.onDidChangeWindowState(({ focused }) => focused && all()));
  disposables.add({ dispose: () => timers.forEach((timer) => clearTimeout(timer)) });
  return disposables;
}
