import type { RISKS_FIELD } from "../../config/schema/riskFields";
import { answerFix, answerFixes, ONLY_A_PERSON } from "../answerFixes";
import { insertPart } from "../blockFindings";
import { highRiskDuty, isHighRisk } from "../highRisk";
import { indexed } from "../indexed";
import { lacks } from "../lacks";
import { law } from "../lawText";
import type { LintContext, LintRule, RuleFinding } from "../lintRule";
import { TODO } from "../setFix";

const RESIDUAL: Readonly<Record<keyof typeof RISKS_FIELD.of.fields.residual.choices, string>> = {
  none: "no risk remains.",
  low: "little risk remains.",
  medium: "some risk remains.",
  high: "much risk remains.",
};

export const risksNotAccepted: LintRule = {
  meta: {
    code: "COMP05",
    name: "risks-not-accepted",
    challenge: "compliance",
    severity: { development: "off", staging: "warning", production: "error" },
    summary: "A high-risk model has its risks written down, also those of misuse, and a person accepts what remains of each.",
    why: "Somebody has to think of what can go wrong for people before it does. A measure shows that it was taken seriously, and a name shows who decided that the rest can be borne.",
    article: "AI Act Art. 9",
    suppressible: true,
    noFix: ONLY_A_PERSON,
    appliesTo: "product",
  },
  check(context) {
    const { product } = context;
    if (!isHighRisk(product)) {
      return [];
    }
    if (lacks(context, ["risks"])) {
      const message = `No risk is written down ${law(context, "AI Act Art. 9(2)", highRiskDuty(product))}.`;
      const row = { id: "R1", what: TODO, who: [], measure: TODO, accepted_by: TODO };
      const fixes = context.config.source.has(["risks", 0])
        ? []
        : [{ title: "Add a row for a risk", safe: false, changes: [{ kind: "append" as const, path: ["risks"], value: row }] }];
      return [{ message, at: ["risks"], fixes }];
    }
    return indexed(product.risks).flatMap(([index, risk]) => checkRisk(context, index, risk.id ?? String(index + 1)));
  },
};

function checkRisk(context: LintContext, index: number, id: string): readonly RuleFinding[] {
  const duty = highRiskDuty(context.product);
  const at = (key: string): readonly (string | number)[] => ["risks", index, key];
  const expected = [
    {
      key: "what",
      message: "does not say what can go wrong",
      article: "AI Act Art. 9(2)(a)",
      fixes: insertPart(context, at("what"), TODO),
    },
    {
      key: "misuse",
      message: "does not say whether it comes from misuse",
      article: "AI Act Art. 9(2)(b)",
      fixes: [
        answerFix(at("misuse"), true, "it comes from a use that the model is not for."),
        answerFix(at("misuse"), false, "it comes from the use that the model is for."),
      ],
    },
    { key: "measure", message: "has no measure", article: "AI Act Art. 9(2)(d)", fixes: insertPart(context, at("measure"), TODO) },
    {
      key: "residual",
      message: "does not say how much risk remains",
      article: "AI Act Art. 9(5)",
      fixes: answerFixes(at("residual"), RESIDUAL),
    },
    {
      key: "accepted_by",
      message: "has no person who accepts what remains",
      article: "AI Act Art. 9(5)",
      fixes: insertPart(context, at("accepted_by"), TODO),
    },
  ];
  return expected
    .filter(({ key }) => lacks(context, at(key)))
    .map(({ key, message, article, fixes }) => ({ message: `Risk ${id} ${message} ${law(context, article, duty)}.`, at: at(key), fixes }));
}
