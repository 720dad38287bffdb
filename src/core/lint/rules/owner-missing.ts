import type { LintRule } from "../lintRule";
import { isHeld } from "../person";
import { personFixes } from "../personFixes";

const OWNER = ["roles", "owner"] as const;

export const ownerMissing: LintRule = {
  meta: {
    code: "RESP01",
    name: "owner-missing",
    challenge: "responsibility",
    severity: { development: "error", staging: "error", production: "error" },
    summary: "A person or team with an address owns the model.",
    why: "Somebody has to be asked when the model does harm, and to decide what is done. A placeholder or a word such as team is nobody, because everybody takes it for somebody else.",
    article: null,
    suppressible: false,
    noFix: "CODEOWNERS and git name nobody; only you know who is responsible.",
    appliesTo: "product",
  },
  check(context) {
    const owner = context.product.roles?.owner;
    if (isHeld(owner)) {
      return [];
    }
    const written = owner?.email ?? owner?.team ?? owner?.name;
    const name = written === undefined || written.trim() === "" ? "" : `: "${written.slice(0, 60)}" cannot be reached`;
    const at = owner?.email === undefined && owner?.team !== undefined ? [...OWNER, "team"] : [...OWNER, "email"];
    return [{ message: `Nobody is responsible for this model${name}.`, at, fixes: personFixes(context, { role: OWNER, words: "owner" }) }];
  },
};
