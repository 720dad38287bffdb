import * as vscode from "vscode";

import { DisposableStore, type Disposable } from "../../core/base/disposable";
import { inBackground } from "../platform/inBackground";
import { inFlocks } from "../platform/inFlocks";
import { watchPlaces } from "../platform/watchPlaces";
import type { ApprovalBoard } from "./approvalBoard";
import type { DeploymentBoard } from "./deploymentBoard";

/** A deployment writes several files at once. */
const FLOCK_MS = 400;
/** Targets are asked again while their view is in sight: others deploy too, and a server may die. */
const ASK_MS = 30_000;
/** GitHub counts requests. */
const ASK_GITHUB_MS = 120_000;

/**
 * Follows deployments that other windows, the command line and other people make, and products that come and go. Servers are asked for
 * whoever looks: what changes while the view is out of sight is asked for at the next look.
 */
export function followDeployments(
  board: DeploymentBoard,
  approvals: ApprovalBoard,
  view: Pick<vscode.TreeView<unknown>, "visible" | "onDidChangeVisibility">,
  logError: (error: unknown) => void,
): Disposable {
  const disposables = new DisposableStore();
  const look = (): void => {
    if (view.visible) {
      inBackground(board.ready(), logError);
      inBackground(approvals.ready(), logError);
    }
  };
  const flock = disposables.add(
    inFlocks(FLOCK_MS, () => {
      if (view.visible) {
        inBackground(board.refresh(), logError);
        inBackground(approvals.ready(), logError);
      } else {
        board.forget();
      }
    }),
  );
  const patterns = ["**/.mlops/deployments.jsonl", "**/.mlops/deployments/*/deployment.json", "**/{mlops,*.mlops}.{yaml,yml}"];
  disposables.add(watchPlaces(patterns, flock.soon));
  const otherFolders = (): void => {
    approvals.forget();
    flock.soon();
  };
  disposables.add(vscode.workspace.onDidChangeWorkspaceFolders(otherFolders));
  disposables.add(vscode.workspace.onDidGrantWorkspaceTrust(otherFolders));
  const every = (ms: number, ask: () => Promise<void>): void => {
    const timer = setInterval(() => view.visible && vscode.window.state.focused && inBackground(ask(), logError), ms);
    disposables.add({ dispose: () => clearInterval(timer) });
  };
  every(ASK_MS, () => board.refresh());
  every(ASK_GITHUB_MS, () => approvals.refresh(false));
  disposables.add(view.onDidChangeVisibility(look));
  look();
  return disposables;
}
