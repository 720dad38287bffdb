import { canonicalJson } from "../base/canonicalJson";
import type { DeployPlan } from "./deployPlan";

/** What a plan's `hash` has to be: over everything else, whatever the order of its keys. @param sha256 in hex, of a text as UTF-8. */
export function deployPlanHash(plan: Omit<DeployPlan, "hash">, sha256: (text: string) => string): string {
  return sha256(canonicalJson({ ...plan, hash: undefined }));
}
