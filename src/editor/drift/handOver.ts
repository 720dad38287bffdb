import * as vscode from "vscode";

import type { RetrainHandOver } from "../../core/drift/view/toHandOver";

/** Asks for a training because of what has drifted; nothing starts before somebody has seen its plan. */
export async function handOver(facts: RetrainHandOver): Promise<void> {
  await vscode.commands.executeCommand("mlops.retrain", facts);
}
