import type { CancelSignal } from "../base/cancel";
import type { RetrainPlan } from "./retrainPlan";
import type { TrainingJob } from "./trainingJob";

export interface JobHistory {
  /** The newest first. */
  readonly jobs: readonly TrainingJob[];
  /** Files that could not be read, a sentence each. */
  readonly problems: readonly string[];
  readonly total: number;
}

/**
 * Jobs of a workspace in `.mlops/jobs/<id>/` beside each product's file, which git ignores. Every write is atomic; a full disk or a read-only
 * folder is an AppError `file/unwritable`, and what was there stays.
 */
export interface JobJournal {
  /**
   * Takes the right to start this plan, in one step that only one window or process can win, and writes plan and job.
   * @returns the job that holds the right already, where another one does: the same plan, or a job not yet over with the same fingerprint.
   */
  claim(
    plan: RetrainPlan,
    job: TrainingJob,
    signal: CancelSignal,
  ): Promise<{ readonly kind: "claimed" } | { readonly kind: "taken"; readonly by: TrainingJob }>;
  /** Changes a job from what is on disk now. Two processes that do so at once both get their say. @returns what was written. */
  update(job: Pick<TrainingJob, "id" | "config">, change: (now: TrainingJob) => TrainingJob, signal: CancelSignal): Promise<TrainingJob>;
  read(id: string, config: string, signal: CancelSignal): Promise<TrainingJob | null>;
  plan(job: Pick<TrainingJob, "id" | "config">, signal: CancelSignal): Promise<RetrainPlan | null>;
  /** @param configs products' files whose jobs are wanted. */
  list(configs: readonly string[], limit: number, signal: CancelSignal): Promise<JobHistory>;
  /** Absolute folder of a job, in which the local engine keeps its log. */
  folder(job: Pick<TrainingJob, "id" | "config">): string;
}
