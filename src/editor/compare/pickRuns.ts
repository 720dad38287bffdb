import * as vscode from "vscode";

import { AppError } from "../../core/base/appError";
import { oneLine } from "../../core/base/oneLine";
import { formatNumber } from "../../core/browse/formatValues";
import { headlineMetrics } from "../../core/browse/headlineMetrics";
import type { Run } from "../../core/tracking/run";
import type { StoreCatalog } from "../../core/tracking/storeCatalog";
import type { StoreId } from "../../core/tracking/storeLocation";
import type { RunRef } from "../platform/runRef";
import { refKey } from "./compareTarget";

/** More than anybody reads through; typing a name narrows them down, and the tree and the table have all. */
const MAX_ITEMS = 2000;

export interface PickRunsOptions {
  readonly preselected?: readonly RunRef[];
  /** Runs that are not offered. */
  readonly without?: readonly RunRef[];
  readonly fewest: number;
}

/** Asks for several of the runs that the trees have read. Undefined when the user gave up. */
export async function pickRuns(
  catalog: StoreCatalog,
  loaded: readonly { readonly storeId: StoreId; readonly run: Run }[],
  { preselected = [], without = [], fewest }: PickRunsOptions,
): Promise<readonly RunRef[] | undefined> {
  const left = new Set(without.map(refKey));
  const chosen = new Set(preselected.map(refKey));
  const items = loaded
    .map(({ storeId, run }) => ({
      label: oneLine(run.name === "" ? run.runId : run.name),
      description: headlineMetrics(run, [])
        .map(({ key, value }) => `${oneLine(key, 30)} ${formatNumber(value)}`)
        .join(" · "),
      detail: `${run.runId} · ${catalog.entry(storeId)?.label ?? storeId}`,
      ref: { storeId, runId: run.runId },
    }))
    .filter(({ ref }) => !left.has(refKey(ref)))
    .map((item) => ({ ...item, picked: chosen.has(refKey(item.ref)) }))
    .sort((a, b) => Number(b.picked) - Number(a.picked))
    .slice(0, MAX_ITEMS);
  if (items.length === 0) {
    throw new AppError("usage", vscode.l10n.t("No run has been read yet that could be compared."), {
      remedy: vscode.l10n.t("Open an experiment in the Experiments view first, then select its runs."),
    });
  }
  const picked = await vscode.window.showQuickPick(items, {
    canPickMany: true,
    matchOnDescription: true,
    matchOnDetail: true,
    title: fewest > 1 ? vscode.l10n.t("Compare Runs") : vscode.l10n.t("Add Runs to the Comparison"),
    placeHolder: fewest > 1 ? vscode.l10n.t("Choose two runs or more") : vscode.l10n.t("Choose the runs to add"),
  });
  if (picked === undefined || picked.length === 0) {
    return undefined;
  }
  if (picked.length < fewest) {
    throw new AppError("usage", vscode.l10n.t("A comparison needs two runs or more."), {
      remedy: vscode.l10n.t("Choose another run as well."),
    });
  }
  return picked.map(({ ref }) => ref);
}
