import type * as vscode from "vscode";

import type { CancelSignal } from "../../core/base/cancel";
import type { Disposable } from "../../core/base/disposable";
import type { ReportAudience } from "../../core/governance/report/complianceReport";
import type { ReportWish } from "../../core/governance/report/gatherReport";
import type { ReportFacts } from "../../core/governance/report/reportFacts";
import type { ReportFormat } from "../../core/governance/report/writeReport";
import type { WorkspaceFiles } from "../../core/lint/workspace/lintPorts";

/** What the compliance page of one folder of the workspace needs. */
export interface ComplianceFolder extends Disposable {
  /** Absolute. */
  readonly root: string;
  readonly files: WorkspaceFiles;
  readonly gather: (wish: ReportWish, signal: CancelSignal) => Promise<ReportFacts>;
  readonly write: (facts: ReportFacts, format: ReportFormat, audience: ReportAudience) => string;
  /** A file changed, came or went; relative to the root. */
  readonly forget: (path: string) => void;
  /** What git and the stores of runs know may have changed. */
  readonly forgetFacts: () => void;
}

/** What the composition root hands to the page. */
export interface ComplianceServices extends Disposable {
  /** A folder of the workspace on disk; each is opened once. */
  readonly folderOf: (root: string) => ComplianceFolder;
  readonly now: () => Date;
  readonly extensionUri: vscode.Uri;
}
