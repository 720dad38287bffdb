import * as vscode from "vscode";

import { DisposableStore, type Disposable } from "../../core/base/disposable";
import { inBackground } from "../platform/inBackground";
import { inFlocks } from "../platform/inFlocks";
import { watchPlaces } from "../platform/watchPlaces";
import type { JobBoard } from "./jobBoard";

/** A start writes several files at once. */
const FLOCK_MS = 400;

/** Follows jobs that other windows, the command line and machines of others start, and products that come and go. */
export function followJobFolders(board: JobBoard, logError: (error: unknown) => void): Disposable {
  const disposables = new DisposableStore();
  const flock = disposables.add(inFlocks(FLOCK_MS, () => inBackground(board.refresh(), logError)));
  disposables.add(watchPlaces(["**/.mlops/jobs/*/job.json", "**/{mlops,*.mlops}.{yaml,yml}"], flock.soon));
  disposables.add(vscode.workspace.onDidChangeWorkspaceFolders(flock.soon));
  disposables.add(vscode.workspace.onDidGrantWorkspaceTrust(flock.soon));
  return disposables;
}
