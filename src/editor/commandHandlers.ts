import * as vscode from "vscode";

import { AppError } from "../core/base/appError";
import type { BrowseOptionsHolder } from "../core/browse/browseOptions";
import type { ExperimentsBrowser } from "../core/browse/experimentsBrowser";
import type { ModelsBrowser } from "../core/browse/modelsBrowser";
import { isBrowseNode, type BrowseNode } from "../core/browse/node";
import { vocabularyOf } from "../core/browse/vocabulary";
import { copy, idOf, linkOf, nameOf, openInMlflow, setFavourite } from "./browse/nodeCommands";
import { pickRun, runRefOf } from "./browse/pickRun";
import { askFilter, askOrder } from "./browse/searchRuns";
import type { CommandHandlers } from "./commands";
import { createCompareHandlers } from "./compare/compareHandlers";
import { neverCancelled } from "./platform/signals";
import type { ExperimentRef, RunRef } from "./platform/runRef";
import { artifactUri } from "./runs/artifactFileSystem";
import { addStore, manageStores, setCredentials } from "./stores/storeCommands";
import type { WorkbenchParts } from "./workbenchParts";

export interface HandlerParts extends WorkbenchParts {
  readonly options: BrowseOptionsHolder;
  readonly experiments: ExperimentsBrowser;
  readonly models: ModelsBrowser;
  readonly log: vscode.LogOutputChannel;
}

/** Every command's handler. Each answers when its target is missing: with the view's selection, a question, or a sentence. */
export function createHandlers(parts: HandlerParts): CommandHandlers {
  const { shell, catalog, options, experiments, models } = parts;
  const extensionId = shell.context.extension.id;

  /** The nodes a command works on: what the tree passed, else the selection of the view that was used last. */
  const targets = (target?: BrowseNode, selection?: readonly BrowseNode[]): readonly BrowseNode[] => {
    if (selection !== undefined && selection.length > 0) {
      return selection;
    }
    if (target !== undefined) {
      return [target];
    }
    return shell.experiments.selection.length > 0 && shell.experiments.visible ? shell.experiments.selection : shell.models.selection;
  };
  const runOf = async (target?: BrowseNode | RunRef): Promise<RunRef | undefined> =>
    runRefOf(target ?? targets()[0]) ?? (target === undefined ? pickRun(catalog, experiments.loadedRuns()) : undefined);
  const busy = (view: string, work: () => Promise<void>): Thenable<void> =>
    vscode.window.withProgress({ location: { viewId: view } }, work);

  return {
    "mlops.view.refresh": async () => {
      await busy("mlops.experiments", async () => {
        await parts.discovery.run(neverCancelled());
        await Promise.all([experiments.refreshAll(neverCancelled()), models.refreshAll(neverCancelled())]);
      });
    },
    "mlops.view.groupByStore": () => options.update({ groupByStore: true }),
    "mlops.view.mergeStores": () => options.update({ groupByStore: false }),
    "mlops.stores.add": addStore,
    "mlops.stores.manage": () => manageStores(catalog),
    "mlops.stores.setCredentials": (target) => setCredentials(target, catalog, parts.credentials),
    "mlops.runs.search": async (filter) => {
      const asked = filter ?? (await askFilter(options.current.filter, vocabularyOf(experiments.loadedRuns().map(({ run }) => run))));
      if (asked !== undefined) {
        options.update({ filter: asked });
        await vscode.commands.executeCommand("mlops.experiments.focus");
      }
    },
    "mlops.runs.clearSearch": () => options.update({ filter: null }),
    "mlops.runs.sort": async () => {
      const order = await askOrder(options.current.orderBy, vocabularyOf(experiments.loadedRuns().map(({ run }) => run)));
      if (order !== undefined) {
        options.update({ orderBy: order });
      }
    },
    "mlops.runs.showDeleted": () => options.update({ showDeleted: true }),
    "mlops.runs.hideDeleted": () => options.update({ showDeleted: false }),
    "mlops.runs.openTable": async (target, selection) => {
      const { filter } = options.current;
      const chosen = isBrowseNode(target) || target === undefined ? experimentRefs(targets(target, selection)) : [target];
      const refs = chosen.length > 0 ? chosen : experimentRefs(await experiments.allExperiments(neverCancelled()));
      if (refs.length === 0) {
        throw new AppError("usage", vscode.l10n.t("There is no experiment to show."), { remedy: vscode.l10n.t("Add a store first.") });
      }
      (await parts.runsTable()).open({ experiments: refs, ...(filter === null ? {} : { filter }) });
    },
    ...createCompareHandlers({
      catalog,
      compare: parts.compare,
      runsTable: parts.runsTable,
      loadedRuns: () => experiments.loadedRuns(),
      targets,
    }),
    "mlops.run.open": async (target) => {
      const ref = await runOf(target);
      if (ref !== undefined) {
        (await parts.runPage()).open(ref);
      }
    },
    "mlops.run.reveal": async (target) => {
      const ref = await runOf(target);
      if (ref !== undefined) {
        const node = await experiments.findRun(ref.storeId, ref.runId, neverCancelled());
        await shell.experiments.reveal(node, { select: true, focus: true });
      }
    },
    "mlops.run.showCommitDiff": async (target) => {
      const ref = await runOf(target);
      if (ref !== undefined) {
        await (await parts.commitDiff()).show(ref);
      }
    },
    "mlops.node.copyName": (target, selection) => copy(targets(target, selection), (node) => nameOf(node, catalog)),
    "mlops.node.copyId": (target, selection) => copy(targets(target, selection), (node) => idOf(node, catalog)),
    "mlops.node.copyValue": (target, selection) =>
      copy(targets(target, selection), (node) => (node.kind === "fact" ? node.value : undefined)),
    "mlops.node.copyLink": (target, selection) => copy(targets(target, selection), (node) => linkOf(node, catalog, extensionId)),
    "mlops.node.openInMlflow": async (target) => {
      const node = targets(target)[0];
      if (node !== undefined) {
        await openInMlflow(node, catalog);
      }
    },
    "mlops.node.addFavourite": (target, selection) => setFavourite(targets(target, selection), true, options),
    "mlops.node.removeFavourite": (target, selection) => setFavourite(targets(target, selection), false, options),
    "mlops.node.retry": async (target) => {
      if (target?.kind === "error") {
        await busy("mlops.experiments", () => (target.key.startsWith("models:") ? models : experiments).retry(target, neverCancelled()));
      }
    },
    "mlops.node.loadMore": async (target) => {
      if (target?.kind === "more") {
        const isModels = target.key.startsWith("model");
        await busy(isModels ? "mlops.models" : "mlops.experiments", () =>
          (isModels ? models : experiments).loadMore(target, neverCancelled()),
        );
      }
    },
    "mlops.artifact.open": async (target) => {
      if (target?.kind === "artifact") {
        await vscode.commands.executeCommand("vscode.open", artifactUri(target.storeId, target.owner, target.entry.path));
      }
    },
    "mlops.log.show": () => shell.log.show(),
  };
}

/** The experiments meant by some nodes: themselves, or those of runs. */
function experimentRefs(nodes: readonly BrowseNode[]): readonly ExperimentRef[] {
  const refs = nodes.flatMap((node): ExperimentRef[] =>
    node.kind === "experiment"
      ? [{ storeId: node.storeId, experimentId: node.experiment.experimentId }]
      : node.kind === "run"
        ? [{ storeId: node.storeId, experimentId: node.run.experimentId }]
        : [],
  );
  return [...new Map(refs.map((ref) => [`${ref.storeId} ${ref.experimentId}`, ref])).values()];
}
