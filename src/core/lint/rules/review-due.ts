import { addDays, sayDate } from "../../config/dates";
import type { ConfigPath } from "../../config/configPath";
import { neededSignOffs } from "../../governance/neededSignOffs";
import { couldNotCheck } from "../couldNotCheck";
import type { CouldNotCheck, LintContext, LintRule, RuleFinding } from "../lintRule";
import { nextReview } from "../nextReview";

/** How long before a day people are told of it. */
const AHEAD_DAYS = 30;

export const reviewDue: LintRule = {
  meta: {
    code: "RESP09",
    name: "review-due",
    challenge: "responsibility",
    severity: { development: "warning", staging: "warning", production: "error" },
    summary: "A review is held before its day, and a sign-off is renewed before it ends.",
    why: "A review that is overdue means that nobody has looked. Thirty days are enough to hold it in time.",
    article: "AI Act Art. 72",
    suppressible: true,
    noFix: "Hold the review, or ask for the sign-off; then write its day.",
    appliesTo: "product",
  },
  check: (context) => [...review(context), ...signOffs(context)],
};

function review({ product, policy, facts, today }: LintContext): readonly RuleFinding[] {
  const planned = nextReview(product);
  if (planned === null || addDays(today, AHEAD_DAYS) < planned.date) {
    return [];
  }
  const { date: due, from } = planned;
  const at: ConfigPath = ["review", from];
  // Whoever signed for the review held it; that its next day is not written yet is no fault of theirs.
  const signed = facts.signOffs.known ? neededSignOffs(product, policy, facts.signOffs.value, today) : [];
  if (signed.some(({ subject, isMet }) => subject === "review" && isMet)) {
    return [];
  }
  return due < today
    ? [{ message: `Review was due on ${sayDate(due)}.`, at, fixes: [] }]
    : [{ message: `Review is due on ${sayDate(due)}.`, at, severity: "warning", fixes: [] }];
}

/** Those that end soon; one that has ended is found by sign-off-missing. */
function signOffs({ facts, stage }: LintContext): readonly (RuleFinding | CouldNotCheck)[] {
  if (!facts.signOffs.known) {
    return stage === "development" ? [] : [couldNotCheck("when sign-offs end", facts.signOffs.why)];
  }
  return facts.signOffs.value.standings
    .filter(({ state }) => state === "expiring")
    .map(({ reason }): RuleFinding => ({ message: reason, at: ["stage"], severity: "warning", fixes: [] }));
}
