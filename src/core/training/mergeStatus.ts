import { isAppError, toUserText } from "../base/appError";
import { isOver } from "./jobState";
import type { JobStatus } from "./trainingEngine";
import type { TrainingJob } from "./trainingJob";

type Change = (now: TrainingJob) => TrainingJob;

/** What an engine says, beside what was known. A job that is over stays as it is, and a time that was known is not forgotten. */
export function mergeStatus(status: JobStatus): Change {
  return (job) => {
    if (isOver(job.status.state)) {
      return job;
    }
    const startedAt = status.startedAt ?? job.status.startedAt;
    const endedAt = status.endedAt ?? job.status.endedAt;
    return { ...withoutWish(job), status: { ...status, startedAt, endedAt, message: messageOf(status, job) } };
  };
}

/** Of an engine that cannot be asked, and why: nothing is known but what was. */
export function unreachable(error: unknown): Change {
  const status = { state: "unknown", message: toUserText(error) } as const;
  return (job) => (isOver(job.status.state) ? job : { ...withLoginWish(job, error), status: { ...job.status, ...status } });
}

/** Keeps whether the engine's server wants another login than it was given. */
export function withLoginWish(job: TrainingJob, error: unknown): TrainingJob {
  const isWanted = isAppError(error, "store/unauthorized") || isAppError(error, "store/forbidden");
  return isWanted ? { ...job, wantsLogin: true } : withoutWish(job);
}

function withoutWish({ wantsLogin: _, ...job }: TrainingJob): TrainingJob {
  return job;
}

function messageOf(status: JobStatus, { cancelAsked }: TrainingJob): string | null {
  return isOver(status.state) && status.state !== "succeeded" && cancelAsked?.because === "time_limit"
    ? "It was ended because its time limit had passed."
    : status.message;
}
