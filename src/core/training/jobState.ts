/** What every engine's own states map to. `unknown`: nobody can say any more how it ended, or it cannot be asked. */
export type JobState = "queued" | "running" | "succeeded" | "failed" | "cancelled" | "unknown";

/** Whether a job will never change again. `unknown` is no end: the engine may answer once more. */
export function isOver(state: JobState): boolean {
  return state === "succeeded" || state === "failed" || state === "cancelled";
}
