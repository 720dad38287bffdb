import * as vscode from "vscode";

import { identityOfReport } from "../../core/monitoring/reviewIdentity";
import { noteDraft, reviewFolder } from "../../core/monitoring/reviewNote";
import { localDate } from "../lint/localDate";
import type { DriftSession } from "./driftSession";

export interface NoteParts {
  /** A path as people know it, from the root of the workspace. */
  readonly toPath: (path: string) => string;
  readonly now: () => Date;
}

/** Opens a draft beside what it is about. It is a file as soon as the person saves it, and none before. */
export async function writeReviewNote(
  { report, subject }: ReturnType<DriftSession["reportAt"]>,
  { toPath, now }: NoteParts,
): Promise<void> {
  const { product, config, commit } = subject;
  const root =
    config === null ? vscode.workspace.workspaceFolders?.[0]?.uri : vscode.workspace.getWorkspaceFolder(vscode.Uri.file(config))?.uri;
  const about = product === null || config === null ? null : { name: product, config: toPath(config) };
  const taken = root === undefined ? [] : await namesIn(vscode.Uri.joinPath(root, reviewFolder(about?.config ?? null)));
  const { path, text } = noteDraft(
    { subject: "drift", product: about, result: null, identity: identityOfReport(report, commit, toPath), today: localDate(now()) },
    taken,
  );
  const options: vscode.TextDocumentShowOptions = { viewColumn: vscode.ViewColumn.Beside, preview: false };
  if (root === undefined) {
    await vscode.window.showTextDocument(await vscode.workspace.openTextDocument({ language: "yaml", content: text }), options);
    return;
  }
  const draft = await vscode.workspace.openTextDocument(vscode.Uri.joinPath(root, path).with({ scheme: "untitled" }));
  if (draft.getText() === "") {
    const edit = new vscode.WorkspaceEdit();
    edit.insert(draft.uri, new vscode.Position(0, 0), text);
    await vscode.workspace.applyEdit(edit);
  }
  const editor = await vscode.window.showTextDocument(draft, options);
  // The first thing that a person fills in.
  const line = draft
    .getText()
    .split("\n")
    .findIndex((one) => one.startsWith("who:"));
  if (line >= 0) {
    const end = draft.lineAt(Math.min(line + 1, draft.lineCount - 1)).range.end;
    editor.selection = new vscode.Selection(end, end);
    editor.revealRange(new vscode.Range(end, end), vscode.TextEditorRevealType.InCenterIfOutsideViewport);
  }
}

async function namesIn(folder: vscode.Uri): Promise<readonly string[]> {
  try {
    return (await vscode.workspace.fs.readDirectory(folder)).map(([name]) => name);
  } catch {
    return []; // There is no note yet.
  }
}
