import { groupBy } from "../base/groupBy";
import type { CostedRun } from "./costedRun";
import type { MonthClock, MonthPart } from "./monthClock";

const DAY_MS = 86_400_000;
/** A run that says nothing for so long is taken as dead. */
const SILENT_MS = 7 * DAY_MS;
/** Some programs log seconds or nanoseconds in place of milliseconds: no run lies outside of these. */
const [FIRST_TIME, LAST_TIME] = [Date.UTC(2000, 0, 1), Date.UTC(2200, 0, 1)];

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
  return to === null || from < FIRST_TIME || to > LAST_TIME ? null : { from, to: Math.max(from, to) };
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

/** A run with the time that is paid for it. */
export interface ChargedRun {
  readonly run: CostedRun;
  /** Milliseconds; null where nobody knows how long it took. */
  readonly ms: number | null;
  /** The same by month; empty where it took nothing, or nobody knows. */
  readonly parts: readonly MonthPart[];
}

/** Once for all that add up and judge. */
export function chargeRuns(runs: readonly CostedRun[], clock: MonthClock, now: number): readonly ChargedRun[] {
  return runs.map((run) => {
    const times = chargedTimes(run, now);
    const [first, second] = times ?? [];
    return {
      ...{ run, ms: times === null ? null : lengthOf(times) },
      parts: first === undefined ? [] : second === undefined ? clock.split(first.from, first.to) : joined(clock, first, second),
    };
  });
}

function joined(clock: MonthClock, first: RunTime, second: RunTime): readonly MonthPart[] {
  const parts = [...clock.split(first.from, first.to), ...clock.split(second.from, second.to)];
  return [...groupBy(parts, ({ month }) => month)].map(([month, same]) => ({ month, ms: same.reduce((sum, { ms }) => sum + ms, 0) }));
}
