import { ONLY_A_PERSON } from "../answerFixes";
import { blockFindings, insertPart } from "../blockFindings";
import { highRiskDuty, isHighRisk } from "../highRisk";
import { indexed } from "../indexed";
import { lacks } from "../lacks";
import { law } from "../lawText";
import type { LintContext, LintRule, RuleFinding } from "../lintRule";
import { TODO } from "../setFix";

export const failureNotPlanned: LintRule = {
  meta: {
    code: "COMP09",
    name: "failure-not-planned",
    challenge: "compliance",
    severity: { development: "off", staging: "warning", production: "error" },
    summary: "A high-risk model declares its accuracy, has a fallback and was tested against attacks.",
    why: "Every model is wrong at times and out of reach at times, and some are attacked. What happens then is decided calmly beforehand or badly on the day.",
    article: "AI Act Art. 15",
    suppressible: true,
    noFix: ONLY_A_PERSON,
    appliesTo: "product",
  },
  check(context) {
    const { product } = context;
    if (!isHighRisk(product)) {
      return [];
    }
    const missing = blockFindings(context, {
      block: ["robustness"],
      words: "the robustness block",
      message: "Not said what happens when the model is wrong or attacked",
      article: "AI Act Art. 15",
      duty: highRiskDuty(product),
      expected: [
        {
          key: "fallback",
          message: "Not said what is used when the model does not answer",
          article: "AI Act Art. 15(4)",
          placeholder: TODO,
        },
        { key: "attacks", message: "Not said which attacks were tested", article: "AI Act Art. 15(5)", placeholder: [] },
        { key: "tests", message: "No report of tests against attacks", article: "AI Act Art. 15(5)", placeholder: TODO },
        {
          key: "feedback_loop",
          message: "Not said how the model is kept from learning its own results, or that it does not learn at work",
          article: "AI Act Art. 15(4)",
          placeholder: TODO,
        },
      ],
    });
    return [...undeclaredAccuracy(context), ...missing];
  },
};

/** A figure without the data that it was measured on declares nothing. While there are no figures another rule asks for them. */
function undeclaredAccuracy(context: LintContext): readonly RuleFinding[] {
  const kpis = indexed(context.product.kpis);
  const [first] = kpis;
  if (first === undefined || kpis.some(([index]) => !lacks(context, ["kpis", index, "data"]))) {
    return [];
  }
  const at = ["kpis", first[0], "data"];
  const message = `Accuracy is not declared: no KPI says on which data it is measured ${law(context, "AI Act Art. 15(3)", highRiskDuty(context.product))}.`;
  return [{ message, at, fixes: insertPart(context, at, TODO) }];
}
