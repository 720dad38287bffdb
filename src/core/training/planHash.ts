import { canonicalJson } from "../base/canonicalJson";
import type { RetrainPlan } from "./retrainPlan";

/** What a plan's `hash` has to be: over everything else, whatever the order of its keys. @param sha256 in hex, of a text as UTF-8. */
export function planHash(plan: Omit<RetrainPlan, "hash">, sha256: (text: string) => string): string {
  return sha256(canonicalJson({ ...plan, hash: undefined }));
}
