import * as vscode from "vscode";

import { readCodeLens } from "../platform/settings";
import { checkedWords, statusWords } from "./checkWords";
import type { MonitoringBoard } from "./monitoringBoard";

/** What stands over the block `monitoring` of an mlops.yaml: how the last check went, a click away from why. */
export async function monitoringLenses(
  document: vscode.TextDocument,
  board: MonitoringBoard,
  now: () => number,
): Promise<vscode.CodeLens[]> {
  const found = /^monitoring\s*:/m.exec(document.getText());
  if (found === null || !readCodeLens(document.uri)) {
    return [];
  }
  await board.ready();
  const entry = board.find(document.uri.fsPath.replaceAll("\\", "/")) ?? board.find(document.uri.fsPath);
  if (entry === undefined) {
    return []; // Not saved yet, or retired.
  }
  const { latest } = entry;
  const start = document.positionAt(found.index);
  const range = new vscode.Range(start, start);
  const state = latest === null ? checkedWords(null, now()) : `${statusWords(latest.status)}, ${checkedWords(latest, now())}`;
  return [
    new vscode.CodeLens(range, {
      title: vscode.l10n.t("Show drift · {0}", state),
      tooltip: latest?.verdict ?? "",
      command: "mlops.drift.show",
      arguments: [document.uri.fsPath],
    }),
    new vscode.CodeLens(range, { title: vscode.l10n.t("Check now"), command: "mlops.monitoring.check", arguments: [document.uri.fsPath] }),
  ];
}
