import type { Product } from "../../config/product";
import { cronFields, readPace } from "../../lint/schedule";
import type { MonitoringResult } from "../../monitoring/monitoringResult";
import type { TrackedRun } from "../../monitoring/monitoringTracker";
import { retrainReason } from "../../monitoring/retrainReason";
import { sayTime } from "../../monitoring/sayResult";
import { oneLine } from "../../base/oneLine";
import { stopped } from "../../base/stopped";
import type { Redundancy } from "../fingerprint";
import { isOver } from "../jobState";
import type { TrainingReason } from "../retrainPlan";
import type { TrainingJob } from "../trainingJob";
import { lastCronTime } from "./lastCronTime";

/** Whether a product's own `train.trigger` wants a training now. */
export type TrainingNeed =
  | { readonly kind: "needed"; readonly reason: TrainingReason }
  /** `why`: one or more sentences. */
  | { readonly kind: "not_needed"; readonly why: string }
  | { readonly kind: "cannot_tell"; readonly why: string };

export interface NeedFacts {
  readonly trigger: NonNullable<Product["train"]>["trigger"];
  /** The last check of the model at work; null where there was none. */
  readonly latest: MonitoringResult | null;
  /** Trainings of the product, the newest first. */
  readonly jobs: readonly TrainingJob[];
  /** The newest finished run of the product in its store, also one that nobody here started; null where there is none. */
  readonly newestRun: Pick<TrackedRun, "name" | "startTime"> | null;
  /** Milliseconds since 1970. */
  readonly now: number;
}

const DAY_MS = 86_400_000;
/** A timer that wakes a little earlier than the last time must not pass over a whole period. */
const EARLY_SHARE = 0.01;

/**
 * What can be told before a plan is made: a training that runs, the schedule and the last check. New data is a matter of the fingerprint
 * and so of the plan: `needOfPlan` says it.
 * @returns null where only the plan can tell.
 */
export function needBeforePlan(facts: NeedFacts): TrainingNeed | null {
  const { trigger, jobs } = facts;
  const running = jobs.find(({ phase, status }) => phase !== "refused" && !isOver(status.state));
  if (running !== undefined) {
    return { kind: "not_needed", why: `It is being trained right now, by the job ${running.id}.` };
  }
  if (trigger?.schedule === undefined && trigger?.on_drift === undefined && trigger?.on_new_data !== true) {
    return {
      kind: "not_needed",
      why: "Nothing starts a training by itself: train.trigger names neither a schedule, nor drift, nor new data.",
    };
  }
  const parts = [byDrift(facts), bySchedule(facts)].filter((part) => part !== null);
  const needed = parts.find(({ kind }) => kind === "needed");
  // New data may still say yes, where drift and schedule do not.
  return needed ?? (trigger.on_new_data === true ? null : joined(parts));
}

/**
 * What is left to be told once the plan is there. A training that would only make the same model again is not needed, whatever asked for
 * it, and neither is one that failed with exactly these inputs the last time: a timer would try for ever.
 * @param before what `needBeforePlan` said.
 */
export function needOfPlan(
  before: TrainingNeed | null,
  facts: NeedFacts,
  redundancy: Redundancy,
  fingerprint: string | null,
): TrainingNeed {
  if (before !== null && before.kind !== "needed") {
    return before;
  }
  if (redundancy.kind === "redundant") {
    const asked = before === null ? "" : `${stopped(before.reason.text)} `;
    return {
      kind: "not_needed",
      why: `${asked}Nothing that the training depends on has changed, so that it would make the same model again: ${redundancy.because}`,
    };
  }
  const [last] = facts.jobs.filter(({ phase }) => phase === "submitted");
  if (fingerprint !== null && last?.fingerprint === fingerprint && last.status.state === "failed") {
    return {
      kind: "not_needed",
      why: `The last training failed with exactly these inputs, as the job ${last.id}. Mend what failed, or train by hand.`,
    };
  }
  return before ?? byData(facts, redundancy);
}

