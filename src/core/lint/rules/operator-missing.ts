import type { LintRule } from "../lintRule";
import { isHeld } from "../person";
import { personFixes } from "../personFixes";

const OPERATOR = ["roles", "operator"] as const;

export const operatorMissing: LintRule = {
  meta: {
    code: "RESP02",
    name: "operator-missing",
    challenge: "responsibility",
    severity: { development: "off", staging: "warning", production: "error" },
    summary: "A person or team operates the model day to day.",
    why: "Whoever built a model is often not the one who runs it. When it fails at night, one address has to be right.",
    article: null,
    suppressible: true,
    noFix: "Only you know who operates the model.",
    appliesTo: "product",
  },
  check: (context) =>
    isHeld(context.product.roles?.operator)
      ? []
      : [
          {
            message: "Who operates this model day to day?",
            at: OPERATOR,
            fixes: personFixes(context, { role: OPERATOR, words: "operator", named: context.policy.people.get("operator") ?? [] }),
          },
        ],
};
