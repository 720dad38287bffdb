import { isGiven } from "../isGiven";
import type { LintContext, LintRule, RuleFinding } from "../lintRule";
import { isHeld } from "../person";
import { personFixes } from "../personFixes";

export const complianceNotInvolved: LintRule = {
  meta: {
    code: "RESP05",
    name: "compliance-not-involved",
    challenge: "responsibility",
    severity: { development: "warning", staging: "error", production: "error" },
    summary: "Compliance and data protection are named as soon as risk or personal data are possible.",
    why: "Questions of law are cheap to answer while a model is designed and dear once it is built. Whoever is named early can say no to a column, and not to a product.",
    article: "GDPR Art. 38(1)",
    suppressible: true,
    noFix: "Only your organisation knows who holds this office.",
    appliesTo: "product",
  },
  check(context) {
    const { risk, personal_data: personal, roles } = context.product;
    const mayBeHigh = risk === undefined || risk === "high" || risk === "unsure" || risk === "prohibited";
    const mayBePersonal = personal === undefined || personal === "yes" || personal === "unsure";
    const lacksCompliance = mayBeHigh && !isHeld(roles?.compliance);
    // Not every organisation needs an officer, but then it says why.
    const lacksOfficer = mayBePersonal && !isHeld(roles?.dpo) && !isGiven(roles?.dpo?.not_needed);
    return [
      ...(lacksCompliance ? [finding(context, "compliance", "compliance officer", "compliance")] : []),
      ...(lacksOfficer ? [finding(context, "dpo", "data protection officer", "data protection")] : []),
    ];
  },
};

function finding(context: LintContext, role: "compliance" | "dpo", words: string, office: string): RuleFinding {
  return {
    message: `Bring in ${office} now; later is expensive. No ${words} is named.`,
    at: ["roles", role],
    fixes: personFixes(
      { ...context, facts: { ...context.facts, owners: NOBODY } },
      {
        role: ["roles", role],
        words,
        named: context.policy.people.get(role) ?? [],
      },
    ),
  };
}

/** Whoever commits code is no candidate for these offices; only the policy knows their holders. */
const NOBODY = { known: true, value: [] } as const;
