import * as vscode from "vscode";

import { openJobFolders } from "../adapters/node/jobFolders";
import { locateStore } from "../adapters/node/overviewSources";
import { openWorkspaceFiles } from "../adapters/node/workspaceFiles";
import { attempt } from "../core/base/attempt";
import { NEVER_CANCELLED, unlessCancelled } from "../core/base/cancel";
import { toCostedProduct } from "../core/cost/costedProduct";
import { priceRun, type PricedFolder, type RunPricer } from "../core/cost/priceRun";
import { EMPTY_POLICY } from "../core/config/policy";
import { placeProducts, storeIdOfProduct } from "../core/health/placedProduct";
import { findPolicy } from "../core/lint/workspace/findPolicy";
import { memoFiles } from "../core/lint/workspace/memoFiles";
import { createPacer } from "../editor/compare/createPacer";

/** Prices and products change seldom; a page that is looked at longer says the price of half a minute ago. */
const FRESH_MS = 30_000;

/** What single runs cost, by the policies and products of the folders that are open. @param now milliseconds since 1970. */
export function openRunPrices(now: () => number): RunPricer {
  let known: { readonly at: number; readonly folders: Promise<readonly PricedFolder[]> } | undefined;
  const folders = (): Promise<readonly PricedFolder[]> => {
    if (known === undefined || now() - known.at > FRESH_MS) {
      const roots = (vscode.workspace.workspaceFolders ?? []).filter(({ uri }) => uri.scheme === "file").map(({ uri }) => uri.fsPath);
      const reading = { at: now(), folders: Promise.all(roots.map((root) => readFolder(root))) };
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

async function readFolder(root: string): Promise<PricedFolder> {
  const files = memoFiles(openWorkspaceFiles(root, () => Promise.resolve(null)));
  const world = { files, pacer: createPacer(), locate: (folder: string, uri: string | null) => locateStore(root, folder, uri) };
  const [policy, placed] = await Promise.all([findPolicy("", files, NEVER_CANCELLED), placeProducts(world, NEVER_CANCELLED)]);
  const jobs = openJobFolders(root);
  return {
    policy,
    products: placed.map((one) => toCostedProduct(one.product, one.config, storeIdOfProduct(one))),
    instanceOf: async (id, config, cancel) =>
      (await attempt(jobs.plan({ id, config }, cancel), () => null, cancel))?.spec.resources.instance ?? null,
  };
}
