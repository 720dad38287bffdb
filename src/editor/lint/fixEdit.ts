import * as vscode from "vscode";

import { applyEdits, type TextEdit } from "../../core/base/textEdit";
import { textPositions } from "../../core/base/textPositions";
import { fixToEdits } from "../../core/lint/applyFix";
import type { Fix } from "../../core/lint/fix";
import { TODO } from "../../core/lint/setFix";
import type { FileLint } from "../../core/lint/workspace/fileLint";
import { folderOf, resolvePath } from "../../core/lint/workspace/workspacePath";
import type { SerializedRange } from "./lintCommands";
import type { LintedFolder } from "./lintedFolder";
import { toRange } from "./toDiagnostics";

/** What to show when a fix is written: a place to fill in, or a file that was made. */
export interface FixTarget {
  readonly uri: vscode.Uri;
  readonly range?: SerializedRange;
}

export type FixEdit =
  | { readonly ok: true; readonly edit: vscode.WorkspaceEdit; readonly target: FixTarget | null }
  | { readonly ok: false; readonly why: string };

/** A fix as VS Code applies it, in the text that was judged; files that it makes are never written over. */
export function fixEdit(folder: LintedFolder, lint: FileLint, fix: Fix): FixEdit {
  const written = fixToEdits(lint.text, fix);
  if (!written.ok) {
    return written;
  }
  const uri = folder.uriOf(lint.path);
  const edit = textEdit(uri, lint.text, written.edits);
  let made: vscode.Uri | undefined;
  for (const { path, content } of fix.files ?? []) {
    const resolved = resolvePath(folderOf(lint.path), path);
    if (resolved === null) {
      return { ok: false, why: vscode.l10n.t("The file {0} would lie outside of this folder.", path) };
    }
    made ??= folder.uriOf(resolved);
    edit.createFile(folder.uriOf(resolved), { ignoreIfExists: true, contents: new TextEncoder().encode(content) });
  }
  const range = placeholder(lint.text, written.edits);
  return { ok: true, edit, target: range !== null ? { uri, range } : made !== undefined ? { uri: made } : null };
}

/** Text edits for a file that is open or not. */
export function textEdit(uri: vscode.Uri, text: string, edits: readonly TextEdit[]): vscode.WorkspaceEdit {
  const edit = new vscode.WorkspaceEdit();
  const positionAt = textPositions(text);
  for (const { range, text: replacement } of edits) {
    edit.replace(uri, toRange(positionAt, range), replacement);
  }
  return edit;
}

/** Where the first new place to fill in stands once the edits are applied. */
function placeholder(text: string, edits: readonly TextEdit[]): SerializedRange | null {
  let shift = 0;
  for (const { range, text: replacement } of [...edits].sort((left, right) => left.range.start - right.range.start)) {
    const index = replacement.search(new RegExp(`\\b${TODO}\\b`));
    if (index !== -1) {
      const positionAt = textPositions(applyEdits(text, edits));
      const start = positionAt(range.start + shift + index);
      const end = positionAt(range.start + shift + index + TODO.length);
      return [start.line, start.character, end.line, end.character];
    }
    shift += replacement.length - (range.end - range.start);
  }
  return null;
}
