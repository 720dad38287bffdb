import { addDays } from "../config/dates";
import { whoMay } from "../governance/neededSignOffs";
import type { NeededSignOff } from "../governance/signOffStanding";
import { nextReview } from "../lint/nextReview";
import { isHeld, isReachable } from "../lint/person";
import { alertRecipients } from "../monitoring/alerts";
import { checkEvery } from "../monitoring/checkSchedule";
import { findingAction } from "./lights/lightPart";
import { signOffAction } from "./lights/signOffLights";
import type { ProductEvidence } from "./evidence";
import { actionFor } from "./nextAction";
import { sayCount } from "./sayCount";
import type { WaitItem } from "./productHealth";

/** People are told of what is due this many days before. */
const AHEAD_DAYS = 30;

/** What waits for somebody at a product, and for whom: decisions, checks that failed or are due, errors in its file, a training that failed. */
export function productWaits(evidence: ProductEvidence): readonly WaitItem[] {
  const work = [ownership, decisions, endings, checks, training, errors];
  return evidence.product.stage === "retired" ? [] : work.flatMap((part) => part(evidence));
}

/** Decisions that are due and do not hold. One that could not be looked up waits for nobody. */
export function openDecisions({ needed }: Pick<ProductEvidence, "needed">): readonly NeededSignOff[] {
  return needed.filter(({ isDue, isMet, standing }) => isDue && !isMet && standing?.state !== "unknown");
}

function ownership({ product, config }: ProductEvidence): readonly WaitItem[] {
  const action = actionFor(config, "assign_owner", "Name an owner");
  return isHeld(product.roles?.owner) ? [] : [{ what: "Somebody is named who answers for it", who: [], due: null, action }];
}

function decisions(evidence: ProductEvidence): readonly WaitItem[] {
  const { config, product } = evidence;
  return openDecisions(evidence).map((needed): WaitItem => {
    const { subject, standing, ask, role } = needed;
    const action = signOffAction(needed, config);
    if (standing?.state === "rejected") {
      return { what: `What the ${subject} was rejected for is mended`, who: reachable(product, ["owner"]), due: null, action };
    }
    // Who made the change decides on it as little as who has said no.
    const may = standing?.cause === "own_change" ? ask.filter((one) => one.toLowerCase() !== standing.person) : ask;
    // Where nobody is named who decides, the owner names somebody.
    const who = ask.length === 0 ? reachable(product, ["owner"]) : may;
    const nobody = ask.length === 0 && role !== null ? ` by the role ${role.replaceAll("_", " ")}, which nobody has` : "";
    return {
      what: `Decision on the ${subject}${nobody}`,
      who,
      due: subject === "review" ? (nextReview(product)?.date ?? null) : null,
      action,
    };
  });
}

/** Sign-offs that end soon, and a review whose day is near. */
function endings({ needed, product, policy, config, today }: ProductEvidence): readonly WaitItem[] {
  const ending = needed.flatMap((one): readonly WaitItem[] => {
    const { standing, isMet, subject, ask } = one;
    const ends = standing?.state === "expiring" && isMet && subject !== "exception" ? standing.expires : null;
    return ends === null
      ? []
      : [{ what: `New decision on the ${subject}: the present one ends`, who: ask, due: ends, action: signOffAction(one, config) }];
  });
  const next = nextReview(product);
  const isAsked = needed.some(({ subject, isDue, isMet }) => subject === "review" && (isMet || isDue));
  if (next === null || next.date > addDays(today, AHEAD_DAYS) || isAsked) {
    return ending;
  }
  const reviewers = whoMay("requirements", product, policy);
  const who = reviewers.length > 0 ? reviewers : reachable(product, ["owner"]);
  const action = actionFor(config, "request_sign_off", "Ask for a sign-off of the review", { detail: "review" });
  return [...ending, { what: "Review of the model", who, due: next.date, action }];
}

function checks({ checks: { results }, product, config, now }: ProductEvidence): readonly WaitItem[] {
  const every = checkEvery(product);
  const [last] = results;
  const operators = reachable(product, ["operator", "owner"]);
  if (last?.status === "fail") {
    const told = alertRecipients(product).flatMap(({ to }) => (isReachable(to) ? [to] : []));
    const action = actionFor(config, "show_drift", "See what changed");
    const what = `Something is done about the check that failed${last.verdict === "" ? "" : `: ${last.verdict}`}`;
    return [{ what, who: told.length > 0 ? told : operators, due: null, action }];
  }
  const isOverdue = every !== null && (last === undefined || now - last.checked_at > 2 * every);
  const what = last === undefined ? "First check at work" : "Check at work, which is overdue";
  return isOverdue ? [{ what, who: operators, due: null, action: actionFor(config, "check_now", "Check now") }] : [];
}

function training({ jobs: [last], product, config }: ProductEvidence): readonly WaitItem[] {
  const action = actionFor(config, "retrain", "Look at it and train again", { detail: last?.id ?? null });
  return last?.status.state === "failed"
    ? [{ what: "A training that failed is looked at", who: reachable(product, ["operator", "owner"]), due: null, action }]
    : [];
}

function errors(evidence: ProductEvidence): readonly WaitItem[] {
  const found = evidence.lint.findings.filter(({ severity }) => severity === "error");
  const [first] = found;
  return first === undefined
    ? []
    : [
        {
          what: `${sayCount(found.length, "error")} in its file`,
          who: reachable(evidence.product, ["owner"]),
          due: null,
          action: findingAction(evidence, first),
        },
      ];
}

/** Addresses of the first of the roles in which somebody can be written to, with a deputy's. */
function reachable({ roles }: ProductEvidence["product"], order: readonly ("owner" | "operator")[]): readonly string[] {
  const people = order.map((name) => [roles?.[name]?.email, roles?.[name]?.deputy].filter(isReachable));
  return people.find((some) => some.length > 0) ?? [];
}
