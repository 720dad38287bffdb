import * as vscode from "vscode";

import { readPricedFolder } from "../adapters/node/readPricedFolder";
import { NEVER_CANCELLED, unlessCancelled } from "../core/base/cancel";
import { priceRun, type PricedFolder, type RunPricer } from "../core/cost/priceRun";
import { EMPTY_POLICY } from "../core/config/policy";
import { createPacer } from "../editor/compare/createPacer";

/** Prices and products change seldom; a page that is looked at longer says the price of half a minute ago. */
const FRESH_MS = 30_000;

/** What single runs cost, by the policies and products of the folders that are open. @param now milliseconds since 1970. */
export function openRunPrices(now: () => number): RunPricer {
  let known: { readonly at: number; readonly folders: Promise<readonly PricedFolder[]> } | undefined;
  const folders = (): Promise<readonly PricedFolder[]> => {
    if (known === undefined || now() - known.at > FRESH_MS) {
      const roots = (vscode.workspace.workspaceFolders ?? []).filter(({ uri }) => uri.scheme === "file").map(({ uri }) => uri.fsPath);
      const reading = { at: now(), folders: Promise.all(roots.map((root) => readPricedFolder(root, createPacer(), NEVER_CANCELLED))) };
      known = reading;
      reading.folders.catch(() => (known = known === reading ? undefined : known));
    }
    return known.folders;
  };
  return {
    price: async (run, place, signal) => {
      const priced = await priceRun(run, place, await unlessCancelled(folders(), signal), now(), signal);
      return priced ?? { cost: null, ms: null, instance: null, note: null, gpuBelow: EMPTY_POLICY.idle.gpuBelow };
    },
  };
}
