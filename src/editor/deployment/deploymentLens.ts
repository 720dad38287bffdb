import * as vscode from "vscode";

import { plainPath } from "../monitoring/watchedProduct";
import { readCodeLens } from "../platform/settings";
import type { DeploymentBoard } from "./deploymentBoard";
import { targetWords } from "./deploymentItem";

/** What stands over the block `deploy` of an mlops.yaml: deploy now, go back, and what is where. */
export function deploymentLenses(document: vscode.TextDocument, board: DeploymentBoard): vscode.CodeLens[] {
  const found = /^deploy\s*:/m.exec(document.getText());
  if (found === null || !readCodeLens(document.uri) || !vscode.workspace.isTrusted) {
    return [];
  }
  const start = document.positionAt(found.index);
  const range = new vscode.Range(start, start);
  const path = plainPath(document.uri.fsPath);
  const own = board.all.filter(({ root, status }) => `${plainPath(root).replace(/\/$/, "")}/${status.config}` === path);
  return [
    new vscode.CodeLens(range, { title: vscode.l10n.t("Deploy…"), command: "mlops.deploy", arguments: [document.uri.fsPath] }),
    ...own.map(
      ({ root, status }) =>
        new vscode.CodeLens(range, {
          title: `${status.target}: ${targetWords(status).filter(Boolean).join(" · ")}`,
          command: "mlops.deploy",
          arguments: [{ kind: "deploymentTarget", root, status }],
        }),
    ),
  ];
}
