import type { JobState } from "../../core/training/jobState";
import type { JobStatus } from "../../core/training/trainingEngine";

const RUNNING = /^Running stage '([^']+)':/;
const SKIPPED = /^Stage '([^']+)' (?:didn't change, skipping|is cached - skipping run)/;
const FAILED = /^ERROR: failed to reproduce '([^']+)'/;

/** Stages of a pipeline in the order in which DVC's log names them. @param state of the whole job. */
export function dvcStages(log: string, state: JobState): JobStatus["tasks"] {
  const tasks = new Map<string, JobState>();
  let running: string | null = null;
  for (const line of log.split(/\r?\n/)) {
    const next = RUNNING.exec(line)?.[1] ?? SKIPPED.exec(line)?.[1];
    const failed = FAILED.exec(line)?.[1];
    if (next !== undefined) {
      if (running !== null) {
        tasks.set(running, "succeeded");
      }
      running = RUNNING.test(line) ? next : null;
      tasks.set(next, running === null ? "succeeded" : "running");
    } else if (failed !== undefined) {
      tasks.set(failed, "failed");
      running = running === failed ? null : running;
    }
  }
  if (running !== null) {
    tasks.set(running, state);
  }
  return [...tasks].map(([name, own]) => ({ name, state: own }));
}
