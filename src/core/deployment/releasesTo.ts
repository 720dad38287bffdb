import type { DeploymentEntry } from "./deployment";

/** What was released of a product to one of its targets, oldest first: products of one folder share a log. */
export function releasesTo(
  entries: readonly DeploymentEntry[],
  { product, target, model }: Pick<DeploymentEntry, "product" | "target" | "model">,
): readonly DeploymentEntry[] {
  return entries.filter((entry) => entry.product === product && entry.target === target && entry.model === model);
}
