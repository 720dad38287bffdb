import type { CostedRun } from "./costedRun";

const DAY_MS = 86_400_000;
/** A run that says nothing for so long is taken as dead. */
const SILENT_MS = 7 * DAY_MS;

/** When a run worked, milliseconds since 1970. */
export interface RunTime {
  readonly from: number;
  readonly to: number;
}

/**
 * Still RUNNING in the store, although it is not: its job is over, or it began more than seven days ago and logged no metric in the last
 * seven days.
 */
export function isDead({ status, startedAt, lastPointAt, jobEndedAt, endedAt }: CostedRun, now: number): boolean {
  return (
    (status === "RUNNING" || status === "SCHEDULED") &&
    endedAt === null &&
    (jobEndedAt !== null || (startedAt !== null && now - Math.max(startedAt, lastPointAt ?? 0) > SILENT_MS))
  );
}

/**
 * From start to end. A run that works now ends now. One that died ends with its job, else with the last metric that it logged: later than
 * that nobody knows.
 * @returns null where nothing tells how long it took.
 */
export function runTime(run: CostedRun, now: number): RunTime | null {
  const { startedAt: from, endedAt, status } = run;
  if (from === null || (status === "SCHEDULED" && endedAt === null)) {
    return null;
  }
  const isRunning = status === "RUNNING" && !isDead(run, now);
  const to = endedAt ?? (isRunning ? now : (run.jobEndedAt ?? run.lastPointAt));
  return to === null ? null : { from, to: Math.max(from, to) };
}

/**
 * The parts of a run's time that are paid for it: without that in which its parent ran, because the parent's price holds that already.
 * @returns null where nothing tells how long it took, else up to two parts, none of them empty.
 */
export function chargedTimes(run: CostedRun, now: number): readonly RunTime[] | null {
  const time = runTime(run, now);
  if (time === null) {
    return null;
  }
  if (run.paidIn === null) {
    return time.to > time.from ? [time] : [];
  }
  const from = run.paidIn.from;
  const to = Math.max(from, run.paidIn.to ?? now);
  return [
    { from: time.from, to: Math.min(time.to, from) },
    { from: Math.max(time.from, to), to: time.to },
  ].filter((part) => part.to > part.from);
}

/** Milliseconds of all parts. */
export function lengthOf(times: readonly RunTime[]): number {
  return times.reduce((sum, { from, to }) => sum + (to - from), 0);
}
