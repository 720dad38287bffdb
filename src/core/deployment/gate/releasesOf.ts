import type { DeploymentEntry } from "../deployment";
import { releasesTo } from "../releasesTo";
import type { GateWish } from "./gate";
import type { GateFile } from "./gateFacts";

/** What was released of the product that is judged to its target, oldest first; nothing of a product that names no model. */
export function releasesOf(entries: readonly DeploymentEntry[], file: GateFile, { config, target }: GateWish): readonly DeploymentEntry[] {
  const { name = config, model } = file.config.value;
  return model?.name === undefined ? [] : releasesTo(entries, { product: name, target, model: model.name });
}
