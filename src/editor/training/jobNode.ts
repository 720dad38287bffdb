import { isOver } from "../../core/training/jobState";
import type { TrainingJob } from "../../core/training/trainingJob";
import type { BoardJob } from "./jobBoard";

/** A line of the view of trainings. */
export type JobNode =
  | { readonly kind: "jobGroup"; readonly group: "running" | "finished"; readonly count: number }
  | JobItemNode
  | { readonly kind: "jobProblem"; readonly text: string }
  | { readonly kind: "moreJobs"; readonly rest: number };

/** What conditions of menus ask a line of the view for. */
export const JOB_CONTEXT = {
  group: "mlops.jobGroup",
  problem: "mlops.jobProblem",
  more: "mlops.moreJobs",
  running: "mlops.job.running",
  finished: "mlops.job.finished",
  /** Behind one of the two above: there is a run to compare. */
  withRun: ".withRun",
} as const;

export interface JobItemNode {
  readonly kind: "job";
  /** Absolute folder of the workspace. */
  readonly root: string;
  readonly id: string;
  readonly entry: BoardJob;
}

export function isJobNode(value: unknown): value is JobItemNode {
  return (
    typeof value === "object" &&
    value !== null &&
    "kind" in value &&
    value.kind === "job" &&
    "root" in value &&
    "id" in value &&
    "entry" in value
  );
}

export function isRunning(job: TrainingJob): boolean {
  return !isOver(job.status.state) && job.phase !== "refused";
}

/** Groups that hold something. */
export function rootNodes(entries: readonly BoardJob[], problems: readonly string[]): JobNode[] {
  const running = entries.filter(({ job }) => isRunning(job)).length;
  const groups: readonly JobNode[] = [
    { kind: "jobGroup", group: "running", count: running },
    { kind: "jobGroup", group: "finished", count: entries.length - running },
  ];
  return [
    ...problems.map((text): JobNode => ({ kind: "jobProblem", text })),
    ...groups.filter((node) => node.kind !== "jobGroup" || node.count > 0),
  ];
}

export function jobNodes(entries: readonly BoardJob[], group: "running" | "finished", rest: number): JobNode[] {
  const shown = entries
    .filter(({ job }) => isRunning(job) === (group === "running"))
    .map((entry): JobNode => ({ kind: "job", root: entry.root, id: entry.job.id, entry }));
  return group === "finished" && rest > 0 ? [...shown, { kind: "moreJobs", rest }] : shown;
}
