import type { DeploymentEntry } from "../deployment";
import type { GateWish } from "./gate";
import type { GateFile } from "./gateFacts";

/** What was released of a product to a target, oldest first: products of one folder share a log. */
export function releasesOf(entries: readonly DeploymentEntry[], file: GateFile, { config, target }: GateWish): readonly DeploymentEntry[] {
  const { name = config, model } = file.config.value;
  return entries.filter((entry) => entry.product === name && entry.target === target && entry.model === model?.name);
}
