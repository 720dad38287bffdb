import { readdirSync, statSync } from "node:fs";
import { join, resolve } from "node:path";

import { AppError } from "../../core/base/appError";
import type { CancelSignal } from "../../core/base/cancel";
import { oneLine } from "../../core/base/oneLine";
import type { Store } from "../../core/tracking/store";
import { FileStore } from "./fileStore";
import { listFolderNames, reasonOf, stampOf } from "./files";

/**
 * Opens an `mlruns` folder, or the one in the given folder, read-only.
 * @throws AppError `store/not-found`, `store/not-mlflow`, `store/unreadable`.
 */
export async function openFileStore(path: string, signal: CancelSignal): Promise<Store> {
  signal.throwIfAborted();
  const folder = resolve(path);
  const root = [folder, join(folder, "mlruns")].find(holdsStore);
  if (root === undefined) {
    throw whyNot(folder);
  }
  return Promise.resolve(new FileStore(root));
}

/**
 * Experiments have a `meta.yaml` one level down. A folder `mlruns` beside a database holds artifacts only and has none;
 * an experiment's own folder has one at its top.
 */
function holdsStore(folder: string): boolean {
  const hasMeta = (path: string): boolean => stampOf(join(path, "meta.yaml")).mtime !== 0;
  const hasMetaBelow = (path: string): boolean => listFolderNames(path).some((name) => hasMeta(join(path, name)));
  return !hasMeta(folder) && (hasMetaBelow(folder) || hasMetaBelow(join(folder, ".trash")) || hasMetaBelow(join(folder, "models")));
}

function whyNot(folder: string): AppError {
  const shown = oneLine(folder, 300);
  const notMlflow = (reason: string, remedy: string): AppError =>
    new AppError("store/not-mlflow", `"${shown}" is no MLflow folder: ${reason}.`, { remedy });
  try {
    if (!statSync(folder).isDirectory()) {
      return notMlflow("it is a file", "Give the mlruns folder, or an mlflow.db.");
    }
    readdirSync(folder);
  } catch (error) {
    const isMissing = error instanceof Error && "code" in error && (error.code === "ENOENT" || error.code === "ENOTDIR");
    return isMissing
      ? new AppError("store/not-found", `The folder "${shown}" does not exist.`, { remedy: "Check the path.", cause: error })
      : new AppError("store/unreadable", `The folder "${shown}" could not be read: ${reasonOf(error)}.`, {
          remedy: "Check its permissions.",
          cause: error,
        });
  }
  if (stampOf(join(folder, "meta.yaml")).mtime !== 0) {
    return notMlflow("it is one experiment or run of a store", "Give the mlruns folder that holds it.");
  }
  return notMlflow(
    "no folder in it has a meta.yaml with an experiment",
    "Where MLflow writes to a database, mlruns holds artifacts only: open the mlflow.db beside it.",
  );
}
