import { stopped } from "../../base/stopped";
import { formatAge } from "../../browse/formatValues";
import { checkEvery } from "../../monitoring/checkSchedule";
import type { ProductEvidence } from "../evidence";
import { actionFor } from "../nextAction";
import type { ChallengeState, NextAction, ProductHealth } from "../productHealth";
import { findingParts, type LightPart, worstPart } from "./lightPart";

/** Whether anybody knows how good the model is: the last check of what is at work, else the figures of its trainings. */
export function knowledgeLight(evidence: ProductEvidence, kpi: ProductHealth["kpi"]): ChallengeState {
  const { checks } = evidence;
  const part = checks.results.length > 0 ? lastCheck(evidence) : figures(evidence, kpi);
  return worstPart("knowledge", [...findingParts(evidence, "knowledge"), part]);
}

function lastCheck({ checks, product, config, now }: ProductEvidence): LightPart {
  const [result] = checks.results;
  if (result === undefined) {
    return { light: "unknown", reason: "It was never checked.", action: null };
  }
  const age = Math.max(0, now - result.checked_at);
  const when = `checked ${formatAge(age)}`;
  const every = checkEvery(product);
  const check = actionFor(config, "check_now", "Check now");
  const verdict = result.verdict.trim().replace(/\.$/, "") || "The check gave no sentence";
  const reason = `${verdict} (${when}).`;
  switch (result.status) {
    case "fail":
      return { light: "trouble", reason, action: whatHelps(config, result.drift?.status === "fail") };
    case "warn":
      return { light: "attention", reason, action: actionFor(config, "show_drift", "See what changed") };
    case "unjudged":
      return { light: "unknown", reason: `The last check could not judge: ${reason}`, action: check };
    case "ok":
      return every !== null && age > 2 * every && product.stage !== "retired"
        ? {
            light: "attention",
            reason: `The last check is too old to say anything: ${when}, and it is due every ${sayDays(every)}.`,
            action: check,
          }
        : { light: "good", reason, action: null };
  }
}

function whatHelps(config: string, isDrift: boolean): NextAction {
  return isDrift ? actionFor(config, "show_drift", "See what drifted") : actionFor(config, "retrain", "Train it again");
}

/** Before anything is checked at work, trainings tell how good it is. */
function figures({ product, config, runs }: ProductEvidence, kpi: ProductHealth["kpi"]): LightPart {
  const isMonitored = checkEvery(product) !== null && product.stage !== "retired";
  const never = isMonitored ? "It was never checked at work" : "Nothing checks it at work";
  const check = isMonitored ? actionFor(config, "check_now", "Check now") : null;
  const last = kpi?.values.at(-1);
  if (kpi === null || last === undefined) {
    const why = runs.known ? "no training has a figure of its KPIs" : `its runs could not be read: ${runs.why}`;
    return { light: "unknown", reason: `${never}, and ${stopped(why)}`, action: check };
  }
  const figure = `the last training has ${kpi.name} ${Number(last.toPrecision(4))}`;
  switch (kpi.status) {
    case "fail":
      return {
        light: "trouble",
        reason: `${capital(figure)}, which misses its target.`,
        action: actionFor(config, "retrain", "Train it again"),
      };
    case "warn":
      return {
        light: "attention",
        reason: `${capital(figure)}, which is near its target.`,
        action: actionFor(config, "open_runs", "Open its runs"),
      };
    case "unjudged":
      return { light: "unknown", reason: `${capital(figure)}, and no target says whether that is enough.`, action: check };
    case "ok":
      return isMonitored
        ? { light: "unknown", reason: `${never}; ${figure}, which meets its target.`, action: check }
        : { light: "good", reason: `${capital(figure)}, which meets its target.`, action: null };
  }
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function sayDays(ms: number): string {
  const days = ms / 86_400_000;
  return days >= 1 ? (Math.round(days) === 1 ? "day" : `${Math.round(days)} days`) : `${Math.max(1, Math.round(days * 24))} h`;
}
