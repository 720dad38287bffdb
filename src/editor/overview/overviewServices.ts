import type * as vscode from "vscode";

import type { CancelSignal } from "../../core/base/cancel";
import type { Disposable } from "../../core/base/disposable";
import type { CostReport } from "../../core/cost/costReport";
import type { OverviewFolder } from "../../core/health/overview";

/** What the overview needs of one folder of the workspace. */
export interface CostedFolder extends OverviewFolder {
  /** Null where no store of runs can be read. */
  readonly costs: (signal: CancelSignal) => Promise<CostReport | null>;
}

/** What the composition root hands to the overview. */
export interface OverviewServices extends Disposable {
  /** A folder of the workspace on disk; each is opened once. */
  readonly folderOf: (root: string) => CostedFolder;
  readonly now: () => number;
  readonly extensionUri: vscode.Uri;
}
