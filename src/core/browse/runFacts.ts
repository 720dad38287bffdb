import { MLFLOW_TAG, type Run } from "../tracking/run";

const DAY = 86_400_000;

/**
 * A run that says RUNNING although nothing was heard of it for a day: a process that was killed leaves such runs for ever.
 * Judged by the latest sign of life, which is the newest metric or else the start.
 */
export function isStale(run: Run, now: number): boolean {
  return run.status === "RUNNING" && now - lastSign(run) > DAY;
}

/** Time of the newest metric, else of the start, in milliseconds since 1970. */
export function lastSign(run: Run): number {
  let last = run.startTime ?? 0;
  for (const metric of run.metrics.values()) {
    last = Math.max(last, metric.timestamp);
  }
  return last;
}

/** Milliseconds from start to end; for a live run until now, for a stale one until its last sign of life. Null without a start. */
export function runDuration(run: Run, now: number): number | null {
  if (run.startTime === null) {
    return null;
  }
  const end = run.endTime ?? (run.status === "RUNNING" ? (isStale(run, now) ? lastSign(run) : now) : null);
  return end === null ? null : Math.max(0, end - run.startTime);
}

/** Who answers for the run: the tag `owner`, else the user who started it. */
export function runOwner(run: Run): string {
  return run.tags.get("owner") ?? run.tags.get(MLFLOW_TAG.user) ?? run.userId;
}

export function runCommit(run: Run): string | null {
  return run.tags.get(MLFLOW_TAG.gitCommit) ?? null;
}
