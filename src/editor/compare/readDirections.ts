import { dirname } from "node:path";

import * as vscode from "vscode";

import type { CancelSignal } from "../../core/base/cancel";
import { readKpiDirections } from "../../core/compare/kpiDirections";
import type { StoreCatalog } from "../../core/tracking/storeCatalog";
import type { StoreId } from "../../core/tracking/storeLocation";
import type { CompareDirection } from "../../protocol/compare";

const NAMES = ["mlops.yaml", "mlops.yml"];

/** Which metrics an mlops.yaml beside the stores, or at the root of a workspace folder, wants to be high or low; the first one to say so counts. */
export async function readDirections(
  catalog: StoreCatalog,
  storeIds: readonly StoreId[],
  signal: CancelSignal,
): Promise<ReadonlyMap<string, CompareDirection>> {
  const beside = storeIds.flatMap((id) => {
    const location = catalog.entry(id)?.location;
    return location === undefined || location.kind === "rest" ? [] : [vscode.Uri.file(dirname(location.path))];
  });
  const folders = new Map(
    [...beside, ...(vscode.workspace.workspaceFolders ?? []).map(({ uri }) => uri)].map((uri) => [uri.toString(), uri]),
  );
  const directions = new Map<string, CompareDirection>();
  for (const folder of folders.values()) {
    for (const name of NAMES) {
      signal.throwIfAborted();
      for (const [metric, direction] of readKpiDirections(await textOf(vscode.Uri.joinPath(folder, name)))) {
        if (!directions.has(metric)) {
          directions.set(metric, direction);
        }
      }
    }
  }
  return directions;
}

async function textOf(uri: vscode.Uri): Promise<string> {
  try {
    return new TextDecoder().decode(await vscode.workspace.fs.readFile(uri));
  } catch {
    // Most folders have no such file; the names of the metrics tell as well.
    return "";
  }
}
