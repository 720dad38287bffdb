import * as vscode from "vscode";

import { AppError } from "../../core/base/appError";
import { trainingAutomation, type TrainingAutomation } from "../../core/training/automation/trainingAutomation";
import { trainingCrontab } from "../../core/training/automation/trainingCrontab";
import { trainingDag, trainingDagPath } from "../../core/training/automation/trainingDag";
import { trainingWorkflow, trainingWorkflowPath } from "../../core/training/automation/trainingWorkflow";
import { isStale, makeRunbook, RUNBOOK_FILE } from "../../core/training/runbook/makeRunbook";
import { chooseSource, copyCli } from "../config/automationSource";
import { proposeFile, textAt } from "../platform/proposeFile";
import type { TrainableProduct } from "./products";

/** A workflow, a DAG or a line of a crontab that trains when the product's file asks for it; shown before it is written. */
export async function addTrainingAutomation(found: TrainableProduct, context: vscode.ExtensionContext): Promise<void> {
  const product = readable(found);
  const kind = await pickKind();
  const source = kind === undefined ? undefined : await chooseSource(context);
  if (kind === undefined || source === undefined) {
    return;
  }
  const root = vscode.Uri.file(found.folder.root);
  const automation = trainingAutomation(product, found.config, source);
  if (automation === null) {
    throw new AppError("usage", vscode.l10n.t("{0} does not say when the model is trained anew.", found.config), {
      remedy: vscode.l10n.t("Add train.trigger with schedule, on_drift or on_new_data, then run the command again."),
    });
  }
  if (kind === "cron") {
    await copyCli(source, root, context);
    const content = trainingCrontab(automation, found.folder.root, "node");
    await vscode.window.showTextDocument(await vscode.workspace.openTextDocument({ language: "shellscript", content }));
    return;
  }
  const { path, text } = fileOf(kind, automation);
  const label = vscode.l10n.t("Train {0} when it is needed", found.name);
  if (await proposeFile({ uri: vscode.Uri.joinPath(root, path), path, text, label })) {
    await copyCli(source, root, context);
  }
}

/** The page for whoever is on call; shown before it is written. */
export async function writeRunbook(found: TrainableProduct): Promise<void> {
  const product = readable(found);
  const folder = found.config.includes("/") ? found.config.slice(0, found.config.lastIndexOf("/") + 1) : "";
  const path = `${folder}${RUNBOOK_FILE}`;
  const uri = vscode.Uri.joinPath(vscode.Uri.file(found.folder.root), path);
  const before = await textAt(uri);
  const isCurrent = before !== null && !isStale(before, product, found.config);
  const text = isCurrent ? before : makeRunbook(product, { config: found.config, before });
  await proposeFile({ uri, path, text, label: vscode.l10n.t("Runbook of {0}", found.name) });
}

function readable({ product, config }: TrainableProduct): NonNullable<TrainableProduct["product"]> {
  if (product === null) {
    throw new AppError("usage", vscode.l10n.t("{0} cannot be read.", config), {
      remedy: vscode.l10n.t("The Problems panel says why."),
    });
  }
  return product;
}

function fileOf(kind: "workflow" | "dag", automation: TrainingAutomation): { readonly path: string; readonly text: string } {
  return kind === "workflow"
    ? { path: trainingWorkflowPath(automation), text: trainingWorkflow(automation) }
    : { path: trainingDagPath(automation), text: trainingDag(automation) };
}

async function pickKind(): Promise<"workflow" | "dag" | "cron" | undefined> {
  const items = [
    { label: vscode.l10n.t("GitHub Actions workflow"), file: "workflow" } as const,
    { label: vscode.l10n.t("Airflow DAG"), file: "dag" } as const,
    {
      label: vscode.l10n.t("Line of a crontab"),
      detail: vscode.l10n.t("Shown in an untitled file; your crontab is not changed."),
      file: "cron",
    } as const,
  ];
  return (await vscode.window.showQuickPick(items, { placeHolder: vscode.l10n.t("What is to start the training?") }))?.file;
}
