import type * as vscode from "vscode";

import type { BrowseNode } from "../../core/browse/node";
import type { RetrainHandOver } from "../../core/drift/view/toHandOver";
import type { MonitoringNode } from "../monitoring/monitoringNode";
import type { RunRef } from "../platform/runRef";
import type { JobItemNode } from "./jobNode";

/** What a training is asked for with: why (from drift), a model, version or run, a line of the overview, or a product's file. */
export type RetrainArgument = RetrainHandOver | BrowseNode | RunRef | MonitoringNode | vscode.Uri | string;

/** Commands of trainings with their arguments, apart from the others, so that neither loads the other. */
export interface TrainingCommandArguments {
  "mlops.retrain": [target?: RetrainArgument];
  "mlops.jobs.open": [job?: JobItemNode];
  "mlops.jobs.openLog": [job?: JobItemNode];
  "mlops.jobs.openPlan": [job?: JobItemNode];
  "mlops.jobs.cancel": [job?: JobItemNode];
  "mlops.jobs.again": [job?: JobItemNode];
  "mlops.jobs.compare": [job?: JobItemNode];
  "mlops.jobs.copyId": [job?: JobItemNode];
  "mlops.jobs.refresh": [];
  "mlops.jobs.loadMore": [];
  "mlops.training.checkData": [target?: RetrainArgument];
  "mlops.training.addAutomation": [target?: RetrainArgument];
  "mlops.training.writeRunbook": [target?: RetrainArgument];
  "mlops.training.setLogin": [];
  "mlops.proposal.write": [document?: vscode.Uri];
  "mlops.proposal.discard": [document?: vscode.Uri];
}

export type TrainingCommandId = keyof TrainingCommandArguments;

/** One handler a command; the mapped type makes a forgotten one a compile error. */
export type TrainingCommandHandlers = { readonly [K in TrainingCommandId]: (...args: TrainingCommandArguments[K]) => Promise<void> | void };

// The record's type forces the list to be complete; it is what activation registers before any handler is loaded.
const IDS: Readonly<Record<TrainingCommandId, true>> = {
  "mlops.retrain": true,
  "mlops.jobs.open": true,
  "mlops.jobs.openLog": true,
  "mlops.jobs.openPlan": true,
  "mlops.jobs.cancel": true,
  "mlops.jobs.again": true,
  "mlops.jobs.compare": true,
  "mlops.jobs.copyId": true,
  "mlops.jobs.refresh": true,
  "mlops.jobs.loadMore": true,
  "mlops.training.checkData": true,
  "mlops.training.addAutomation": true,
  "mlops.training.writeRunbook": true,
  "mlops.training.setLogin": true,
  "mlops.proposal.write": true,
  "mlops.proposal.discard": true,
};

export const TRAINING_COMMAND_IDS = Object.keys(IDS) as readonly TrainingCommandId[];
