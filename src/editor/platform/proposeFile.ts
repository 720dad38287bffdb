import * as vscode from "vscode";

import { AppError } from "../../core/base/appError";

/** Texts that exist for the time of a question. */
const PREVIEW = "mlops-preview";

export interface ProposedFile {
  readonly uri: vscode.Uri;
  /** As people know it. */
  readonly path: string;
  readonly text: string;
  /** Of the tab. */
  readonly label: string;
}

/**
 * Shows what would be written beside what is there, because nobody has asked for each line, and writes it when the person says so.
 * @returns whether the file holds the text now.
 */
export async function proposeFile({ uri, path, text, label }: ProposedFile): Promise<boolean> {
  const before = await textAt(uri);
  if (before === text) {
    await vscode.window.showTextDocument(uri);
    void vscode.window.showInformationMessage(vscode.l10n.t("{0} is there already, as it would be written.", path));
    return true;
  }
  if (!(await isWanted({ uri, path, text, label }, before))) {
    return false;
  }
  await write(uri, text);
  await vscode.window.showTextDocument(uri, { preview: false });
  return true;
}

/** @param before null where there is no such file. */
async function isWanted({ uri, path, text, label }: ProposedFile, before: string | null): Promise<boolean> {
  const [old, proposed] = ["before", "proposed"].map((query) => vscode.Uri.from({ scheme: PREVIEW, path: uri.path, query }));
  const provider = vscode.workspace.registerTextDocumentContentProvider(PREVIEW, {
    provideTextDocumentContent: ({ query }) => (query === "before" ? (before ?? "") : text),
  });
  try {
    await vscode.commands.executeCommand("vscode.diff", old, proposed, label, { preview: true });
    const writeIt = before === null ? vscode.l10n.t("Write File") : vscode.l10n.t("Replace File");
    const question =
      before === null ? vscode.l10n.t("Write {0} as it is shown?", path) : vscode.l10n.t("Replace {0} by what is shown?", path);
    return (await vscode.window.showInformationMessage(question, writeIt, vscode.l10n.t("Not Now"))) === writeIt;
  } finally {
    provider.dispose();
    await closePreview(uri);
  }
}

async function closePreview({ path }: vscode.Uri): Promise<void> {
  const tabs = vscode.window.tabGroups.all.flatMap((group) => group.tabs);
  const shown = tabs.filter(
    ({ input }) => input instanceof vscode.TabInputTextDiff && input.modified.scheme === PREVIEW && input.modified.path === path,
  );
  await vscode.window.tabGroups.close(shown);
}

async function write(uri: vscode.Uri, text: string): Promise<void> {
  try {
    await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(text));
  } catch (error) {
    throw new AppError("usage", vscode.l10n.t("{0} could not be written.", uri.fsPath), {
      cause: error,
      remedy: vscode.l10n.t("Look whether the folder can be written to."),
    });
  }
}

/** Null where there is no such file. */
export async function textAt(uri: vscode.Uri): Promise<string | null> {
  try {
    return (await vscode.workspace.openTextDocument(uri)).getText();
  } catch {
    return null;
  }
}
