import * as vscode from "vscode";

import { generatedFacts } from "../../core/lint/generatedFacts";
import {
  MONITORING_DAG,
  MONITORING_WORKFLOW,
  monitoringCron,
  monitoringDag,
  monitoringWorkflow,
  type MonitoringAutomation,
} from "../../core/monitoring/automation";
import { chooseRoot, chooseSource, copyCli } from "../config/automationSource";
import { proposeFile } from "../platform/proposeFile";
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
  compose: (automation: MonitoringAutomation) => string,
  label: string,
  { context, board }: AutomationParts,
): Promise<void> {
  const root = await chooseRoot();
  const source = root === undefined ? undefined : await chooseSource(context);
  if (root === undefined || source === undefined) {
    return;
  }
  const products = (await board.ready()).filter(({ watched }) => watched.root === root.fsPath).map(({ watched }) => watched.product);
  const text = compose({ source, products: null, cron: monitoringCron(products), ...generatedFacts(products) });
  if (await proposeFile({ uri: vscode.Uri.joinPath(root, path), path, text, label })) {
    await copyCli(source, root, context);
  }
}