function byData(facts: NeedFacts, redundancy: Exclude<Redundancy, { readonly kind: "redundant" }>): TrainingNeed {
  switch (redundancy.kind) {
    case "first":
      return { kind: "needed", reason: { kind: "data_change", text: "It was never trained." } };
    case "cannot_tell":
      return { kind: "cannot_tell", why: `Nobody can tell whether data has changed: ${redundancy.why}` };
    case "changed": {
      const data = redundancy.changes.filter(({ kind }) => kind === "data");
      const others = [byDrift(facts), bySchedule(facts)].filter((part) => part !== null);
      return data.length > 0
        ? { kind: "needed", reason: { kind: "data_change", text: `Data changed: ${data.map(({ text }) => text).join("; ")}.` } }
        : joined([...others, { kind: "not_needed", why: "No data changed since the last training." }]);
    }
  }
}

/** The last check, as `on_drift` says, unless a training has answered it already. */
function byDrift({ trigger, latest, ...facts }: NeedFacts): TrainingNeed | null {
  const from = trigger?.on_drift;
  if (from === undefined) {
    return null;
  }
  if (latest === null) {
    return { kind: "cannot_tell", why: "The model at work was never checked, so that nobody can tell of drift; mlops monitor does so." };
  }
  const when = sayTime(latest.checked_at);
  if (latest.status === "unjudged") {
    return { kind: "cannot_tell", why: `The last check, of ${when}, could not judge: ${stopped(latest.verdict)}` };
  }
  const reason = retrainReason(latest);
  if (reason === null || (latest.status === "warn" && from === "fail")) {
    return { kind: "not_needed", why: `The last check, of ${when}, asks for none: ${stopped(latest.verdict)}` };
  }
  const answer = lastTraining(facts);
  return answer !== null && answer.at >= latest.checked_at
    ? { kind: "not_needed", why: `The check of ${when} was answered by ${answer.what}.` }
    : { kind: "needed", reason: { kind: "drift", text: `The check of ${when} says: ${stopped(reason.why)}` } };
}

function bySchedule({ trigger, now, ...facts }: NeedFacts): TrainingNeed | null {
  const schedule = trigger?.schedule;
  if (schedule === undefined) {
    return null;
  }
  const due = dueSince(schedule, now);
  if (due === null) {
    return { kind: "cannot_tell", why: `The schedule "${schedule}" is none that can be read.` };
  }
  const last = lastTraining(facts);
  if (last !== null && last.at >= due) {
    return { kind: "not_needed", why: `The schedule "${schedule}" is not due: ${last.what} is of ${sayTime(last.at)}.` };
  }
  const since = last === null ? "due, and no training has ended well yet" : `due since ${sayTime(due)}`;
  return { kind: "needed", reason: { kind: "schedule", text: `The schedule "${schedule}" is ${since}.` } };
}

/** A training that started before this time is too old by the schedule: the last time of a cron expression, or a pace ago. */
function dueSince(schedule: string, now: number): number | null {
  const cron = cronFields(schedule.trim().toLowerCase());
  if (cron !== null) {
    return lastCronTime(cron, now);
  }
  const pace = readPace(schedule);
  return pace === null ? null : now - pace.days * DAY_MS * (1 - EARLY_SHARE);
}

/** The last one that ended well, by when it began. Where jobs are not kept, as on a fresh machine of CI, the store still knows. */
function lastTraining({ jobs, newestRun }: Pick<NeedFacts, "jobs" | "newestRun">): { readonly at: number; readonly what: string } | null {
  const ended = jobs
    .filter(({ status }) => status.state === "succeeded")
    .map(({ id, createdAt }) => ({ at: createdAt, what: `the training ${id}` }));
  const run = newestRun?.startTime == null ? [] : [{ at: newestRun.startTime, what: `the run "${oneLine(newestRun.name, 60)}"` }];
  return [...ended, ...run].sort((a, b) => b.at - a.at)[0] ?? null;
}

/** Nobody asked for a training; what could not be told weighs more than a no. */
function joined(parts: readonly TrainingNeed[]): TrainingNeed {
  const why = parts.flatMap((part) => (part.kind === "needed" ? [] : [part.why])).join(" ");
  return { kind: parts.some(({ kind }) => kind === "cannot_tell") ? "cannot_tell" : "not_needed", why };
}
