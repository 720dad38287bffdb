import * as vscode from "vscode";

import { AppError } from "../../core/base/appError";
import type { RegulationCalendar } from "../../core/config/regulationCalendar";
import { EMPTY_POLICY } from "../../core/config/policy";
import { readConfig } from "../../core/config/readConfig";
import { fixToEdits } from "../../core/lint/applyFix";
import { configKindOf } from "../../core/lint/workspace/lintTarget";
import { monitoringMissing } from "../../core/lint/rules/monitoring-missing";
import { TODO } from "../../core/lint/setFix";
import { unknownFacts } from "../../core/lint/unknownFacts";

const CONFIGS = "**/{mlops,*.mlops}.{yaml,yml}";
const HIDDEN = "**/{node_modules,.git,.venv,venv}/**";
const MOST = 2000;

/** Adds the block `monitoring` to a product's file, as lint's quick fix does, and shows what is to be filled in. Left unsaved, to be looked at. */
export async function addMonitoring(calendar: RegulationCalendar): Promise<void> {
  const uri = await chooseConfig();
  if (uri === undefined) {
    return;
  }
  const document = await vscode.workspace.openTextDocument(uri);
  const text = document.getText();
  const config = readConfig(text);
  const context = {
    config,
    product: config.value,
    stage: "production",
    policy: EMPTY_POLICY,
    today: "",
    calendar,
    facts: unknownFacts("the block is made from the file alone"),
  } as const;
  const [fix] = monitoringMissing.check(context).flatMap((found) => ("fixes" in found ? found.fixes : []));
  if (fix === undefined) {
    await show(document, /^monitoring\s*:/m);
    void vscode.window.showInformationMessage(vscode.l10n.t("This model is monitored already."));
    return;
  }
  const written = fixToEdits(text, fix);
  if (!written.ok) {
    throw new AppError("usage", vscode.l10n.t("Monitoring could not be added to {0}.", vscode.workspace.asRelativePath(uri)), {
      remedy: written.why,
    });
  }
  const edit = new vscode.WorkspaceEdit();
  for (const { range, text: replacement } of written.edits) {
    edit.replace(uri, new vscode.Range(document.positionAt(range.start), document.positionAt(range.end)), replacement);
  }
  await vscode.workspace.applyEdit(edit);
  await show(document, new RegExp(`\\b${TODO}\\b`), /^monitoring\s*:/m);
}

async function show(document: vscode.TextDocument, ...patterns: readonly RegExp[]): Promise<void> {
  const text = document.getText();
  const found = patterns.map((pattern) => pattern.exec(text)).find((one) => one !== null);
  const start = document.positionAt(found?.index ?? 0);
  const end = document.positionAt((found?.index ?? 0) + (found?.[0].length ?? 0));
  await vscode.window.showTextDocument(document, { preview: false, selection: new vscode.Range(start, end) });
}

/** The file that is open in front, else the only one, else one that the person chooses. */
async function chooseConfig(): Promise<vscode.Uri | undefined> {
  const active = vscode.window.activeTextEditor?.document.uri;
  if (active !== undefined && configKindOf(active.path) === "product") {
    return active;
  }
  const found = (await vscode.workspace.findFiles(CONFIGS, HIDDEN, MOST)).sort((a, b) => a.path.localeCompare(b.path));
  if (found.length === 0) {
    throw new AppError("usage", vscode.l10n.t("There is no mlops.yaml that describes a model."), {
      remedy: vscode.l10n.t("Run MLOps: New Model, then add monitoring to it."),
    });
  }
  const items = found.map((uri) => ({ label: vscode.workspace.asRelativePath(uri), uri }));
  return items.length === 1
    ? items[0]?.uri
    : (await vscode.window.showQuickPick(items, { placeHolder: vscode.l10n.t("Which model is to be monitored?") }))?.uri;
}
