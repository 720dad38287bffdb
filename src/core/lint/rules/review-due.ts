import { addDays, addDuration, isDate, parseDuration, sayDate } from "../../config/dates";
import type { ConfigPath } from "../../config/configPath";
import { couldNotCheck } from "../couldNotCheck";
import type { CouldNotCheck, LintContext, LintRule, RuleFinding } from "../lintRule";
import { expiryDay, isApproval } from "../signOffState";

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

function review({ product, today }: LintContext): readonly RuleFinding[] {
  const { every, ...written } = product.review ?? {};
  const [last, next] = [written.last, written.next].map((day) => (day !== undefined && isDate(day) ? day : undefined));
  const interval = parseDuration(every ?? "");
  const planned = last === undefined || interval === undefined ? undefined : addDuration(last, interval);
  const due = next ?? planned;
  const at: ConfigPath = ["review", next === undefined ? "last" : "next"];
  if (due === undefined || addDays(today, AHEAD_DAYS) < due) {
    return [];
  }
  return due < today
    ? [{ message: `Review was due on ${sayDate(due)}.`, at, fixes: [] }]
    : [{ message: `Review is due on ${sayDate(due)}.`, at, severity: "warning", fixes: [] }];
}

/** Those that end soon; one that has ended is found by sign-off-missing. */
function signOffs({ product, facts, stage, today }: LintContext): readonly (RuleFinding | CouldNotCheck)[] {
  if (!facts.signOffs.known) {
    return stage === "development" ? [] : [couldNotCheck("when sign-offs end", facts.signOffs.why)];
  }
  return facts.signOffs.value.flatMap((signOff): readonly RuleFinding[] => {
    const end = expiryDay(signOff);
    const isOfOther =
      signOff.modelVersion !== null && product.model?.version !== undefined && signOff.modelVersion !== product.model.version;
    if (end === null || end < today || end > addDays(today, AHEAD_DAYS) || !isApproval(signOff) || isOfOther) {
      return [];
    }
    const message = `The sign-off ${signOff.file} by ${signOff.whoEmail ?? "nobody in particular"} ends on ${sayDate(end)}.`;
    return [{ message, at: ["stage"], severity: "warning", fixes: [] }];
  });
}
