import { sayDate } from "../../config/dates";
import { PROHIBITED_USES } from "../../config/schema/aiActFields";
import { answerFix } from "../answerFixes";
import type { Fix } from "../fix";
import { lacks } from "../lacks";
import { law } from "../lawText";
import type { LintContext, LintRule, RuleFinding } from "../lintRule";
import { setFix, TODO } from "../setFix";

const CHECK = ["ai_act", "prohibited_check"] as const;
const ANSWER = [...CHECK, "answer"] as const;
const ANSWERS = [...CHECK, "answers"] as const;
/** Bans that came later than the others. */
const NEW_USES = ["intimate_imagery", "child_abuse_material"] as const;
/** The day on which the new bans became law (Regulation (EU) 2026/1744); an answer from before knows nothing of them. */
const NEW_SINCE = "2026-07-27";

export const prohibitedUse: LintRule = {
  meta: {
    code: "COMP02",
    name: "prohibited-use",
    challenge: "compliance",
    severity: { development: "error", staging: "error", production: "error" },
    summary: "The model does nothing that Art. 5 of the AI Act bans, and somebody has answered for that.",
    why: "Some uses are banned for everybody, whatever the benefit, with the highest fines of the act. The question takes minutes and is best asked before anything is built. Two bans were added in 2026.",
    article: "AI Act Art. 5",
    suppressible: false,
    noFix: "A banned use cannot be mended in a file. Stop and ask whoever is responsible for compliance.",
    appliesTo: "product",
  },
  check(context) {
    const { product } = context;
    const check = product.ai_act?.prohibited_check;
    const findings: RuleFinding[] = [];
    const stop = "Stop and ask compliance";
    if (product.risk === "prohibited") {
      findings.push({
        message: `This use is prohibited. ${stop} ${law(context, "AI Act Art. 5", "prohibited")}.`,
        at: ["risk"],
        fixes: [],
      });
    }
    if (check?.answer === "yes") {
      findings.push({ message: `This use is prohibited. ${stop} ${law(context, "AI Act Art. 5", "prohibited")}.`, at: ANSWER, fixes: [] });
    }
    for (const [use, answer] of Object.entries(check?.answers ?? {})) {
      const duty = NEW_USES.some((one) => one === use) ? "prohibited-2026" : "prohibited";
      if (answer === "yes") {
        findings.push({
          message: `This use is prohibited: it ${say(use)}. ${stop} ${law(context, "AI Act Art. 5", duty)}.`,
          at: [...ANSWERS, use],
          fixes: [],
        });
      } else if (answer === "unsure") {
        findings.push(unanswered(context, [...ANSWERS, use], `Not decided whether the model does this: it ${say(use)}`, duty));
      }
    }
    if (check?.answer === "unsure" || lacks(context, ANSWER)) {
      findings.push(unanswered(context, ANSWER, "Nobody has answered whether the model does anything that is banned", "prohibited"));
    }
    return [...findings, ...outdated(context)];
  },
};

/** A dated answer that is older than the new bans, and says nothing of them. */
function outdated(context: LintContext): readonly RuleFinding[] {
  const { answer, answers = {}, date } = context.product.ai_act?.prohibited_check ?? {};
  if (answer !== "no" || date === undefined || date >= NEW_SINCE) {
    return [];
  }
  return NEW_USES.filter((use) => answers[use] === undefined).map((use) =>
    unanswered(context, [...ANSWERS, use], `The answer of ${sayDate(date)} is older than the ban of what ${say(use)}`, "prohibited-2026"),
  );
}

/** As a part of a sentence whose subject is the model. */
function say(use: string): string {
  const words = Object.hasOwn(PROHIBITED_USES, use) ? PROHIBITED_USES[use as keyof typeof PROHIBITED_USES] : `does "${use}"`;
  return words.charAt(0).toLowerCase() + words.slice(1).replace(/\.$/, "");
}

function unanswered(context: LintContext, at: readonly string[], message: string, duty: string): RuleFinding {
  return { message: `${message} ${law(context, "AI Act Art. 5", duty)}.`, at, severity: "warning", fixes: unansweredFixes(context, at) };
}

function unansweredFixes({ config }: LintContext, at: readonly string[]): readonly Fix[] {
  const answers =
    at === ANSWER
      ? [
          answerFix(at, "no", "the model does none of what Art. 5 lists."),
          answerFix(at, "yes", "the model does something that Art. 5 lists, so that it must be stopped."),
        ]
      : [answerFix(at, "no", "the model does not do this."), answerFix(at, "yes", "the model does this, so that it must be stopped.")];
  return config.source.has(CHECK) ? answers : [setFix("Add a place for the answer", CHECK, { answer: "unsure", by: TODO }), ...answers];
}
