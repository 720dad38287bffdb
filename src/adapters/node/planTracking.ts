import { resolve } from "node:path";

import { folderOf } from "../../core/lint/workspace/workspacePath";
import type { RetrainPlan } from "../../core/training/retrainPlan";
import { parseStoreUri, type StoreLocation } from "../../core/tracking/storeLocation";
import { nearestStore } from "./nearestStore";

/**
 * Where the runs of a plan go: the store that its command is told, else the one that the product's file names, else the one that the
 * product's folder holds by now, since a training may make the first.
 * @returns null where there is none. @throws AppError `usage` for a store of a kind that cannot be read.
 */
export function planTracking({ action, spec, config }: RetrainPlan): {
  readonly location: StoreLocation | null;
  readonly experiment: string | null;
} {
  const told = action.kind === "command" ? action.env : {};
  const uri = told["MLFLOW_TRACKING_URI"] ?? spec.tracking.uri;
  const experiment = told["MLFLOW_EXPERIMENT_NAME"] ?? spec.tracking.experiment;
  return {
    location: uri === null ? nearestStore(spec.root, folderOf(config)) : parseStoreUri(uri, (path) => resolve(spec.folder, path)),
    experiment,
  };
}
