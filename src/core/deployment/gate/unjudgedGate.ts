import { canonicalJson } from "../../base/canonicalJson";
import type { GateResult, GateWish } from "./gate";

/** The gate's answer where it could not be asked at all, which is never a pass. @param about what is known of the product all the same. */
export function unjudgedGate(
  wish: GateWish,
  why: string,
  about: Pick<GateResult, "product" | "model" | "config_sha256" | "today">,
  sha256: (text: string) => string,
): GateResult {
  const result: Omit<GateResult, "hash"> = {
    schema: 1,
    decision: "could_not_judge",
    // Also where the file asks for warnings only: nobody has looked at anything.
    mode: "block",
    ...about,
    config: wish.config,
    target: wish.target,
    version: wish.version,
    digest: null,
    commit: null,
    is_rollback: false,
    exception: null,
    checks: [
      {
        id: "gate",
        result: "could_not_judge",
        message: `The gate could not judge: ${why}`,
        evidence: [],
        remedy: "Mend what it says, and make the plan again.",
      },
    ],
  };
  return { ...result, hash: sha256(canonicalJson(result)) };
}
