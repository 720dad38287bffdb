import * as vscode from "vscode";

import type { RetrainHandOver } from "../../core/drift/view/toHandOver";

/** Retraining takes the hand-over as its only argument. */
const RETRAIN_COMMAND = "mlops.retrain";

/** Hands what has drifted over to whoever trains the model again: our own command where there is one, else as a text to take along. */
export async function handOver(facts: RetrainHandOver, config: vscode.Uri | null): Promise<void> {
  const known = await vscode.commands.getCommands(true);
  if (known.includes(RETRAIN_COMMAND)) {
    await vscode.commands.executeCommand(RETRAIN_COMMAND, facts);
    return;
  }
  const copy = {
    label: vscode.l10n.t("$(copy) Copy as JSON"),
    detail: vscode.l10n.t("Model, window, commit and drifted columns, for your own pipeline or a ticket."),
  };
  const open = { label: vscode.l10n.t("$(go-to-file) Show as JSON"), detail: vscode.l10n.t("In an untitled file.") };
  const openConfig = {
    label: vscode.l10n.t("$(settings) Open mlops.yaml"),
    detail: vscode.l10n.t("Its keys pipeline and train say how the model is trained."),
  };
  const picked = await vscode.window.showQuickPick([copy, open, ...(config === null ? [] : [openConfig])], {
    title: vscode.l10n.t("Retrain because of this"),
    placeHolder: vscode.l10n.t("This version does not train models itself. What should be done with the facts?"),
  });
  const text = `${JSON.stringify(facts, null, 2)}\n`;
  if (picked === copy) {
    await vscode.env.clipboard.writeText(text);
    vscode.window.setStatusBarMessage(vscode.l10n.t("Copied"), 2000);
  } else if (picked === open) {
    await vscode.window.showTextDocument(await vscode.workspace.openTextDocument({ language: "json", content: text }));
  } else if (picked === openConfig && config !== null) {
    await vscode.window.showTextDocument(config);
  }
}
