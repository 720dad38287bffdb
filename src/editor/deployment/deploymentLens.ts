import * as vscode from "vscode";

import { configPath, plainPath } from "../monitoring/watchedProduct";
import { deployBlock, deployLens } from "./deployLens";
import type { DeploymentBoard } from "./deploymentBoard";
import { targetWords } from "./deploymentItem";

/** What stands over the block `deploy` of an mlops.yaml: deploy now, go back, and what is where. */
export function deploymentLenses(document: vscode.TextDocument, board: DeploymentBoard): vscode.CodeLens[] {
  const range = deployBlock(document);
  if (range === undefined) {
    return [];
  }
  const path = plainPath(document.uri.fsPath);
  const own = board.all.filter(({ root, status }) => configPath({ root, config: status.config }) === path);
  return [
    deployLens(document, range),
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
