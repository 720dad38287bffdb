import * as vscode from "vscode";

import { DisposableStore, type Disposable } from "../../core/base/disposable";
import { watchFiles } from "../platform/watchFiles";
import { watchPlaces } from "../platform/watchPlaces";
import type { MonitoringBoard } from "./monitoringBoard";

/** Files come and go in flocks, after a pull or a checkout. */
const FLOCK_MS = 500;
/** "checked 5 min ago" grows old by itself. */
const REDRAW_MS = 60_000;

export interface FollowParts {
  readonly board: MonitoringBoard;
  /** A reviewer's note came, changed or went, or a release is over. */
  readonly historyChanged: () => void;
  readonly logError: (error: unknown) => void;
}

/** Follows products' files, results of checks, notes and releases, which others write as well. */
export function followMonitoring({ board, historyChanged, logError }: FollowParts): Disposable {
  const disposables = new DisposableStore();
  let timer: NodeJS.Timeout | undefined;
  const refreshSoon = (): void => {
    clearTimeout(timer);
    timer = setTimeout(() => void board.refresh().catch(logError), FLOCK_MS);
  };
  disposables.add(watchPlaces(["**/{mlops,*.mlops}.{yaml,yml}"], refreshSoon));
  disposables.add(watchFiles(["**/.mlops/monitoring/*/*.json"], (uri) => void board.resultChanged(uri.fsPath).catch(logError)));
  disposables.add(watchFiles(["**/.mlops/reviews/*.{yaml,yml}", "**/.mlops/deployments.jsonl"], historyChanged));
  disposables.add(vscode.workspace.onDidChangeWorkspaceFolders(refreshSoon));
  disposables.add(vscode.workspace.onDidGrantWorkspaceTrust(refreshSoon));
  const redraw = setInterval(() => board.redraw(), REDRAW_MS);
  disposables.add({ dispose: () => clearInterval(redraw) });
  disposables.add({ dispose: () => clearTimeout(timer) });
  return disposables;
}
