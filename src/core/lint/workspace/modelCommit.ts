import type { CancelSignal } from "../../base/cancel";
import type { Product } from "../../config/product";
import type { RegistryReader } from "./lintPorts";
import { trackingUri } from "./trackingUri";
import { folderOf } from "./workspacePath";

/**
 * The commit of the run that made the version that a product's file describes, so that who wrote its code cannot approve it; null where no store at hand tells.
 * @param config the product's file, in the workspace.
 */
export async function modelCommit(
  registry: Pick<RegistryReader, "commitOf">,
  config: string,
  product: Product,
  signal: CancelSignal,
): Promise<string | null> {
  const { name, version, registry: kind = "mlflow" } = product.model ?? {};
  if (name === undefined || version === undefined || kind.toLowerCase() !== "mlflow") {
    return null;
  }
  const commit = await registry.commitOf(folderOf(config), trackingUri(product), name, version, signal);
  return commit.known ? commit.value : null;
}
