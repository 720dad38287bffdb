import { AI_ACT_FIELD, RISK_FIELD } from "../../config/schema/aiActFields";
import { answerFixes, ONLY_A_PERSON } from "../answerFixes";
import { insertPart } from "../blockFindings";
import { lacks } from "../lacks";
import { law } from "../lawText";
import type { LintRule, RuleFinding } from "../lintRule";
import { TODO } from "../setFix";

const RISK = ["risk"] as const;
const PURPOSE = ["purpose"] as const;
const ROLE = ["ai_act", "role"] as const;

export const riskClassUndecided: LintRule = {
  meta: {
    code: "COMP01",
    name: "risk-class-undecided",
    challenge: "compliance",
    severity: { development: "warning", staging: "error", production: "error" },
    summary: "The purpose, the risk class and the organisation's role under the AI Act are decided.",
    why: "All duties follow from what a model is for, from its risk class and from whether you provide or only use it. Whoever decides late finds out about a duty when the model is built. Unsure is an honest answer while a model is being made, and none for a release.",
    article: "AI Act Art. 3; AI Act Art. 6",
    suppressible: true,
    noFix: ONLY_A_PERSON,
    appliesTo: "product",
  },
  check(context) {
    const { product } = context;
    const findings: RuleFinding[] = [];
    if (lacks(context, PURPOSE, { sentence: true })) {
      const message = `The purpose is not said in a sentence, and the risk class depends on it ${law(context, "AI Act Art. 3(12)", "framework")}.`;
      findings.push({ message, at: PURPOSE, fixes: insertPart(context, PURPOSE, TODO) });
    }
    if (product.risk === "unsure" || lacks(context, RISK)) {
      const message = `Risk class not decided ${law(context, "AI Act Art. 6", "high-risk-annex-iii")}.`;
      findings.push({ message, at: RISK, fixes: answerFixes(RISK, RISK_FIELD.choices, ["unsure", "prohibited"]) });
    }
    if (product.ai_act?.role === "unsure" || lacks(context, ROLE)) {
      const message = `Not decided whether this organisation provides the model or only uses it ${law(context, "AI Act Art. 3, Art. 25", "framework")}.`;
      findings.push({ message, at: ROLE, fixes: answerFixes(ROLE, AI_ACT_FIELD.fields.role.choices, ["unsure"]) });
    }
    return findings;
  },
};
