import { toUserText } from "../base/appError";
import type { CancelSignal } from "../base/cancel";
import { withLoginWish } from "./mergeStatus";
import type { RetrainPlan } from "./retrainPlan";
import type { TrainingEngine } from "./trainingEngine";
import type { TrainingJob } from "./trainingJob";

/** An engine that was asked has answered by then, with all its tries. */
export const SUBMIT_GRACE_MS = 120_000;

/** How a job that was taken, but of whose start nobody heard, is to be kept from now on. */
export type Recovery = (now: TrainingJob) => TrainingJob;

/**
 * Looks up what became of a job that stayed `claimed`, because its process or its connection ended between asking and hearing. Found at
 * the engine: it is followed on. Not found and older than the grace: it was never started, and is not started now. A clock that was set
 * back counts as the grace having passed, since no job is from the future.
 */
export async function recoverJob(
  job: TrainingJob,
  plan: RetrainPlan | null,
  engine: TrainingEngine,
  now: number,
  signal: CancelSignal,
): Promise<Recovery> {
  const isOld = Math.abs(now - job.createdAt) > SUBMIT_GRACE_MS;
  if (plan === null) {
    return isOld ? refused("It was never started: its plan is not there any more.", now) : (same) => same;
  }
  try {
    const handle = await engine.find({ jobId: job.id, spec: plan.spec }, signal);
    if (handle !== null) {
      return (found) =>
        found.handle !== null ? found : { ...found, phase: "submitted", handle, status: { ...found.status, message: null } };
    }
  } catch (error) {
    signal.throwIfAborted();
    const tell = told(`Nobody can tell yet whether it was started. ${toUserText(error)}`);
    return (found) => (isOpen(found) ? withLoginWish(tell(found), error) : found);
  }
  return isOld
    ? refused("It was never started: whoever asked for it ended before the engine was asked. Make the plan again.", now)
    : told("It is being handed to the engine.");
}

/** For a job that nobody has heard of since. */
function told(message: string): Recovery {
  return (found) => (isOpen(found) && found.status.message !== message ? { ...found, status: { ...found.status, message } } : found);
}

export function refused(message: string, now: number): Recovery {
  return (found) =>
    isOpen(found) ? { ...found, phase: "refused", status: { ...found.status, state: "failed", message, endedAt: now } } : found;
}

function isOpen(job: TrainingJob): boolean {
  return job.phase === "claimed" && job.handle === null;
}
