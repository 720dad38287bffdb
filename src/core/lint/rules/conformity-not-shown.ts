import { CONFORMITY_FIELD } from "../../config/schema/dutiesFields";
import { answerFixes, ONLY_A_PERSON } from "../answerFixes";
import { blockFindings, type Expected, insertPart } from "../blockFindings";
import { highRiskDuty, isHighRisk } from "../highRisk";
import { lacks } from "../lacks";
import { isNear, law } from "../lawText";
import type { LintContext, LintRule, RuleFinding } from "../lintRule";
import { TODO } from "../setFix";

const CONFORMITY = ["conformity"] as const;
const INCIDENTS = ["incidents"] as const;
const CONTACT = [...INCIDENTS, "contact"] as const;
/** So many days before its begin a duty weighs as if it had begun. */
const DAYS_AHEAD = 90;

const PARTS: readonly (Expected & { readonly words: string })[] = [
  { key: "route", words: "the way of assessment", message: "Not said who assesses the model", article: "AI Act Art. 43" },
  { key: "quality_system", words: "the quality system", message: "No quality system", article: "AI Act Art. 17" },
  { key: "declaration", words: "declaration of conformity", message: "No declaration of conformity", article: "AI Act Art. 47" },
  { key: "ce", words: "the CE mark", message: "No CE mark", article: "AI Act Art. 48" },
  { key: "eu_database", words: "the number in the EU database", message: "Not in the EU database", article: "AI Act Art. 49" },
].map((part) => ({ ...part, placeholder: TODO }));

export const conformityNotShown: LintRule = {
  meta: {
    code: "COMP10",
    name: "conformity-not-shown",
    challenge: "compliance",
    severity: { development: "off", staging: "info", production: "error" },
    summary:
      "Before a high-risk model is offered, its conformity is assessed and declared, it is registered, and incidents have a contact.",
    why: "The assessment takes months, so that it is planned long before its day. The weight of this rule rises by itself 90 days before the duty begins. An incident must be reported within days, which works only when somebody knows whom to call.",
    article: "AI Act Art. 16-18, Art. 43, Art. 47-49, Art. 73",
    suppressible: true,
    noFix: "Only the assessment itself can mend this; write its result here when it is there.",
    appliesTo: "product",
  },
  check(context) {
    const { product } = context;
    // A user of somebody else's model relies on the provider's papers, and still has to report incidents.
    const own = isHighRisk(product) && product.ai_act?.role !== "deployer" ? [...conformity(context), ...pending(context)] : [];
    return [...own, ...incidents(context)];
  },
};

function weight(context: LintContext, duty: string): Pick<RuleFinding, "severity"> {
  return context.stage !== "production" || isNear(context, duty, DAYS_AHEAD) ? {} : { severity: "warning" };
}

function conformity(context: LintContext): readonly RuleFinding[] {
  const duty = highRiskDuty(context.product);
  return blockFindings(context, {
    block: CONFORMITY,
    words: "the conformity block",
    message: "Needed: conformity assessment, declaration, CE mark and registration",
    article: "AI Act Art. 43, Art. 47-49",
    duty,
    expected: PARTS.map((part) =>
      part.key === "route"
        ? { ...part, placeholder: "pending", fixes: answerFixes([...CONFORMITY, "route"], CONFORMITY_FIELD.fields.route.choices) }
        : { ...part, placeholder: "pending" },
    ),
  }).map((finding) => ({ ...finding, ...weight(context, duty) }));
}

/** What is on its way is enough until the model is in use. */
function pending(context: LintContext): readonly RuleFinding[] {
  const { product, stage } = context;
  if (stage !== "production") {
    return [];
  }
  const duty = highRiskDuty(product);
  const written: Readonly<Record<string, string | undefined>> = product.conformity ?? {};
  return PARTS.filter(({ key }) => written[key]?.trim().toLowerCase() === "pending").map(({ key, words, article }) => ({
    message: `Still pending: ${words} ${law(context, article, duty)}.`,
    at: [...CONFORMITY, key],
    fixes: [],
    ...weight(context, duty),
  }));
}

function incidents(context: LintContext): readonly RuleFinding[] {
  const { product } = context;
  if (isHighRisk(product)) {
    const duty = highRiskDuty(product);
    return blockFindings(context, {
      block: INCIDENTS,
      words: "the incidents block",
      message: "Nobody is named to call after a serious incident, which must be reported within 15 days or less",
      article: "AI Act Art. 73",
      duty,
      expected: [
        { key: "contact", message: "Nobody is named to call after a serious incident", article: "AI Act Art. 73", placeholder: TODO },
        { key: "authority", message: "Not said which authority must be told", article: "AI Act Art. 73(1)", placeholder: TODO },
        { key: "plan", message: "No plan for incidents", article: "AI Act Art. 73(6)", placeholder: TODO },
      ],
    }).map((finding) => ({ ...finding, noFix: ONLY_A_PERSON, ...weight(context, duty) }));
  }
  if (product.personal_data !== "yes" || !lacks(context, CONTACT)) {
    return [];
  }
  const message = `Nobody is named to call after a breach of personal data, which must be reported within 72 hours ${law(context, "GDPR Art. 33", "gdpr")}.`;
  const fixes = insertPart(context, CONTACT, TODO);
  return [{ message, at: CONTACT, fixes, noFix: ONLY_A_PERSON, ...(context.stage === "production" ? { severity: "warning" } : {}) }];
}
