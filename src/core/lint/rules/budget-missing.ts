import type { Fix } from "../fix";
import type { LintContext, LintRule, RuleFinding } from "../lintRule";
import { isReachable } from "../person";
import { personFixes } from "../personFixes";
import { isGiven } from "../isGiven";
import { setFix, TODO } from "../setFix";

const BUDGET = ["cost", "budget"] as const;
const OWNER = ["cost", "owner"] as const;

export const budgetMissing: LintRule = {
  meta: {
    code: "COST01",
    name: "budget-missing",
    challenge: "cost",
    severity: { development: "off", staging: "info", production: "warning" },
    summary: "There is a budget for the model, and somebody answers for it.",
    why: "Without a budget nobody can say that a model costs too much, and without a name nobody is asked. A figure and a person are enough to notice a bill that grows.",
    article: null,
    suppressible: true,
    noFix: null,
    appliesTo: "product",
  },
  check(context) {
    const { config, product } = context;
    const findings: RuleFinding[] = [];
    if (!isGiven(product.cost?.budget)) {
      const fixes = config.source.has(BUDGET) ? [] : [setFix("Add a place for the budget", BUDGET, TODO)];
      findings.push({ message: "Nobody has set a budget for this model.", at: BUDGET, fixes });
    }
    if (product.cost !== undefined && !isReachable(product.cost.owner)) {
      findings.push({ message: "Nobody answers for the cost of this model.", at: OWNER, fixes: ownerFixes(context) });
    }
    return findings;
  },
};

/** `cost.owner` is a plain address, so that a candidate's block of a role becomes its address alone. */
function ownerFixes(context: LintContext): readonly Fix[] {
  const owner = context.product.roles?.owner?.email;
  if (isReachable(owner)) {
    return [setFix(`Let the model's owner ${owner} answer for the cost`, OWNER, owner)];
  }
  return personFixes(context, { role: OWNER, words: "owner of the cost" }).flatMap(({ title, changes }) =>
    changes.flatMap((change) => (change.kind === "set" && typeof change.value === "string" ? [setFix(title, OWNER, change.value)] : [])),
  );
}
