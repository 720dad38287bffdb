import * as vscode from "vscode";

import { readCodeLens } from "../platform/settings";

/** Where lines stand over the block `deploy` of an mlops.yaml; undefined where none are shown. */
export function deployBlock(document: vscode.TextDocument): vscode.Range | undefined {
  const found = /^deploy\s*:/m.exec(document.getText());
  if (found === null || !readCodeLens(document.uri) || !vscode.workspace.isTrusted) {
    return undefined;
  }
  const start = document.positionAt(found.index);
  return new vscode.Range(start, start);
}

/** Deploys now. It needs nothing of what deploys, so that it is shown before that is loaded. */
export function deployLens(document: vscode.TextDocument, range: vscode.Range): vscode.CodeLens {
  return new vscode.CodeLens(range, { title: vscode.l10n.t("Deploy…"), command: "mlops.deploy", arguments: [document.uri.fsPath] });
}
