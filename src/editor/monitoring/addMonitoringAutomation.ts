import * as vscode from "vscode";

import { AppError } from "../../core/base/appError";
import {
  MONITORING_DAG,
  MONITORING_WORKFLOW,
  monitoringCron,
  monitoringDag,
  monitoringWorkflow,
  type MonitoringAutomation,
} from "../../core/monitoring/automation";
import { chooseRoot, chooseSource, copyCli } from "../config/automationSource";
import type { MonitoringBoard } from "./monitoringBoard";

export interface AutomationParts {
  readonly context: vscode.ExtensionContext;
  readonly board: MonitoringBoard;
}

/** Shows the workflow that checks all models, or how the one that is there would change; it is written when the person applies it. */
export function addMonitoringWorkflow(parts: AutomationParts): Promise<void> {
  return addFile(MONITORING_WORKFLOW, monitoringWorkflow, vscode.l10n.t("Check models in GitHub Actions"), parts);
}

/** The same as an Airflow DAG. */
export function addMonitoringDag(parts: AutomationParts): Promise<void> {
  return addFile(MONITORING_DAG, monitoringDag, vscode.l10n.t("Check models in Airflow"), parts);
}

async function addFile(
  path: string,
  write: (automation: MonitoringAutomation) => string,
  label: string,
  { context, board }: AutomationParts,
): Promise<void> {
  const root = await chooseRoot();
  const source = root === undefined ? undefined : await chooseSource(context);
  if (root === undefined || source === undefined) {
    return;
  }
  const products = (await board.ready()).filter(({ watched }) => watched.root === root.fsPath).map(({ watched }) => watched.product);
  const text = write({ source, products: null, cron: monitoringCron(products) });
  const uri = vscode.Uri.joinPath(root, path);
  const before = await documentAt(uri);
  if (before?.getText() === text) {
    await vscode.window.showTextDocument(before);
    await copyCli(source, root, context);
    void vscode.window.showInformationMessage(vscode.l10n.t("{0} is there already, as it would be written.", path));
    return;
  }
  if (!(await vscode.workspace.applyEdit(toEdit(uri, before, text, label)))) {
    throw new AppError("usage", vscode.l10n.t("{0} was not written.", path), {
      remedy: vscode.l10n.t("Nothing was changed. Run the command again, look at the preview and apply it."),
    });
  }
  const document = await documentAt(uri);
  if (document?.getText() === text) {
    await document.save();
    await copyCli(source, root, context);
    await vscode.window.showTextDocument(document, { preview: false });
  }
}

/** VS Code shows both texts side by side before it writes, because nobody has asked for each line. */
function toEdit(uri: vscode.Uri, before: vscode.TextDocument | undefined, text: string, label: string): vscode.WorkspaceEdit {
  const confirmed = { needsConfirmation: true, label };
  const edit = new vscode.WorkspaceEdit();
  if (before === undefined) {
    edit.createFile(uri, { overwrite: false, ignoreIfExists: false }, confirmed);
    edit.insert(uri, new vscode.Position(0, 0), text, confirmed);
  } else {
    edit.replace(uri, new vscode.Range(new vscode.Position(0, 0), before.lineAt(before.lineCount - 1).range.end), text, confirmed);
  }
  return edit;
}

async function documentAt(uri: vscode.Uri): Promise<vscode.TextDocument | undefined> {
  try {
    return await vscode.workspace.openTextDocument(uri);
  } catch {
    return undefined; // There is no such file.
  }
}
