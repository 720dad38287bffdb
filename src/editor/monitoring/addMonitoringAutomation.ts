import * as vscode from "vscode";

import { AppError } from "../../core/base/appError";
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
import type { MonitoringBoard } from "./monitoringBoard";

/** Texts that exist for the time of a question. */
const PREVIEW = "mlops-preview";

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
  const uri = vscode.Uri.joinPath(root, path);
  const before = await textAt(uri);
  if (before === text) {
    await vscode.window.showTextDocument(uri);
    await copyCli(source, root, context);
    void vscode.window.showInformationMessage(vscode.l10n.t("{0} is there already, as it would be written.", path));
  } else if (await isWanted({ uri, path, before, text, label })) {
    await write(uri, text);
    await copyCli(source, root, context);
    await vscode.window.showTextDocument(uri, { preview: false });
  }
}

interface Proposal {
  readonly uri: vscode.Uri;
  /** From the root of the repository. */
  readonly path: string;
  /** Null where there is no such file. */
  readonly before: string | null;
  readonly text: string;
  readonly label: string;
}

/** Shows what would be written beside what is there, because nobody has asked for each line, and asks. */
async function isWanted({ uri, path, before, text, label }: Proposal): Promise<boolean> {
  const [old, proposed] = ["before", "proposed"].map((query) => vscode.Uri.from({ scheme: PREVIEW, path: uri.path, query }));
  const provider = vscode.workspace.registerTextDocumentContentProvider(PREVIEW, {
    provideTextDocumentContent: ({ query }) => (query === "before" ? (before ?? "") : text),
  });
  try {
    await vscode.commands.executeCommand("vscode.diff", old, proposed, label, { preview: true });
    const writeIt = before === null ? vscode.l10n.t("Write File") : vscode.l10n.t("Replace File");
    const question =
      before === null ? vscode.l10n.t("Write {0} as it is shown?", path) : vscode.l10n.t("Replace {0} by what is shown?", path);
    return (await vscode.window.showInformationMessage(question, writeIt, vscode.l10n.t("Not Now"))) === writeIt;
  } finally {
    provider.dispose();
    await closePreview(uri);
  }
}

async function closePreview({ path }: vscode.Uri): Promise<void> {
  const tabs = vscode.window.tabGroups.all.flatMap((group) => group.tabs);
  const shown = tabs.filter(
    ({ input }) => input instanceof vscode.TabInputTextDiff && input.modified.scheme === PREVIEW && input.modified.path === path,
  );
  await vscode.window.tabGroups.close(shown);
}

async function write(uri: vscode.Uri, text: string): Promise<void> {
  try {
    await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(text));
  } catch (error) {
    throw new AppError("usage", vscode.l10n.t("{0} could not be written.", uri.fsPath), {
      cause: error,
      remedy: vscode.l10n.t("Look whether the folder can be written to."),
    });
  }
}

async function textAt(uri: vscode.Uri): Promise<string | null> {
  try {
    return (await vscode.workspace.openTextDocument(uri)).getText();
  } catch {
    return null; // There is no such file.
  }
}
