import { addDuration, type Duration, parseDuration } from "../../config/dates";
import { answerFix, ONLY_A_PERSON } from "../answerFixes";
import { blockFindings, insertPart } from "../blockFindings";
import { highRiskDuty, isHighRisk } from "../highRisk";
import { lacks } from "../lacks";
import { law } from "../lawText";
import type { LintContext, LintRule, RuleFinding } from "../lintRule";
import { TODO } from "../setFix";

const LOGGING = ["logging"] as const;
const RETENTION = [...LOGGING, "retention"] as const;
const NOTE = [...LOGGING, "note"] as const;
const MINIMUM: Duration = { months: 6, days: 0, seconds: 0 };

export const logsNotKept: LintRule = {
  meta: {
    code: "COMP07",
    name: "logs-not-kept",
    challenge: "compliance",
    severity: { development: "off", staging: "warning", production: "error" },
    summary: "A high-risk model records what it does, for at least six months and no longer than data protection allows.",
    why: "Without records nobody can find out why a person was treated wrongly. Six months is the least that the law asks. Records of people may not be kept for ever either, so that both limits must fit, or a note says why not.",
    article: "AI Act Art. 12, Art. 19, Art. 26(6)",
    suppressible: true,
    noFix: ONLY_A_PERSON,
    appliesTo: "product",
  },
  check(context) {
    if (!isHighRisk(context.product)) {
      return [];
    }
    const duty = highRiskDuty(context.product);
    const missing = blockFindings(context, {
      block: LOGGING,
      words: "the logging block",
      message: "Nothing is recorded while the model works",
      article: "AI Act Art. 12",
      duty,
      expected: [
        { key: "events", message: "Not said what is recorded", article: "AI Act Art. 12(2)", placeholder: [] },
        { key: "where", message: "Not said where the records are kept", article: "AI Act Art. 12(1)", placeholder: TODO },
        {
          key: "retention",
          message: "Not said how long the records are kept; the minimum is six months",
          article: "AI Act Art. 19, Art. 26(6)",
          placeholder: "6 months",
          fixes: [sixMonths()],
        },
      ],
    });
    return [...missing, ...wrongLength(context, duty)];
  },
};

function sixMonths(): RuleFinding["fixes"][number] {
  return answerFix(RETENTION, "6 months", "the shortest time that the law allows.");
}

function wrongLength(context: LintContext, duty: string): readonly RuleFinding[] {
  const { product } = context;
  const written = product.logging?.retention;
  const kept = written === undefined ? undefined : parseDuration(written);
  if (written === undefined || kept === undefined) {
    return [];
  }
  const hasNote = !lacks(context, NOTE, { sentence: true });
  if (isShorter(kept, MINIMUM, context.today)) {
    const message = `Logs are kept ${written}; the minimum is six months ${law(context, "AI Act Art. 19, Art. 26(6)", duty)}.`;
    // A note may name the law that demands less; whether it does is for a person to judge.
    return [{ message, at: RETENTION, fixes: [sixMonths()], ...(hasNote ? { severity: "info" } : {}) }];
  }
  const allowed = leadingDuration(product.gdpr?.retention);
  if (product.personal_data === "no" || allowed === undefined || hasNote || !isShorter(allowed, kept, context.today)) {
    return [];
  }
  const message = `Logs are kept ${written}, longer than gdpr.retention allows, and no note says why ${law(context, "GDPR Art. 5(1)(e)", "gdpr")}.`;
  return [{ message, at: RETENTION, fixes: insertPart(context, NOTE, TODO) }];
}

/** By the calendar from today on, because months differ in length. */
function isShorter(one: Duration, other: Duration, today: string): boolean {
  return addDuration(today, one) < addDuration(today, other);
}

/** The time that a sentence such as "6 months after decision" starts with. */
function leadingDuration(text: string | undefined): Duration | undefined {
  const found = /^\s*(\d{1,6} ?[a-z]+)/i.exec(text ?? "");
  return found?.[1] === undefined ? undefined : parseDuration(found[1]);
}
