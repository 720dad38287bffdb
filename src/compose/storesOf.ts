import * as vscode from "vscode";

import { findStores } from "../adapters/node/findStores";
import type { CancelSignal } from "../core/base/cancel";
import { parseStoreUri, storeIdOf, type StoreLocation } from "../core/tracking/storeLocation";
import { readSettings } from "../editor/platform/settings";
import { environmentOf, toAbsolute } from "./serverAccess";

/** Stores that lie in a folder of the workspace, beside those that its products name, or that its environment names; those of the settings belong to the first folder, so that none counts twice. */
export async function storesOf(root: string, signal: CancelSignal): Promise<readonly StoreLocation[]> {
  const { isTrusted, workspaceFolders = [] } = vscode.workspace;
  const { stores } = await findStores(root, null, signal);
  const environment = isTrusted ? (await environmentOf(root))["MLFLOW_TRACKING_URI"] : undefined;
  const settings = workspaceFolders[0]?.uri.fsPath === root ? readSettings().stores.map(({ uri }) => uri) : [];
  const named = [...(environment === undefined ? [] : [environment]), ...settings].flatMap((uri) => locationOf(uri, root) ?? []);
  const all = [...stores.map(({ location }) => location), ...named];
  return [...new Map(all.map((location) => [storeIdOf(location), location])).values()];
}

/** Null for what is none: the trees say why. */
function locationOf(uri: string, root: string): StoreLocation | null {
  try {
    return parseStoreUri(uri, (path) => toAbsolute(root, path));
  } catch {
    return null;
  }
}
