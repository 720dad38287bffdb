import * as vscode from "vscode";

import { NEVER_CANCELLED } from "../../core/base/cancel";
import { dataCheckLines, dataCheckVerdict } from "../../core/dataCheck/dataCheckText";
import type { TrainableProduct } from "./products";

/** Checks the data of a product against what its file expects, and tells what does not hold. */
export async function checkDataOf({ folder, config, name }: TrainableProduct): Promise<void> {
  const report = await vscode.window.withProgress(
    { location: vscode.ProgressLocation.Notification, title: vscode.l10n.t("Checking the data of {0}", name), cancellable: true },
    async (progress, token) => {
      const work = new AbortController();
      token.onCancellationRequested(() => work.abort());
      return folder.checkData(config, (message) => progress.report({ message }), work.signal);
    },
  );
  const words = `${name}: ${dataCheckVerdict(report)}`;
  const details = vscode.l10n.t("Show Details");
  const keep = vscode.l10n.t("Keep as Evidence");
  const tell =
    report.result === "fail" || report.result === "unknown" ? vscode.window.showWarningMessage : vscode.window.showInformationMessage;
  const chosen = await tell(words, details, ...(report.result === "nothing_expected" ? [] : [keep]));
  if (chosen === keep) {
    const path = await folder.keepDataCheck(report, NEVER_CANCELLED);
    await vscode.window.showTextDocument(vscode.Uri.joinPath(vscode.Uri.file(folder.root), ...path.split("/")));
  } else if (chosen === details) {
    const content = `${dataCheckLines(report, true).join("\n")}\n`;
    await vscode.window.showTextDocument(await vscode.workspace.openTextDocument({ language: "plaintext", content }));
  }
}
