import type { ChainedLine } from "../governance/hashChain";
import type { DeploymentEntry } from "./deployment";

/** What was released of a product to one of its targets, oldest first: products of one folder share a log. */
export function releasesTo(
  lines: readonly Pick<ChainedLine<DeploymentEntry>, "entry">[],
  { product, target, model }: Pick<DeploymentEntry, "product" | "target" | "model">,
): readonly DeploymentEntry[] {
  return lines.map(({ entry }) => entry).filter((entry) => entry.product === product && entry.target === target && entry.model === model);
}
