import * as vscode from "vscode";

import { oneLine } from "../../core/base/oneLine";
import { formatNumber } from "../../core/browse/formatValues";
import { headlineMetrics } from "../../core/browse/headlineMetrics";
import { isBrowseNode, type BrowseNode } from "../../core/browse/node";
import type { Run } from "../../core/tracking/run";
import type { StoreCatalog } from "../../core/tracking/storeCatalog";
import type { StoreId } from "../../core/tracking/storeLocation";
import type { RunRef } from "../platform/runRef";
import { sayNumber } from "../platform/sayNumber";
import { neverCancelled } from "../platform/signals";

/** The run that a node or a reference stands for. */
export function runRefOf(target: BrowseNode | RunRef | undefined): RunRef | undefined {
  if (target === undefined) {
    return undefined;
  }
  if (!isBrowseNode(target)) {
    return typeof target.runId === "string" ? target : undefined;
  }
  switch (target.kind) {
    case "run":
      return { storeId: target.storeId, runId: target.run.runId };
    case "fact":
      return { storeId: target.storeId, runId: target.runId };
    case "version":
      return target.run === null ? undefined : { storeId: target.storeId, runId: target.run.runId };
    default:
      return undefined;
  }
}

/** A run that was read, with the store that it is in. */
export interface LoadedRun {
  readonly storeId: StoreId;
  readonly run: Run;
}

/** A run as quick picks list it: its name, its metrics, and where it is. */
export function runItem(catalog: StoreCatalog, { storeId, run }: LoadedRun): vscode.QuickPickItem & { readonly ref: RunRef } {
  return {
    label: oneLine(run.name === "" ? run.runId : run.name),
    description: headlineMetrics(run, [])
      .map(({ key, value }) => `${oneLine(key, 30)} ${sayNumber(formatNumber(value))}`)
      .join(" · "),
    detail: `${run.runId} · ${catalog.entry(storeId)?.label ?? storeId}`,
    ref: { storeId, runId: run.runId },
  };
}

/** Asks for a run: one of those on screen, or any by its id. */
export async function pickRun(catalog: StoreCatalog, loaded: readonly LoadedRun[]): Promise<RunRef | undefined> {
  const items = loaded.slice(0, 1000).map((each) => runItem(catalog, each));
  const byId = { label: `$(search) ${vscode.l10n.t("Find by run ID…")}`, description: "", detail: "", ref: undefined };
  const picked = await vscode.window.showQuickPick([byId, ...items], {
    title: vscode.l10n.t("Open Run"),
    placeHolder: vscode.l10n.t("Name or ID of a run"),
    matchOnDetail: true,
  });
  if (picked === undefined || picked.ref !== undefined) {
    return picked?.ref;
  }
  const runId = await vscode.window.showInputBox({
    title: vscode.l10n.t("Find Run by ID"),
    prompt: vscode.l10n.t("The run's ID, as MLflow shows it"),
    validateInput: (value) =>
      /^\s*[\w-]{1,64}\s*$/.test(value) ? undefined : vscode.l10n.t("An ID is made of letters, digits and hyphens."),
  });
  return runId === undefined ? undefined : findInAllStores(catalog, runId.trim());
}

async function findInAllStores(catalog: StoreCatalog, runId: string): Promise<RunRef | undefined> {
  const signal = neverCancelled();
  for (const { id } of catalog.entries()) {
    try {
      await catalog.use(id, signal, (store) => store.getRun(runId, signal));
      return { storeId: id, runId };
    } catch {
      // Not in this store, or the store cannot be read now; another may have it.
    }
  }
  void vscode.window.showInformationMessage(vscode.l10n.t("No store of this window has a run {0}.", runId));
  return undefined;
}
