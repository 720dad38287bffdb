import { answerFix, ONLY_A_PERSON } from "../answerFixes";
import { blockFindings } from "../blockFindings";
import { annexIiiPoints, highRiskDuty, isHighRisk } from "../highRisk";
import { lacks } from "../lacks";
import { law } from "../lawText";
import type { LintContext, LintRule, RuleFinding } from "../lintRule";
import { TODO } from "../setFix";

const OVERSIGHT = ["oversight"] as const;
const CAN = [...OVERSIGHT, "can"] as const;
const TWO_PERSONS = [...OVERSIGHT, "two_persons"] as const;

const NEEDED = {
  override: "Nobody can decide otherwise than this model",
  stop: "Nobody can stop this model",
} as const;

export const nobodyCanStop: LintRule = {
  meta: {
    code: "COMP08",
    name: "nobody-can-stop",
    challenge: "compliance",
    severity: { development: "off", staging: "warning", production: "error" },
    summary: "Named people watch a high-risk model at work, and can overrule and stop it.",
    why: "A model that nobody may overrule decides alone. The people need an address, training, the power to decide otherwise, and a way to stop the model that is written down before it is needed.",
    article: "AI Act Art. 14",
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
      block: OVERSIGHT,
      words: "the oversight block",
      message: "Nobody can stop this model",
      article: "AI Act Art. 14(4)",
      duty: highRiskDuty(product),
      expected: [
        { key: "people", message: "Nobody is named who watches this model", article: "AI Act Art. 14(4), Art. 26(2)", placeholder: [] },
        { key: "can", message: "Not said what the people who watch this model can do", article: "AI Act Art. 14(4)", placeholder: [] },
        { key: "stop", message: "Not said how this model is stopped", article: "AI Act Art. 14(4)(e)", placeholder: TODO },
      ],
    });
    return [...missing, ...powerless(context), ...alone(context)];
  },
};

/** Something is said about what the people can do, but not that. */
function powerless(context: LintContext): readonly RuleFinding[] {
  const can = context.product.oversight?.can;
  if (can === undefined || lacks(context, CAN)) {
    return [];
  }
  return (["override", "stop"] as const)
    .filter((power) => !can.includes(power))
    .map((power) => ({
      message: `${NEEDED[power]} ${law(context, "AI Act Art. 14(4)", highRiskDuty(context.product))}.`,
      at: CAN,
      fixes: [{ title: `Say that the people can ${power} it`, safe: false, changes: [{ kind: "append", path: CAN, value: power }] }],
    }));
}

/** Remote identification by biometric features is only acted upon when two people confirm it. */
function alone(context: LintContext): readonly RuleFinding[] {
  const { product } = context;
  if (!annexIiiPoints(product).includes("1a") || product.oversight === undefined || product.oversight.two_persons === true) {
    return [];
  }
  const message = `Two people must confirm each identification ${law(context, "AI Act Art. 14(5)", highRiskDuty(product))}.`;
  return [{ message, at: TWO_PERSONS, fixes: [answerFix(TWO_PERSONS, true, "two people confirm each identification.")] }];
}
