import { parseDuration } from "../../config/dates";
import { isGiven } from "../isGiven";
import type { LintRule, RuleFinding } from "../lintRule";
import { isHeld, isReachable } from "../person";
import { personFixes } from "../personFixes";
import { setFix } from "../setFix";

const REQUIREMENTS = ["roles", "requirements"] as const;
const EVERY = ["review", "every"] as const;

export const requirementsUnwatched: LintRule = {
  meta: {
    code: "RESP03",
    name: "requirements-unwatched",
    challenge: "responsibility",
    severity: { development: "off", staging: "warning", production: "error" },
    summary: "Somebody makes sure that the model meets its requirements, at launch and at regular reviews.",
    why: "A model that met its requirements at launch may miss them six months later. A person and an interval make sure that somebody looks again.",
    article: "AI Act Art. 72",
    suppressible: true,
    noFix: "Only you know who watches the requirements.",
    appliesTo: "product",
  },
  check(context) {
    const { product, policy } = context;
    const findings: RuleFinding[] = [];
    if (!isHeld(product.roles?.requirements)) {
      findings.push({
        message: "Who makes sure it still meets its requirements in six months?",
        at: REQUIREMENTS,
        fixes: personFixes(context, {
          role: REQUIREMENTS,
          words: "person who watches the requirements",
          // Whoever builds the model is the wrong person to judge it.
          except: isReachable(product.roles?.owner?.email) ? [product.roles.owner.email] : [],
          named: policy.people.get("requirements") ?? [],
        }),
      });
    }
    if (!isGiven(product.review?.every) || parseDuration(product.review.every) === undefined) {
      const message = "No interval of reviews is set, so nobody looks at this model again.";
      findings.push({ message, at: EVERY, fixes: [setFix("Review every 6 months", EVERY, "6 months")] });
    }
    return findings;
  },
};
