import { isBot } from "../lint/bots";
import { isMachineAccount } from "../tracking/startedByHand";
import type { TrainingJob } from "../training/trainingJob";
import type { ProductEvidence } from "./evidence";
import type { EffortSum } from "./productHealth";

/** Something that was done for a product. */
interface Action {
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly by: "person" | "automation" | null;
}

const PERIOD_MS = 30 * 86_400_000;
const HOUR_MINUTES = 60;

/**
 * What was done for a product in the last 30 days and in the 30 before: trainings (jobs, and runs at the top level that no job made), deployments and checks.
 * An action by hand counts as many minutes of somebody's time as the policy says.
 * @returns null where nothing was ever done, or nothing tells.
 */
export function effortSum(evidence: ProductEvidence): EffortSum | null {
  const actions = [...trainings(evidence), ...deployments(evidence), ...evidence.checks.starts];
  if (actions.length === 0) {
    return null;
  }
  const { now, facts, policy } = evidence;
  const { minutesPerAction } = policy.effort;
  const between = (from: number, to: number): ReturnType<typeof countOf> =>
    countOf(
      actions.filter(({ at }) => at > from && at <= to),
      minutesPerAction,
    );
  const { manual, automated, hours } = between(now - 2 * PERIOD_MS, now - PERIOD_MS);
  return {
    // What a clock says that runs ahead counts as now.
    ...between(now - PERIOD_MS, Number.POSITIVE_INFINITY),
    minutesPerAction,
    before: { manual, automated, hours },
    busFactor: facts.pipelineAuthors.known ? facts.pipelineAuthors.value.length : null,
  };
}

function countOf(actions: readonly Action[], minutesPerAction: number): Pick<EffortSum, "manual" | "automated" | "untold" | "hours"> {
  const count = (by: Action["by"]): number => actions.filter((action) => action.by === by).length;
  const manual = count("person");
  return { manual, automated: count("automation"), untold: count(null), hours: (manual * minutesPerAction) / HOUR_MINUTES };
}

function trainings({ jobs, runs }: ProductEvidence): readonly Action[] {
  const submitted = jobs.filter(({ phase }) => phase === "submitted");
  const known = new Set(submitted.map(({ id }) => id));
  const others = runs.known
    ? runs.value.filter(({ run: { parentRunId, job } }) => parentRunId === null && (job === null || !known.has(job)))
    : [];
  return [
    ...submitted.map((job): Action => ({ at: job.createdAt, by: startedBy(job) })),
    ...others.flatMap(({ run: { startedAt, startedBy: by } }): readonly Action[] => (startedAt === null ? [] : [{ at: startedAt, by }])),
  ];
}

/** As runs say it of themselves: what a schedule, drift or new data asked for counts as automation. */
function startedBy({ reason, by }: TrainingJob): Action["by"] {
  return reason.kind !== "manual" || (by !== null && isAutomatic(by)) ? "automation" : "person";
}

function deployments({ deployments: entries, name }: ProductEvidence): readonly Action[] {
  return entries
    .filter(({ product }) => product === name)
    .flatMap(({ at, who }): readonly Action[] => {
      const time = Date.parse(at);
      return Number.isNaN(time) ? [] : [{ at: time, by: who === null ? null : isAutomatic(who) ? "automation" : "person" }];
    });
}

function isAutomatic(who: string): boolean {
  return isBot(who) || isMachineAccount(who);
}
