import { attempt } from "../../core/base/attempt";
import type { CancelSignal } from "../../core/base/cancel";
import type { Pacer } from "../../core/base/steps";
import { toCostedProduct } from "../../core/cost/costedProduct";
import type { PricedFolder } from "../../core/cost/priceRun";
import { placeProducts, storeIdOfProduct } from "../../core/health/placedProduct";
import { findPolicy } from "../../core/lint/workspace/findPolicy";
import { memoFiles } from "../../core/lint/workspace/memoFiles";
import { openJobFolders } from "./jobFolders";
import { locateStore } from "./overviewSources";
import { openWorkspaceFiles } from "./workspaceFiles";

/** What a folder on disk says of prices. @param root absolute. */
export async function readPricedFolder(root: string, pacer: Pacer, signal: CancelSignal): Promise<PricedFolder> {
  const files = memoFiles(openWorkspaceFiles(root, () => Promise.resolve(null)));
  const world = { files, pacer, locate: (folder: string, uri: string | null) => locateStore(root, folder, uri) };
  const [policy, placed] = await Promise.all([findPolicy("", files, signal), placeProducts(world, signal)]);
  const jobs = openJobFolders(root);
  return {
    policy,
    products: placed.map((one) => toCostedProduct(one.product, one.config, storeIdOfProduct(one))),
    instanceOf: async (id, config, cancel) =>
      (await attempt(jobs.plan({ id, config }, cancel), () => null, cancel))?.spec.resources.instance ?? null,
  };
}
