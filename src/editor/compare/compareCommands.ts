import * as vscode from "vscode";

import { AppError } from "../../core/base/appError";
import { oneLine } from "../../core/base/oneLine";
import { isBrowseNode, type BrowseNode } from "../../core/browse/node";
import { championOf, championsFor, demandRun, previousVersion } from "../../core/compare/findPartners";
import type { ModelVersion } from "../../core/tracking/registeredModel";
import type { StoreCatalog } from "../../core/tracking/storeCatalog";
import { runRefOf, type LoadedRun } from "../browse/pickRun";
import { neverCancelled } from "../platform/signals";
import type { RunRef } from "../platform/runRef";
import type { ComparePanels } from "./comparePanels";
import { uniqueRefs } from "./compareTarget";
import { pickRuns } from "./pickRuns";

export interface CompareCommandParts {
  readonly catalog: StoreCatalog;
  readonly compare: () => Promise<ComparePanels>;
  readonly loadedRuns: () => readonly LoadedRun[];
}

/** The runs that nodes stand for, each once: runs, facts of runs, and versions by the run that made them. */
export function runRefsOf(nodes: readonly (BrowseNode | RunRef)[]): readonly RunRef[] {
  return uniqueRefs(
    nodes.flatMap((node) => {
      const isVersion = isBrowseNode(node) && node.kind === "version";
      const ref = isVersion && node.version.runId !== null ? { storeId: node.storeId, runId: node.version.runId } : runRefOf(node);
      return ref ?? [];
    }),
  );
}

/** Compares the runs, after asking for more where they are fewer than two. */
export async function compareRuns(parts: CompareCommandParts, refs: readonly RunRef[]): Promise<void> {
  const chosen = refs.length > 1 ? refs : await pickRuns(parts.catalog, parts.loadedRuns(), { preselected: refs, fewest: 2 });
  if (chosen !== undefined) {
    (await parts.compare()).open(chosen);
  }
}

export async function addToComparison(parts: CompareCommandParts, refs: readonly RunRef[]): Promise<void> {
  const panels = await parts.compare();
  const there = panels.activeRuns() ?? [];
  const chosen = refs.length > 0 ? refs : await pickRuns(parts.catalog, parts.loadedRuns(), { without: there, fewest: 1 });
  if (chosen === undefined) {
    return;
  }
  const added = panels.addToActive(chosen);
  if (added === null) {
    panels.open(chosen);
  } else if (added === 0) {
    void vscode.window.showInformationMessage(vscode.l10n.t("The comparison has these runs already."));
  }
}

/** A run, or a version's run, against the run of the champion, which is the baseline. */
export async function compareWithChampion(parts: CompareCommandParts, target: BrowseNode | RunRef | undefined): Promise<void> {
  const [ref] = target === undefined ? [] : runRefsOf([target]);
  if (ref === undefined || target === undefined) {
    throw nothingSelected();
  }
  const signal = neverCancelled();
  const champions = await parts.catalog.use(ref.storeId, signal, async (store) => {
    if (isBrowseNode(target) && target.kind === "version") {
      const champion = await championOf(store, target.version.modelName, signal);
      return champion === null ? [] : [champion];
    }
    return championsFor(store, ref.runId, signal);
  });
  const champion = champions.length > 1 ? await pickVersion(champions) : champions[0];
  if (champions.length === 0) {
    throw new AppError("usage", vscode.l10n.t("No model of this store has a version with the alias champion."), {
      remedy: vscode.l10n.t("Give the alias champion to a version that a run logged, then try again."),
    });
  }
  if (champion !== undefined) {
    await openPair(parts, { storeId: ref.storeId, runId: demandRun(champion) }, ref, vscode.l10n.t("This is the champion itself."));
  }
}

/** A nested run against its parent, which is the baseline. */
export async function compareWithParent(parts: CompareCommandParts, target: BrowseNode | RunRef | undefined): Promise<void> {
  const [ref] = target === undefined ? [] : runRefsOf([target]);
  if (ref === undefined) {
    throw nothingSelected();
  }
  const signal = neverCancelled();
  const { parentRunId } = await parts.catalog.use(ref.storeId, signal, (store) => store.getRun(ref.runId, signal));
  if (parentRunId === null) {
    throw new AppError("usage", vscode.l10n.t("The run has no parent run."), {
      remedy: vscode.l10n.t("Choose a run that is nested in another one."),
    });
  }
  await openPair(parts, { storeId: ref.storeId, runId: parentRunId }, ref, vscode.l10n.t("The run is its own parent."));
}

/** A version's run against the run of the version before it, which is the baseline. */
export async function compareWithPrevious(parts: CompareCommandParts, target: BrowseNode | undefined): Promise<void> {
  if (target?.kind !== "version") {
    throw new AppError("usage", vscode.l10n.t("No model version is selected."), {
      remedy: vscode.l10n.t("Select a version in the Models view first."),
    });
  }
  const { storeId, version } = target;
  const runId = demandRun(version);
  const signal = neverCancelled();
  const previous = await parts.catalog.use(storeId, signal, (store) => previousVersion(store, version, signal));
  if (previous === null) {
    throw new AppError("usage", vscode.l10n.t("There is no version before {0} that a run logged.", version.version));
  }
  const same = vscode.l10n.t("The versions {0} and {1} were made by the same run.", previous.version, version.version);
  await openPair(parts, { storeId, runId: demandRun(previous) }, { storeId, runId }, same);
}

async function openPair(parts: CompareCommandParts, baseline: RunRef, ref: RunRef, ifSame: string): Promise<void> {
  if (baseline.runId === ref.runId) {
    throw new AppError("usage", ifSame, { remedy: vscode.l10n.t("There is nothing to compare.") });
  }
  (await parts.compare()).open([baseline, ref], { baseline });
}

async function pickVersion(versions: readonly ModelVersion[]): Promise<ModelVersion | undefined> {
  const items = versions.map((version) => ({
    label: oneLine(version.modelName),
    description: vscode.l10n.t("version {0}", version.version),
    version,
  }));
  const picked = await vscode.window.showQuickPick(items, {
    title: vscode.l10n.t("Compare with Champion"),
    placeHolder: vscode.l10n.t("Which model's champion?"),
  });
  return picked?.version;
}

function nothingSelected(): AppError {
  return new AppError("usage", vscode.l10n.t("No run is selected."), {
    remedy: vscode.l10n.t("Select a run in the Experiments view, or a version in the Models view, first."),
  });
}
