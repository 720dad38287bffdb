import { indexed } from "../indexed";
import { isGiven } from "../isGiven";
import type { LintRule, RuleFinding } from "../lintRule";
import { isHeld, isReachable } from "../person";
import { personFixes } from "../personFixes";
import { setFix, TODO } from "../setFix";

const STEWARD = ["roles", "data_steward"] as const;

export const dataNotVerified: LintRule = {
  meta: {
    code: "RESP04",
    name: "data-not-verified",
    challenge: "responsibility",
    severity: { development: "info", staging: "warning", production: "error" },
    summary: "Somebody answers for the training data and has confirmed that it is complete and correct.",
    why: "A model learns the mistakes of its data. Only a person who knows the data can say that it is complete and correct, and the name and the day show that somebody looked.",
    article: "AI Act Art. 10(3)",
    suppressible: true,
    noFix: "Only the person who checked the data can confirm it; ask for it and let that person write name and day.",
    appliesTo: "product",
  },
  check(context) {
    const { product, policy, config } = context;
    const findings: RuleFinding[] = [];
    if (!isHeld(product.roles?.data_steward)) {
      findings.push({
        message: "Nobody answers for the training data.",
        at: STEWARD,
        fixes: personFixes(context, { role: STEWARD, words: "data steward", named: policy.people.get("data_steward") ?? [] }),
      });
    }
    for (const [index, { path, use, verified }] of indexed(product.data)) {
      if (use === "train" && (!isReachable(verified?.by) || verified.date === undefined)) {
        const at = ["data", index, "verified"];
        findings.push({
          message: `Nobody has confirmed that ${isGiven(path) ? path : "the training data"} is complete and correct.`,
          at,
          fixes: config.source.has(at) ? [] : [setFix("Add a place for the person who confirms it", at, { by: TODO })],
        });
      }
    }
    return findings;
  },
};
