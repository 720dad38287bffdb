import type * as vscode from "vscode";

import type { BrowseNode } from "../../core/browse/node";
import type { MonitoringNode } from "../monitoring/monitoringNode";

/** Commands of drift and monitoring with their arguments, apart from those of the trees, so that neither loads the other. */
export interface DriftCommandArguments {
  /** Two files from the explorer, or none: then it asks. */
  "mlops.drift.compareFiles": [file?: vscode.Uri, selection?: readonly vscode.Uri[]];
  /** A product by a node, a model by its node, or the path of its mlops.yaml; asks where it is not clear. */
  "mlops.drift.show": [target?: DriftCommandTarget];
  "mlops.drift.writeNote": [target?: DriftCommandTarget];
  "mlops.monitoring.check": [target?: DriftCommandTarget];
  "mlops.monitoring.checkAll": [];
  "mlops.monitoring.refresh": [];
  "mlops.monitoring.filter": [];
  "mlops.monitoring.clearFilter": [];
  "mlops.monitoring.openConfig": [target?: DriftCommandTarget];
  /** Adds the block `monitoring` to an mlops.yaml that has none. */
  "mlops.monitoring.add": [];
  "mlops.monitoring.addToGithubActions": [];
  "mlops.monitoring.addToAirflow": [];
}

/** `MonitoringNode` of the overview, a model of the models tree, or the absolute path of an mlops.yaml. */
export type DriftCommandTarget = MonitoringNode | BrowseNode | string | vscode.Uri;

export type DriftCommandId = keyof DriftCommandArguments;

/** One handler a command; the mapped type makes a forgotten one a compile error. */
export type DriftCommandHandlers = { readonly [K in DriftCommandId]: (...args: DriftCommandArguments[K]) => Promise<void> | void };

// The record's type forces the list to be complete; it is what activation registers before any handler is loaded.
const IDS: Readonly<Record<DriftCommandId, true>> = {
  "mlops.drift.compareFiles": true,
  "mlops.drift.show": true,
  "mlops.drift.writeNote": true,
  "mlops.monitoring.check": true,
  "mlops.monitoring.checkAll": true,
  "mlops.monitoring.refresh": true,
  "mlops.monitoring.filter": true,
  "mlops.monitoring.clearFilter": true,
  "mlops.monitoring.openConfig": true,
  "mlops.monitoring.add": true,
  "mlops.monitoring.addToGithubActions": true,
  "mlops.monitoring.addToAirflow": true,
};

export const DRIFT_COMMAND_IDS = Object.keys(IDS) as readonly DriftCommandId[];
