import type * as vscode from "vscode";

import { fixText } from "../../core/lint/fixText";
import type { FileLint } from "../../core/lint/workspace/fileLint";
import { changedPart } from "./changedPart";
import { textEdit } from "./fixEdit";
import type { LintedFolder } from "./lintedFolder";

export interface FixedFile {
  /** Null where there is nothing to do. */
  readonly edit: vscode.WorkspaceEdit | null;
  /** How many fixes were applied. */
  readonly applied: number;
  /** How many findings are left for a person. */
  readonly left: number;
}

/** All fixes of a file that may be applied without asking. */
export async function fixFile(folder: LintedFolder, lint: FileLint, signal: AbortSignal): Promise<FixedFile> {
  const options = folder.options();
  const judge = async (text: string): Promise<FileLint["findings"]> =>
    text === lint.text ? lint.findings : ((await folder.lint.lintText(lint.path, text, options, signal))?.findings ?? []);
  const { text, applied, left } = await fixText(lint.text, judge, signal);
  const part = changedPart(lint.text, text);
  return { edit: part === null ? null : textEdit(folder.uriOf(lint.path), lint.text, [part]), applied: applied.length, left: left.length };
}
