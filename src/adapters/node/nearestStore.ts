import { existsSync } from "node:fs";
import { join } from "node:path";

import { foldersUp } from "../../core/lint/workspace/workspacePath";
import type { StoreLocation } from "../../core/tracking/storeLocation";

/**
 * The store that MLflow makes where nobody names one: in the folder or the nearest one above.
 * @param root absolute path of the workspace; @param folder in it, with forward slashes.
 */
export function nearestStore(root: string, folder: string): StoreLocation | null {
  for (const place of foldersUp(folder)) {
    const database = join(root, place, "mlflow.db");
    const runs = join(root, place, "mlruns");
    if (existsSync(database)) {
      return { kind: "sqlite", path: database };
    }
    if (existsSync(runs)) {
      return { kind: "file", path: runs };
    }
  }
  return null;
}
