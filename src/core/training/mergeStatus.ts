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
    return { ...job, status: { ...status, startedAt, endedAt, message: messageOf(status, job) } };
  };
}

/** Of an engine that cannot be asked: nothing is known but what was. */
export function unreachable(message: string): Change {
  return (job) => (isOver(job.status.state) ? job : { ...job, status: { ...job.status, state: "unknown", message } });
}

function messageOf(status: JobStatus, { cancelAsked }: TrainingJob): string | null {
  return isOver(status.state) && status.state !== "succeeded" && cancelAsked?.because === "time_limit"
    ? "It was ended because its time limit had passed."
    : status.message;
}
