import { oneLine } from "../../core/base/oneLine";
import type { JobState } from "../../core/training/jobState";
import type { JobStatus } from "../../core/training/trainingEngine";
import type { RayJob } from "./rayApi";

const STATES: ReadonlyMap<string, JobState> = new Map<string, JobState>([
  ["PENDING", "queued"],
  ["RUNNING", "running"],
  ["STOPPED", "cancelled"],
  ["SUCCEEDED", "succeeded"],
  ["FAILED", "failed"],
]);
/** Of `timeout`, where it ended the command. */
const LIMIT_CODE = 124;
const LONGEST = 300;

export function stateOf({ status }: RayJob): JobState {
  return STATES.get(status) ?? "unknown";
}

export function toJobStatus(job: RayJob): JobStatus {
  return {
    state: stateOf(job),
    message: messageOf(job),
    startedAt: job.start_time ?? null,
    endedAt: job.end_time ?? null,
    exitCode: job.driver_exit_code ?? null,
    progress: null,
    tasks: [],
  };
}

/** Of a job that the cluster does not know: it keeps jobs in memory only. */
export function lostStatus(): JobStatus {
  return {
    state: "unknown",
    message:
      "The Ray cluster does not know this job any more: it was restarted or the job was deleted, so that nobody can tell how it ended.",
    startedAt: null,
    endedAt: null,
    exitCode: null,
    progress: null,
    tasks: [],
  };
}

function messageOf(job: RayJob): string | null {
  const limit = job.metadata?.["time_limit_s"];
  const code = job.driver_exit_code ?? null;
  const said = job.message ?? "";
  switch (job.status) {
    case "SUCCEEDED":
      return null;
    case "RUNNING":
      return null;
    case "STOPPED":
      return "It was stopped.";
    case "PENDING":
      return said === "" ? "It waits for the cluster." : oneLine(said, LONGEST);
    case "FAILED":
      if (limit !== undefined && code === LIMIT_CODE) {
        return `It was ended at its time limit of ${limit} seconds.`;
      }
      return code === null || code === 0 ? oneLine(firstLine(said), LONGEST) : `The command ended with exit code ${code}${lastLine(said)}`;
    default:
      return `Ray says "${oneLine(job.status, 40)}", which is not known here.`;
  }
}

function firstLine(text: string): string {
  return text.split("\n").find((line) => line.trim() !== "") ?? "Ray does not say why it failed.";
}

/** Ray adds the end of the log to its message, whose last line mostly says what happened. */
function lastLine(text: string): string {
  const lines = text.split("\n").filter((line) => line.trim() !== "");
  return lines.length < 2 ? "." : `: ${oneLine(lines.at(-1) ?? "", LONGEST)}`;
}
