import * as vscode from "vscode";

import { AppError } from "../../core/base/appError";

export interface FileKind {
  readonly label: string;
  readonly extension: string;
  /** Without the ending; it may come from a store. */
  readonly name: string;
  /** Of the dialog. */
  readonly title: string;
}

/** Saves a chart that a page has drawn. @param data SVG as text, PNG in base 64. */
export async function savePicture(name: string, format: "svg" | "png", data: string): Promise<void> {
  const bytes = format === "svg" ? new TextEncoder().encode(data) : Uint8Array.from(Buffer.from(data, "base64"));
  await saveFile(bytes, { label: format.toUpperCase(), extension: format, name, title: vscode.l10n.t("Save the Chart") });
}

/** Asks where to, writes, and offers to open what was written. Quiet where the person gives up. */
export async function saveFile(bytes: Uint8Array, { label, extension, name, title }: FileKind): Promise<void> {
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  const file = `${name.replace(/[^\p{L}\p{N}._-]+/gu, "-").slice(0, 80) || "export"}.${extension}`;
  const uri = await vscode.window.showSaveDialog({
    ...(folder === undefined ? {} : { defaultUri: vscode.Uri.joinPath(folder, file) }),
    filters: { [label]: [extension] },
    title,
  });
  if (uri === undefined) {
    return;
  }
  try {
    await vscode.workspace.fs.writeFile(uri, bytes);
  } catch (error) {
    throw new AppError("usage", vscode.l10n.t("The file {0} could not be written.", uri.fsPath), {
      cause: error,
      remedy: vscode.l10n.t("Choose another place, or close the program that has the file open."),
    });
  }
  const open = vscode.l10n.t("Open");
  // Not awaited by the page: the message stays until it is dismissed.
  void vscode.window.showInformationMessage(vscode.l10n.t("Saved {0}.", uri.fsPath), open).then((chosen) => {
    if (chosen === open) {
      void (extension === "html" ? vscode.env.openExternal(uri) : vscode.commands.executeCommand("vscode.open", uri));
    }
  });
}
