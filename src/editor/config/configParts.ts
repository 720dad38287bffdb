import type * as vscode from "vscode";

import type { Event } from "../../core/base/emitter";
import type { RegulationCalendar } from "../../core/config/regulationCalendar";
import type { FileLint } from "../../core/lint/workspace/fileLint";
import type { LintPorts } from "../../core/lint/workspace/lintPorts";
import type { Shell } from "../app";

/** Where a file or folder lies, with the world around it. */
export interface LintPlace {
  /** From the root of the workspace's folder, with forward slashes. */
  readonly path: string;
  readonly ports: LintPorts;
}

/** What lint knows, for those who show it or ask about the same files. */
export interface LintWorld {
  /** The findings of a file were published, or it has none any more. */
  readonly onDidLint: Event<vscode.Uri>;
  /** Null where the document is not judged. */
  lintOf(document: vscode.TextDocument): Promise<FileLint | null>;
  /** Undefined for what lies outside of the folders that are open. */
  worldOf(uri: vscode.Uri): LintPlace | undefined;
}

/** What the composition root hands to the help with configurations. */
export interface ConfigParts {
  readonly shell: Shell;
  readonly calendar: RegulationCalendar;
  readonly lint: LintWorld;
  readonly now: () => Date;
}
