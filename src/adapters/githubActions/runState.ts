import type { JobState } from "../../core/training/jobState";
import type { JobStatus } from "../../core/training/trainingEngine";
import type { JobRecord, RunRecord } from "./records";

/** What is known of a run that nobody can tell from others. */
export function unsureStatus(message: string): JobStatus {
  return { state: "unknown", message, startedAt: null, endedAt: null, exitCode: null, progress: null, tasks: [] };
}

/**
 * A run in our words.
 * Source of the words of GitHub: https://docs.github.com/rest/actions/workflow-runs
 */
export function toJobStatus(run: RunRecord, jobs: readonly JobRecord[]): JobStatus {
  const { state, message } = stateOfRun(run, jobs);
  const starts = jobs.flatMap(({ status, started_at }) => (status === "queued" ? [] : (timeOf(started_at) ?? [])));
  const ends = jobs.flatMap(({ completed_at }) => timeOf(completed_at) ?? []);
  const isEnd = run.status === "completed" && run.conclusion !== "action_required";
  const startedAt = starts.length > 0 ? Math.min(...starts) : state === "queued" ? null : timeOf(run.run_started_at);
  return {
    state,
    message,
    startedAt,
    endedAt: isEnd ? (ends.length > 0 ? Math.max(...ends) : timeOf(run.updated_at)) : null,
    exitCode: null,
    // Jobs that wait for others are not known before, so that no share of the whole can be told.
    progress: null,
    tasks: jobs.map((job) => ({ name: job.name, state: stateOfJob(job) })),
  };
}

interface Said {
  readonly state: JobState;
  readonly message: string | null;
}

function stateOfRun(run: RunRecord, jobs: readonly JobRecord[]): Said {
  switch (run.status) {
    case "completed":
      return endOfRun(run, jobs);
    case "in_progress":
      return { state: "running", message: null };
    case "waiting":
      return { state: "queued", message: `Waits until a person approves it: ${run.html_url}` };
    case "pending":
      return { state: "queued", message: "Waits until another run of the workflow is over." };
    case "queued":
    case "requested":
      return { state: "queued", message: "Waits for a machine that runs it." };
    default:
      return { state: "unknown", message: `GitHub calls the state of the run "${run.status ?? "none"}", which is not known here.` };
  }
}

function endOfRun({ conclusion, html_url }: RunRecord, jobs: readonly JobRecord[]): Said {
  switch (conclusion) {
    case "success":
    case "neutral":
      return { state: "succeeded", message: null };
    case "failure":
      return { state: "failed", message: `${failedPart(jobs)} See ${html_url}` };
    case "cancelled":
      return { state: "cancelled", message: "The run was cancelled." };
    case "timed_out":
      return { state: "failed", message: `The run took longer than its time limit and was ended. See ${html_url}` };
    case "startup_failure":
      return { state: "failed", message: `GitHub could not start the workflow, mostly because its file has an error. See ${html_url}` };
    case "stale":
      return { state: "failed", message: "GitHub gave the run up, because no machine took it for two weeks." };
    case "skipped":
      return { state: "failed", message: "All jobs of the workflow were skipped by their conditions, so that nothing was trained." };
    case "action_required":
      return { state: "queued", message: `Waits until a person approves it: ${html_url}` };
    default:
      return { state: "unknown", message: `GitHub calls the end of the run "${conclusion ?? "none"}", which is not known here.` };
  }
}

function failedPart(jobs: readonly JobRecord[]): string {
  const job = jobs.find(({ conclusion }) => conclusion === "failure" || conclusion === "timed_out");
  const step = job?.steps.find(({ conclusion }) => conclusion === "failure" || conclusion === "timed_out");
  return job === undefined
    ? "The run failed."
    : step === undefined
      ? `The job "${job.name}" failed.`
      : `The job "${job.name}" failed at its step "${step.name}".`;
}

function stateOfJob({ status, conclusion }: JobRecord): JobState {
  if (status !== "completed") {
    return status === "in_progress" ? "running" : "queued";
  }
  switch (conclusion) {
    case "success":
    case "neutral":
      return "succeeded";
    case "cancelled":
    case "skipped":
      return "cancelled";
    default:
      return "failed";
  }
}

function timeOf(text: string | null | undefined): number | null {
  const time = Date.parse(text ?? "");
  return Number.isFinite(time) ? time : null;
}
