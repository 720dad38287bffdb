import type { BrowseNode } from "../core/browse/node";
import type { ExperimentRef, RunRef } from "./platform/runRef";

/**
 * All commands with their arguments. A command that a tree calls gets the node and the whole selection; called from the
 * palette or a key it gets nothing and works on the selection of the view, or asks.
 */
export interface CommandArguments {
  "mlops.view.refresh": [];
  "mlops.view.groupByStore": [];
  "mlops.view.mergeStores": [];
  "mlops.stores.add": [];
  "mlops.stores.manage": [];
  "mlops.stores.setCredentials": [target?: BrowseNode];
  "mlops.runs.search": [filter?: string];
  "mlops.runs.clearSearch": [];
  "mlops.runs.sort": [];
  "mlops.runs.showDeleted": [];
  "mlops.runs.hideDeleted": [];
  "mlops.runs.openTable": [target?: BrowseNode | ExperimentRef, selection?: readonly BrowseNode[]];
  "mlops.runs.compare": [target?: BrowseNode | RunRef, selection?: readonly (BrowseNode | RunRef)[]];
  "mlops.runs.addToComparison": [target?: BrowseNode | RunRef, selection?: readonly BrowseNode[]];
  "mlops.runs.compareWithChampion": [target?: BrowseNode | RunRef];
  "mlops.runs.compareWithParent": [target?: BrowseNode | RunRef];
  "mlops.versions.compareWithPrevious": [target?: BrowseNode];
  "mlops.run.open": [target?: BrowseNode | RunRef];
  "mlops.run.reveal": [target?: BrowseNode | RunRef];
  "mlops.run.showCommitDiff": [target?: BrowseNode | RunRef];
  "mlops.node.copyName": [target?: BrowseNode, selection?: readonly BrowseNode[]];
  "mlops.node.copyId": [target?: BrowseNode, selection?: readonly BrowseNode[]];
  "mlops.node.copyValue": [target?: BrowseNode, selection?: readonly BrowseNode[]];
  "mlops.node.copyLink": [target?: BrowseNode, selection?: readonly BrowseNode[]];
  "mlops.node.openInMlflow": [target?: BrowseNode];
  "mlops.node.addFavourite": [target?: BrowseNode, selection?: readonly BrowseNode[]];
  "mlops.node.removeFavourite": [target?: BrowseNode, selection?: readonly BrowseNode[]];
  "mlops.node.retry": [target?: BrowseNode];
  "mlops.node.loadMore": [target?: BrowseNode];
  "mlops.artifact.open": [target?: BrowseNode];
  "mlops.log.show": [];
}

export type CommandId = keyof CommandArguments;

/** One handler a command; the mapped type makes a forgotten one a compile error. */
export type CommandHandlers = { readonly [K in CommandId]: (...args: CommandArguments[K]) => Promise<void> | void };

// The record's type forces the list to be complete; it is what activation registers before any handler is loaded.
const IDS: Readonly<Record<CommandId, true>> = {
  "mlops.view.refresh": true,
  "mlops.view.groupByStore": true,
  "mlops.view.mergeStores": true,
  "mlops.stores.add": true,
  "mlops.stores.manage": true,
  "mlops.stores.setCredentials": true,
  "mlops.runs.search": true,
  "mlops.runs.clearSearch": true,
  "mlops.runs.sort": true,
  "mlops.runs.showDeleted": true,
  "mlops.runs.hideDeleted": true,
  "mlops.runs.openTable": true,
  "mlops.runs.compare": true,
  "mlops.runs.addToComparison": true,
  "mlops.runs.compareWithChampion": true,
  "mlops.runs.compareWithParent": true,
  "mlops.versions.compareWithPrevious": true,
  "mlops.run.open": true,
  "mlops.run.reveal": true,
  "mlops.run.showCommitDiff": true,
  "mlops.node.copyName": true,
  "mlops.node.copyId": true,
  "mlops.node.copyValue": true,
  "mlops.node.copyLink": true,
  "mlops.node.openInMlflow": true,
  "mlops.node.addFavourite": true,
  "mlops.node.removeFavourite": true,
  "mlops.node.retry": true,
  "mlops.node.loadMore": true,
  "mlops.artifact.open": true,
  "mlops.log.show": true,
};

export const COMMAND_IDS = Object.keys(IDS) as readonly CommandId[];
