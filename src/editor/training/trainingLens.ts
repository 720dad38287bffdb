import * as vscode from "vscode";

import { readCodeLens } from "../platform/settings";
import { configPath, plainPath } from "../monitoring/watchedProduct";
import type { JobBoard } from "./jobBoard";
import { stateWords } from "./jobItem";

/** What stands over the block `train` of an mlops.yaml: train now, and how it went the last time. */
export function trainingLenses(document: vscode.TextDocument, board: JobBoard): vscode.CodeLens[] {
  const found = /^train\s*:/m.exec(document.getText());
  if (found === null || !readCodeLens(document.uri) || !vscode.workspace.isTrusted) {
    return [];
  }
  const start = document.positionAt(found.index);
  const range = new vscode.Range(start, start);
  const path = plainPath(document.uri.fsPath);
  const last = board.all.find(({ root, job }) => configPath({ root, config: job.config }) === path);
  const node = last === undefined ? undefined : { kind: "job", root: last.root, id: last.job.id, entry: last };
  return [
    new vscode.CodeLens(range, { title: vscode.l10n.t("Retrain…"), command: "mlops.retrain", arguments: [document.uri.fsPath] }),
    new vscode.CodeLens(range, {
      title: vscode.l10n.t("Check data"),
      command: "mlops.training.checkData",
      arguments: [document.uri.fsPath],
    }),
    ...(last === undefined || node === undefined
      ? []
      : [
          new vscode.CodeLens(range, {
            title: vscode.l10n.t("Last training: {0}", stateWords(last.job).toLowerCase()),
            command: "mlops.jobs.open",
            arguments: [node],
          }),
        ]),
  ];
}
