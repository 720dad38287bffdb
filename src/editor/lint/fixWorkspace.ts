import * as vscode from "vscode";

import { AppError } from "../../core/base/appError";
import { counted } from "./counted";
import { fixFile } from "./fixFile";
import { withLateProgress } from "./lateProgress";
import type { LintedFolder } from "./lintedFolder";
import type { LintSession } from "./lintSession";

/** A list in a question that is longer is not read. */
const MOST_NAMED = 10;

interface Change {
  readonly folder: LintedFolder;
  readonly path: string;
  readonly edit: vscode.WorkspaceEdit;
  readonly applied: number;
}

/** Applies all safe fixes of all files, after the person has seen how many there are and where. */
export async function fixWorkspace(session: LintSession): Promise<void> {
  const changes = await withLateProgress(vscode.l10n.t("Looking for safe fixes"), (tell, signal) => collectChanges(session, tell, signal));
  if (changes.length === 0) {
    throw new AppError("usage", vscode.l10n.t("Nothing in this workspace can be fixed without asking."));
  }
  const count = changes.reduce((total, { applied }) => total + applied, 0);
  const apply = vscode.l10n.t("Apply");
  const preview = vscode.l10n.t("Review Each Change");
  const answer = await vscode.window.showInformationMessage(
    vscode.l10n.t("Apply {0} in {1}?", counted.safeFixes(count), counted.files(changes.length)),
    { modal: true, detail: named(changes) },
    apply,
    preview,
  );
  if (answer === undefined) {
    return;
  }
  // Files that somebody is at work on are theirs to save.
  const unsaved = new Set(vscode.workspace.textDocuments.filter(({ isDirty }) => isDirty).map(({ uri }) => uri.toString()));
  if (await vscode.workspace.applyEdit(together(changes, answer === preview))) {
    await save(changes, unsaved);
    void vscode.window.showInformationMessage(
      vscode.l10n.t("Applied {0} in {1}.", counted.safeFixes(count), counted.files(changes.length)),
    );
  }
}

async function save(changes: readonly Change[], except: ReadonlySet<string>): Promise<void> {
  for (const { folder, path } of changes) {
    const uri = folder.uriOf(path);
    if (!except.has(uri.toString())) {
      await (await vscode.workspace.openTextDocument(uri)).save();
    }
  }
}

async function collectChanges(session: LintSession, tell: (message: string) => void, signal: AbortSignal): Promise<readonly Change[]> {
  const changes: Change[] = [];
  for (const folder of await session.judgeWorkspace()) {
    for (const path of folder.targets) {
      signal.throwIfAborted();
      tell(path);
      const lint = await folder.lint.lint(path, folder.options(), signal);
      if (lint?.findings.some(({ fixes }) => fixes.some(({ safe }) => safe)) === true) {
        const { edit, applied } = await fixFile(folder, lint, signal);
        changes.push(...(edit === null ? [] : [{ folder, path, edit, applied }]));
      }
    }
  }
  return changes;
}

function together(changes: readonly Change[], needsConfirmation: boolean): vscode.WorkspaceEdit {
  const all = new vscode.WorkspaceEdit();
  for (const { edit } of changes) {
    for (const [uri, edits] of edit.entries()) {
      for (const { range, newText } of edits) {
        all.replace(uri, range, newText, needsConfirmation ? { needsConfirmation, label: vscode.l10n.t("Safe fixes") } : undefined);
      }
    }
  }
  return all;
}

function named(changes: readonly Change[]): string {
  const lines = changes.slice(0, MOST_NAMED).map(({ path, applied }) => `${path}: ${counted.safeFixes(applied)}`);
  const rest = changes.length - lines.length;
  return [...lines, ...(rest > 0 ? [vscode.l10n.t("… and {0} more", counted.files(rest))] : [])].join("\n");
}
