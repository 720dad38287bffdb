import { oneLine } from "../../base/oneLine";
import { stopped } from "../../base/stopped";
import type { ProductEvidence } from "../evidence";
import { sayCount } from "../sayCount";
import { actionFor } from "../nextAction";
import type { ChallengeState, EffortSum } from "../productHealth";
import { findingParts, type LightPart, worstPart } from "./lightPart";

/** Fewer actions by hand in 30 days are no burden that anybody would automate away. */
const MANY = 3;

/** How much of people's time the product takes. */
export function effortLight(evidence: ProductEvidence, effort: EffortSum | null): ChallengeState {
  return worstPart("effort", [...findingParts(evidence, "effort"), ...failedTraining(evidence), work(evidence, effort)]);
}

function failedTraining({ jobs, config }: ProductEvidence): readonly LightPart[] {
  const [last] = jobs;
  if (last?.status.state !== "failed") {
    return [];
  }
  const why = last.status.message === null ? "" : ` ${stopped(oneLine(last.status.message, 160))}`;
  const action = actionFor(config, "retrain", "Look at it and train again", { detail: last.id });
  return [{ light: "attention", reason: `The last training failed.${why}`, action }];
}

function work({ config, runs }: ProductEvidence, effort: EffortSum | null): LightPart {
  if (effort === null) {
    return runs.known
      ? {
          light: "unknown",
          reason: "Nothing was trained, deployed or checked yet, so nobody can tell how much work it takes.",
          action: actionFor(config, "retrain", "Train it"),
        }
      : {
          light: "unknown",
          reason: `How often it is trained is not known: ${stopped(runs.why)}`,
          action: actionFor(config, "open_runs", "Open the store"),
        };
  }
  const { manual, automated, untold, hours, minutesPerAction } = effort;
  const told = `${sayCount(manual, "action")} by hand and ${automated} by automation in the last 30 days`;
  const more = `${untold === 0 ? "" : `; of ${untold} more nobody can tell`}${runs.known ? "" : `; its runs could not be read: ${runs.why}`}`;
  if (manual >= MANY && manual > automated) {
    return {
      light: "attention",
      reason: `${told}: ${sayHours(hours)} of somebody's time at ${minutesPerAction} minutes each${more}.`,
      action: actionFor(config, "automate", "Automate this"),
    };
  }
  return manual + automated === 0 && untold > 0
    ? { light: "unknown", reason: `Nobody can tell who did the ${sayCount(untold, "action")} of the last 30 days.`, action: null }
    : { light: "good", reason: `${told}${more}.`, action: null };
}

function sayHours(hours: number): string {
  return `${Number(hours.toFixed(1))} h`;
}
