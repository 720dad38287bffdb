import * as vscode from "vscode";

import { AppError } from "../../core/base/appError";
import { GATE_WORKFLOW, gateWorkflow } from "../../core/deployment/gate/gateWorkflow";
import {
  addPreCommitHook,
  COPIED_CLI,
  type CliSource,
  LINT_WORKFLOW,
  lintWorkflow,
  PRE_COMMIT_CONFIG,
  preCommitConfig,
} from "../../core/lint/automationFiles";
import { chooseRoot, chooseSource, copyCli, exists } from "./automationSource";

/** Writes the workflow that lints each change, and opens it. */
export function addLintWorkflow(context: vscode.ExtensionContext): Promise<void> {
  return addWorkflow(LINT_WORKFLOW, lintWorkflow, context);
}

/** Writes the workflow that judges releases, and opens it. */
export function addGateWorkflow(context: vscode.ExtensionContext): Promise<void> {
  return addWorkflow(GATE_WORKFLOW, gateWorkflow, context);
}

/** A workflow that is there is shown and left alone. */
async function addWorkflow(path: string, textFor: (source: CliSource) => string, context: vscode.ExtensionContext): Promise<void> {
  const root = await chooseRoot();
  if (root === undefined) {
    return;
  }
  const file = vscode.Uri.joinPath(root, path);
  if (await exists(file)) {
    await vscode.window.showTextDocument(file);
    await sayThatItIsThere(vscode.l10n.t("{0} is there already.", path), root, context);
    return;
  }
  const source = await chooseSource(context);
  if (source !== undefined) {
    await create(file, textFor(source));
    await copyCli(source, root, context);
    await vscode.window.showTextDocument(file, { preview: false });
  }
}

/** Adds the hook to the repository's file of hooks, and opens it; a change of a file that was there is left unsaved, to be looked at. */
export async function addLintToPreCommit(context: vscode.ExtensionContext): Promise<void> {
  const root = await chooseRoot();
  if (root === undefined) {
    return;
  }
  const file = vscode.Uri.joinPath(root, PRE_COMMIT_CONFIG);
  const document = (await exists(file)) ? await vscode.workspace.openTextDocument(file) : undefined;
  if (document !== undefined && addPreCommitHook(document.getText(), { kind: "copy" }).kind === "present") {
    await vscode.window.showTextDocument(document);
    await sayThatItIsThere(vscode.l10n.t("The hook is in {0} already.", PRE_COMMIT_CONFIG), root, context);
    return;
  }
  const source = await chooseSource(context);
  if (source === undefined) {
    return;
  }
  if (document === undefined) {
    await create(file, preCommitConfig(source));
    await vscode.window.showTextDocument(file, { preview: false });
  } else {
    await addHook(document, source);
  }
  await copyCli(source, root, context);
}

async function addHook(document: vscode.TextDocument, source: CliSource): Promise<void> {
  const change = addPreCommitHook(document.getText(), source);
  if (change.kind !== "change") {
    throw new AppError("usage", vscode.l10n.t("The hook could not be added to {0}.", PRE_COMMIT_CONFIG), {
      remedy: change.kind === "refused" ? change.why : "",
    });
  }
  const edit = new vscode.WorkspaceEdit();
  for (const { range, text } of change.edits) {
    edit.replace(document.uri, new vscode.Range(document.positionAt(range.start), document.positionAt(range.end)), text);
  }
  const first = document.positionAt(Math.min(...change.edits.map(({ range }) => range.start)));
  await vscode.workspace.applyEdit(edit);
  await vscode.window.showTextDocument(document, { preview: false, selection: new vscode.Range(first, first) });
  void vscode.window.showInformationMessage(vscode.l10n.t("The hook was added to {0}. Look at it and save.", PRE_COMMIT_CONFIG));
}

/** A copy of the command line becomes that of this version, which is why somebody may have asked again. */
async function sayThatItIsThere(what: string, root: vscode.Uri, context: vscode.ExtensionContext): Promise<void> {
  const hasCopy = await exists(vscode.Uri.joinPath(root, COPIED_CLI));
  if (hasCopy) {
    await copyCli({ kind: "copy" }, root, context);
  }
  const more = hasCopy ? vscode.l10n.t("{0} was renewed from this extension.", COPIED_CLI) : vscode.l10n.t("Nothing was changed.");
  void vscode.window.showInformationMessage(`${what} ${more}`);
}

async function create(uri: vscode.Uri, text: string): Promise<void> {
  const edit = new vscode.WorkspaceEdit();
  edit.createFile(uri, { overwrite: false, ignoreIfExists: false, contents: new TextEncoder().encode(text) });
  if (!(await vscode.workspace.applyEdit(edit))) {
    throw new AppError("usage", vscode.l10n.t("{0} could not be written.", uri.fsPath), {
      remedy: vscode.l10n.t("Look whether the folder can be written to."),
    });
  }
}
