import type { ProductEvidence } from "../evidence";
import { sayCount } from "../sayCount";
import { actionFor } from "../nextAction";
import type { ChallengeState } from "../productHealth";
import { findingParts, type LightPart, worstPart } from "./lightPart";

/** What the product costs, against its budget. */
export function costLight(evidence: ProductEvidence): ChallengeState {
  return worstPart("cost", [...findingParts(evidence, "cost"), money(evidence)]);
}

function money({ cost, policy, config, runs }: ProductEvidence): LightPart {
  const prices = actionFor(config, "set_prices", "Write prices into the policy");
  if (policy.prices.instances.size === 0 || policy.prices.currency === null) {
    return { light: "unknown", reason: "No price is known: the policy has no prices with a currency.", action: prices };
  }
  if (cost === null) {
    const reason = runs.known ? "It has no run yet, so nothing tells what it costs." : `What it cost is not known: ${runs.why}.`;
    return { light: "unknown", reason, action: null };
  }
  const { amount, runs: count, unpricedRuns, budget, forecast } = cost;
  const say = (sum: number): string => `${sum.toFixed(2)} ${cost.currency ?? policy.prices.currency ?? ""}`.trim();
  if (count > 0 && unpricedRuns === count) {
    const reason = `No price is known for ${count === 1 ? "the only run" : `any of the ${count} runs`} of this month.`;
    return { light: "unknown", reason, action: prices };
  }
  const unpriced =
    unpricedRuns === 0 ? "" : ` ${sayCount(unpricedRuns, "run")} without a known price ${unpricedRuns === 1 ? "is" : "are"} not in it.`;
  const deleted = cost.deletedRuns === 0 ? "" : ` Of it, ${sayCount(cost.deletedRuns, "deleted run")} took ${say(cost.deletedAmount)}.`;
  const more = `${deleted}${unpriced}`;
  if (budget !== null && amount > budget) {
    const action = actionFor(config, "open_runs", "See what it was spent on");
    return { light: "trouble", reason: `${say(amount)} this month is over the budget of ${say(budget)}.${more}`, action };
  }
  if (budget !== null && forecast !== null && forecast > budget) {
    const action = actionFor(config, "open_runs", "See what it is spent on");
    const reason = `At this pace the month costs ${say(forecast)}, and the budget is ${say(budget)}.${unpriced}`;
    return { light: "attention", reason, action };
  }
  const of = budget === null ? "" : ` of ${say(budget)}`;
  return { light: "good", reason: `${say(amount)}${of} this month in ${sayCount(count, "run")}.${more}`, action: null };
}
