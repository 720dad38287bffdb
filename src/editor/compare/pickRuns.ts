import * as vscode from "vscode";

import { AppError } from "../../core/base/appError";
import type { StoreCatalog } from "../../core/tracking/storeCatalog";
import { runItem, type LoadedRun } from "../browse/pickRun";
import type { RunRef } from "../platform/runRef";
import { refKey } from "./compareTarget";

/** More than anybody reads through; typing a name narrows them down, and the tree and the table have all. */
const MAX_ITEMS = 2000;

const NEWEST_OF_STORE = 200;
const MAX_EXPERIMENTS = 1000;
/** How long a slow store can keep the list from being shown, in milliseconds. */
const PATIENCE = 4000;

interface PickItem extends vscode.QuickPickItem {
  readonly ref: RunRef;
}

export interface PickRunsOptions {
  readonly preselected?: readonly RunRef[];
  /** Runs that are not offered. */
  readonly without?: readonly RunRef[];
  readonly fewest: number;
}

/** Asks for several of the window's runs: those that the trees have read, and the newest of each store. Undefined when the user gave up. */
export async function pickRuns(
  catalog: StoreCatalog,
  loaded: readonly LoadedRun[],
  { preselected = [], without = [], fewest }: PickRunsOptions,
): Promise<readonly RunRef[] | undefined> {
  const enough = new AbortController();
  const timer = setTimeout(() => enough.abort(), PATIENCE);
  try {
    const picked = await vscode.window.showQuickPick(readItems(catalog, loaded, { preselected, without }, enough.signal), {
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
  } finally {
    clearTimeout(timer);
    enough.abort();
  }
}

/** @throws AppError where there is nothing to choose from. */
async function readItems(
  catalog: StoreCatalog,
  loaded: readonly LoadedRun[],
  { preselected, without }: Required<Pick<PickRunsOptions, "preselected" | "without">>,
  signal: AbortSignal,
): Promise<PickItem[]> {
  const left = new Set(without.map(refKey));
  const chosen = new Set(preselected.map(refKey));
  const all = new Map<string, LoadedRun>();
  for (const each of [...loaded, ...(await newestRuns(catalog, signal))]) {
    all.set(refKey({ storeId: each.storeId, runId: each.run.runId }), each);
  }
  const items = [...all.values()]
    .sort((a, b) => (b.run.startTime ?? 0) - (a.run.startTime ?? 0))
    .map((each) => runItem(catalog, each))
    .filter(({ ref }) => !left.has(refKey(ref)))
    .map((item) => ({ ...item, picked: chosen.has(refKey(item.ref)) }))
    .sort((a, b) => Number(b.picked) - Number(a.picked))
    .slice(0, MAX_ITEMS);
  if (items.length === 0) {
    throw new AppError("usage", vscode.l10n.t("There is no run that could be compared."), {
      remedy: vscode.l10n.t("Open a folder with an MLflow store, or add a server, first."),
    });
  }
  return items;
}

/** The newest runs of every store that answers; what another says is shown in the trees. */
async function newestRuns(catalog: StoreCatalog, signal: AbortSignal): Promise<readonly LoadedRun[]> {
  const found = await Promise.all(
    catalog.entries().map(async ({ id }) => {
      try {
        return await catalog.use(id, signal, async (store) => {
          const { items } = await store.searchExperiments({ lifecycle: "active", pageSize: MAX_EXPERIMENTS }, signal);
          const experimentIds = items.map(({ experimentId }) => experimentId);
          const page = await store.searchRuns({ experimentIds, lifecycle: "active", pageSize: NEWEST_OF_STORE }, signal);
          return page.items.map((run) => ({ storeId: id, run }));
        });
      } catch {
        return [];
      }
    }),
  );
  return found.flat();
}
