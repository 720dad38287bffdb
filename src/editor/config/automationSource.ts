import * as vscode from "vscode";

import { AppError } from "../../core/base/appError";
import { COPIED_CLI, type CliSource } from "../../core/lint/automationFiles";

/** Asks where the machine has the command line from. */
export async function chooseSource({ extension }: vscode.ExtensionContext): Promise<CliSource | undefined> {
  const { version } = extension.packageJSON as { readonly version: string };
  const picked = await vscode.window.showQuickPick(
    [
      {
        label: vscode.l10n.t("From a copy in this repository"),
        detail: vscode.l10n.t("The command line of this extension is copied to {0}. It works offline and with no registry.", COPIED_CLI),
        source: { kind: "copy" } as const,
      },
      {
        label: vscode.l10n.t("From the npm registry"),
        detail: vscode.l10n.t("mlops-workbench@{0} is downloaded for each run; your registry must hold it.", version),
        source: { kind: "npm", version } as const,
      },
    ],
    { placeHolder: vscode.l10n.t("Where does the machine have the command line from?"), ignoreFocusOut: true },
  );
  return picked?.source;
}

/** A copy that is there is taken over by this version. */
export async function copyCli(source: CliSource, root: vscode.Uri, { extensionUri }: vscode.ExtensionContext): Promise<void> {
  if (source.kind === "copy") {
    await vscode.workspace.fs.copy(vscode.Uri.joinPath(extensionUri, "dist", "mlops.cjs"), vscode.Uri.joinPath(root, COPIED_CLI), {
      overwrite: true,
    });
  }
}

export async function exists(uri: vscode.Uri): Promise<boolean> {
  try {
    await vscode.workspace.fs.stat(uri);
    return true;
  } catch {
    return false; // Nothing there, or nothing that could be read.
  }
}

/** @throws AppError where no folder is open. */
export async function chooseRoot(): Promise<vscode.Uri | undefined> {
  const folders = vscode.workspace.workspaceFolders ?? [];
  if (folders.length === 0) {
    throw new AppError("usage", vscode.l10n.t("There is no folder to write to."), {
      remedy: vscode.l10n.t("Open a repository first, then run the command again."),
    });
  }
  const picked = folders.length === 1 ? folders[0] : await vscode.window.showWorkspaceFolderPick();
  return picked?.uri;
}
