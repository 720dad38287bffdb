import { toUserText } from "../base/appError";
import type { CancelSignal } from "../base/cancel";
import type { DeployWorld } from "./deployWorld";
import { readDeployProduct } from "./readDeployProduct";
import { indexed } from "../lint/indexed";
import { toDeployChoices } from "./view/toDeployChoices";
import type { ModelVersion } from "../tracking/registeredModel";
import type { DeployChoices } from "../../protocol/deploy";

const MOST_VERSIONS = 200;

/** Targets of a product's file, and versions of its model as the registry has them. */
export async function deployChoices(
  config: string,
  world: Pick<DeployWorld, "files" | "openStore" | "storeOf">,
  signal: CancelSignal,
): Promise<DeployChoices> {
  const { value: product, name } = await readDeployProduct(config, world, signal);
  const problems: string[] = [];
  const targets = Object.entries(product.deploy?.targets ?? {}).flatMap(([key, target]) =>
    target?.type === undefined ? [] : [{ name: key, type: target.type, version: null }],
  );
  if (targets.length === 0) {
    problems.push("The file names no target under deploy.targets.");
  }
  let versions: readonly ModelVersion[] = [];
  try {
    const location = world.storeOf(config, indexed(product.tracking)[0]?.[1].uri ?? null);
    if (location === null) {
      problems.push("The file names no store with registered models, and the folder holds none.");
    } else {
      const store = await world.openStore(location, signal);
      try {
        versions = (await store.searchModelVersions(product.model?.name ?? name, { pageSize: MOST_VERSIONS }, signal)).items;
      } finally {
        store.dispose();
      }
    }
  } catch (error) {
    signal.throwIfAborted();
    problems.push(toUserText(error));
  }
  return toDeployChoices(targets, versions, problems);
}
