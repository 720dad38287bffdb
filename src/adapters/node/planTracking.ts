import { existsSync } from "node:fs";
import { resolve } from "node:path";

import { folderOf } from "../../core/lint/workspace/workspacePath";
import type { RetrainPlan } from "../../core/training/retrainPlan";
import type { TrainSpec } from "../../core/training/trainSpec";
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
  const location = storeOf({ ...spec, config, tracking: { ...spec.tracking, uri } });
  const experiment = told["MLFLOW_EXPERIMENT_NAME"] ?? spec.tracking.experiment;
  return { location, experiment };
}

/**
 * The store that a product's file names, else the nearest one; null where there is none, as before the first training makes it.
 * @throws AppError `usage` for a kind that cannot be read.
 */
export function storeOf({
  root,
  folder,
  config,
  tracking,
}: Pick<TrainSpec, "root" | "folder" | "config" | "tracking">): StoreLocation | null {
  if (tracking.uri === null) {
    return nearestStore(root, folderOf(config));
  }
  const location = parseStoreUri(tracking.uri, (path) => resolve(folder, path));
  return location.kind !== "rest" && !existsSync(location.path) ? null : location;
}
