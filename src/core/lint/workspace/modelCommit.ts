import type { CancelSignal } from "../../base/cancel";
import type { Product } from "../../config/product";
import { indexed } from "../indexed";
import type { RegistryReader } from "./lintPorts";
import { folderOf } from "./workspacePath";

/**
 * The commit of the run that made the version that a product's file describes, so that who wrote its code cannot approve it; null where no store at hand tells.
 * @param config the product's file, in the workspace.
 */
export async function modelCommit(
  registry: Pick<RegistryReader, "commitOf">,
  config: string,
  { model, tracking }: Product,
  signal: CancelSignal,
): Promise<string | null> {
  const { name, version, registry: kind = "mlflow" } = model ?? {};
  if (name === undefined || version === undefined || kind.toLowerCase() !== "mlflow") {
    return null;
  }
  const uri = indexed(tracking).find(([, one]) => one.uri !== undefined)?.[1].uri ?? null;
  const commit = await registry.commitOf(folderOf(config), uri, name, version, signal);
  return commit.known ? commit.value : null;
}
