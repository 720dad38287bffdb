import * as vscode from "vscode";

import { DisposableStore } from "../../core/base/disposable";
import type { Overview, Shell } from "../app";
import { inBackground } from "../platform/inBackground";
import { logError } from "../platform/logger";
import { runCommand } from "../platform/runCommand";
import { followOverview } from "./followOverview";
import { OverviewActions } from "./overviewActions";
import { OverviewBoard } from "./overviewBoard";
import { OverviewPanels } from "./overviewPanels";
import type { CostedFolder, OverviewServices } from "./overviewServices";
import { waitingOf } from "./waitingOf";

/** What was gathered is shown at once, and gathered anew when it is older than this, in milliseconds. */
const OLD_MS = 30_000;

/** The overview as VS Code uses it: the page, and its share of what waits for whoever works here. */
export class OverviewWorkbench implements Overview {
  private readonly disposables = new DisposableStore();
  private readonly board: OverviewBoard;
  private readonly panels: OverviewPanels;

  constructor(
    private readonly shell: Shell,
    private readonly services: OverviewServices,
  ) {
    const report = (error: unknown): void => logError(shell.log, error);
    const folders = (): readonly CostedFolder[] => openFolders(services);
    const board = this.disposables.add(
      new OverviewBoard({
        folders,
        isLookedAt: () => this.panels.isVisible,
        reviews: () => shell.reviews.known,
        now: services.now,
        logError: report,
      }),
    );
    this.board = board;
    const actions = new OverviewActions(board, folders);
    this.panels = this.disposables.add(
      new OverviewPanels({ board, actions, extensionUri: services.extensionUri, logError: report }, () => this.gatherIfOld()),
    );
    this.disposables.add(board.onDidChangeView(() => shell.waiting.show("overview", waitingOf(board.all))));
    this.disposables.add(shell.reviews.onDidChange(() => board.takeReviews()));
    this.disposables.add(followOverview(folders, () => this.changed()));
    this.disposables.add(services);
  }

  async open(): Promise<void> {
    await runCommand(this.shell.log, () => this.panels.open());
  }

  async count(): Promise<void> {
    await this.board.ready();
  }

  restore(_viewType: string, panel: vscode.WebviewPanel, state: unknown): Promise<void> {
    this.panels.restore(panel, state);
    return Promise.resolve();
  }

  dispose(): void {
    this.disposables.dispose();
  }

  private gatherIfOld(): void {
    const { gatheredAt } = this.board;
    if (gatheredAt === null) {
      this.inBackground(this.board.ready());
    } else if (this.services.now() - gatheredAt > OLD_MS) {
      this.load();
    } else {
      this.inBackground(this.board.addUpCosts());
    }
  }

  /** Nobody has asked for the overview in a window that was never counted. */
  private changed(): void {
    if (this.panels.isVisible || this.board.gatheredAt !== null) {
      this.load();
    }
  }

  private load(): void {
    this.inBackground(this.board.load());
  }

  private inBackground(work: Promise<unknown>): void {
    inBackground(work, (error) => logError(this.shell.log, error));
  }
}

/** Folders of the workspace that are on disk. */
function openFolders(services: OverviewServices): readonly CostedFolder[] {
  const open = (vscode.workspace.workspaceFolders ?? []).filter(({ uri }) => uri.scheme === "file");
  return open.map(({ uri }) => services.folderOf(uri.fsPath));
}
