import type { CancelSignal } from "../base/cancel";
import type { JobHistory } from "./jobJournal";
import type { RetrainPlan, RetrainWish } from "./retrainPlan";
import type { LogChunk } from "./trainingEngine";
import type { TrainingJob } from "./trainingJob";

/** What is being looked at while a plan is made, for a progress line. */
export type PlanProgress = (step: string) => void;

/** Makes plans. Reads much and changes nothing but the cache of hashes. */
export interface RetrainPlanning {
  /** @throws AppError `usage` where the product's file cannot be read at all; everything else is a check of the plan. */
  plan(wish: RetrainWish, onProgress: PlanProgress, signal: CancelSignal): Promise<RetrainPlan>;
  /** Sentences for each fact that is no longer as the plan says; empty while it holds. */
  outdated(plan: RetrainPlan, signal: CancelSignal): Promise<readonly string[]>;
}

/** Jobs over all engines and products of a workspace. */
export interface TrainingJobs {
  /**
   * Starts what a plan says, once. @throws AppError `usage` for a plan that is blocked, too old, changed, or started already; the sentence says
   * which, and what to do.
   */
  start(plan: RetrainPlan, signal: CancelSignal): Promise<TrainingJob>;
  list(limit: number, signal: CancelSignal): Promise<JobHistory>;
  /** Asks the engine how a job is, keeps what is new, and after its end finds its runs and judges them. A server that is away is a sentence in the status. */
  refresh(job: Pick<TrainingJob, "id" | "config">, signal: CancelSignal): Promise<TrainingJob>;
  cancel(job: Pick<TrainingJob, "id" | "config">, signal: CancelSignal): Promise<TrainingJob>;
  log(job: Pick<TrainingJob, "id" | "config">, cursor: string | null, signal: CancelSignal): Promise<LogChunk>;
  plan(job: Pick<TrainingJob, "id" | "config">, signal: CancelSignal): Promise<RetrainPlan | null>;
}
