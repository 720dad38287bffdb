import { oneLine } from "../../core/base/oneLine";
import { isOver, type JobState } from "../../core/training/jobState";
import type { JobStatus } from "../../core/training/trainingEngine";
import type { DagRun, TaskRecord } from "./records";

/** Stands at the beginning of the note of a run that was ended from here: Airflow knows no cancelled runs. */
export const CANCEL_NOTE = "Ended by MLOps Workbench.";

const RUN_STATES: ReadonlyMap<string, JobState> = new Map<string, JobState>([
  ["queued", "queued"],
  ["running", "running"],
  ["success", "succeeded"],
  ["failed", "failed"],
]);
const TASK_STATES: ReadonlyMap<string, JobState> = new Map<string, JobState>([
  ["running", "running"],
  ["restarting", "running"],
  ["success", "succeeded"],
  ["skipped", "succeeded"],
  ["failed", "failed"],
  ["upstream_failed", "failed"],
  ["removed", "cancelled"],
]);

export function stateOf({ state, note }: DagRun): JobState {
  return state === "failed" && (note ?? "").startsWith(CANCEL_NOTE) ? "cancelled" : (RUN_STATES.get(state ?? "") ?? "unknown");
}

/** What a task without a state waits for is the run's matter. */
export function taskStateOf({ state }: TaskRecord): JobState {
  return TASK_STATES.get(state ?? "") ?? "queued";
}

/** The first that started comes first; those that did not stand at the end. */
export function inOrder(tasks: readonly TaskRecord[]): readonly TaskRecord[] {
  return tasks.toSorted((a, b) => timeOr(a.start_date, Infinity) - timeOr(b.start_date, Infinity) || a.task_id.localeCompare(b.task_id));
}

export function toJobStatus(run: DagRun, tasks: readonly TaskRecord[], isPaused: boolean): JobStatus {
  const ordered = inOrder(tasks);
  const over = ordered.filter((task) => isOver(taskStateOf(task))).length;
  const state = stateOf(run);
  return {
    state,
    message: messageOf(run, state, ordered, isPaused),
    startedAt: timeOf(run.start_date),
    endedAt: timeOf(run.end_date),
    exitCode: null,
    progress: ordered.length === 0 ? null : over / ordered.length,
    tasks: ordered.map((task) => ({ name: nameOf(task), state: taskStateOf(task) })),
  };
}

/** Of a run that Airflow does not know any more. */
export function lostStatus(): JobStatus {
  const message = "Airflow does not show this run any more: it was deleted, or the login may not see it.";
  return { state: "unknown", message, startedAt: null, endedAt: null, exitCode: null, progress: null, tasks: [] };
}

/** With its place among the copies of a mapped task and, past the first, its try. */
export function nameOf({ task_id, map_index, try_number }: TaskRecord): string {
  const index = map_index < 0 ? "" : ` [${map_index}]`;
  return `${oneLine(task_id, 100)}${index}${try_number > 1 ? ` (try ${try_number})` : ""}`;
}

function messageOf(run: DagRun, state: JobState, tasks: readonly TaskRecord[], isPaused: boolean): string | null {
  const failed = tasks.find((task) => task.state === "failed");
  switch (state) {
    case "queued":
      return isPaused ? "The DAG is paused, so that the run waits until somebody unpauses it." : "It waits for Airflow's scheduler.";
    case "failed":
      return failed === undefined ? "Airflow says that the run failed." : `The task "${nameOf(failed)}" failed.`;
    case "cancelled":
      return "It was ended from here.";
    case "unknown":
      return `Airflow says "${oneLine(run.state ?? "", 40)}", which is not known here.`;
    default:
      return null;
  }
}

function timeOf(text: string | null | undefined): number | null {
  const time = Date.parse(text ?? "");
  return Number.isFinite(time) ? time : null;
}

function timeOr(text: string | null | undefined, other: number): number {
  // Infinity less Infinity is no number.
  return timeOf(text) ?? (Number.isFinite(other) ? other : Number.MAX_SAFE_INTEGER);
}
