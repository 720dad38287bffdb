import * as vscode from "vscode";

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
  const tell =
    report.result === "fail" || report.result === "unknown" ? vscode.window.showWarningMessage : vscode.window.showInformationMessage;
  if ((await tell(words, details)) === details) {
    const content = `${dataCheckLines(report, true).join("\n")}\n`;
    await vscode.window.showTextDocument(await vscode.workspace.openTextDocument({ language: "plaintext", content }));
  }
}
