import type { CancelSignal } from "../../core/base/cancel";
import type { Product } from "../../core/config/product";
import type { WorkspaceFiles } from "../../core/lint/workspace/lintPorts";
import { configKindOf } from "../../core/lint/workspace/lintTarget";
import { readProductAt } from "../../core/lint/workspace/readProduct";
import { checkEvery, type ScheduledProduct } from "../../core/monitoring/checkSchedule";

/** A product of the workspace that is monitored. `config` is relative to `root`. */
export interface WatchedProduct extends ScheduledProduct {
  /** Absolute path of the folder of the workspace. */
  readonly root: string;
  readonly product: Product;
  /** As the registry calls it. */
  readonly model: string;
  /** Whether its file says when it is to be checked. */
  readonly hasSchedule: boolean;
}

/** A folder of the workspace, as far as finding products goes. */
export interface ProductFolder {
  readonly root: string;
  readonly files: Pick<WorkspaceFiles, "list" | "readText">;
}

/** All monitored products of a folder, by path. A file that cannot be read is none: lint tells why. */
export async function findWatched({ root, files }: ProductFolder, signal: CancelSignal): Promise<readonly WatchedProduct[]> {
  const found: WatchedProduct[] = [];
  for (const config of await files.list(signal)) {
    const product = configKindOf(config) === "product" ? await readProductAt(config, files, signal) : null;
    const watched = product === null ? null : toWatched(root, config, product);
    found.push(...(watched === null ? [] : [watched]));
  }
  return found;
}

/** Null for a product that is not monitored, or no longer in use. */
function toWatched(root: string, config: string, product: Product): WatchedProduct | null {
  const every = checkEvery(product);
  if (every === null || product.stage === "retired") {
    return null;
  }
  const name = product.name ?? config;
  return {
    root,
    config,
    name,
    product,
    every,
    model: product.model?.name ?? name,
    hasSchedule: product.monitoring?.checks?.every !== undefined,
  };
}

/** A product's file on disk, with forward slashes on every system. */
export function configPath({ root, config }: Pick<WatchedProduct, "root" | "config">): string {
  return `${plainPath(root).replace(/\/$/, "")}/${config}`;
}

/** A path as paths are compared here. */
export function plainPath(path: string): string {
  return path.replaceAll("\\", "/");
}
