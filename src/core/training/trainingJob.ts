import type { RetrainPlan } from "./retrainPlan";
import type { JobHandle, JobStatus } from "./trainingEngine";
import type { EngineId } from "./trainSpec";

/** A KPI of the product as the new run has it. */
export interface JudgedKpi {
  readonly name: string;
  readonly group: string | null;
  readonly value: number | null;
  readonly target: string | null;
  readonly status: "pass" | "warn" | "fail" | "unknown";
  /** Of the model that is at work; null where there is none, or it lacks the metric. */
  readonly champion: number | null;
  /** Whether the new value is better than the champion's; null where nobody can tell. */
  readonly isBetter: boolean | null;
}

/** What came of a training. */
export interface TrainingOutcome {
  /** Runs with the job's tag, the newest first. */
  readonly runs: readonly {
    readonly storeId: string;
    readonly experimentId: string;
    readonly runId: string;
    readonly name: string;
    readonly status: string;
  }[];
  readonly kpis: readonly JudgedKpi[];
  readonly champion: { readonly model: string; readonly version: string; readonly runId: string | null } | null;
  /** What was registered; null where the product's file does not ask for it, or it failed (`notes` say why). */
  readonly registered: { readonly model: string; readonly version: string } | null;
  readonly cost: { readonly amount: number; readonly currency: string } | null;
  /** Sentences, e.g. that no run was found. */
  readonly notes: readonly string[];
  readonly at: number;
}

/** A job as its journal keeps it. */
export interface TrainingJob {
  readonly schema: 1;
  readonly id: string;
  readonly product: string;
  readonly config: string;
  readonly engine: EngineId;
  readonly planHash: string;
  readonly fingerprint: string | null;
  readonly reason: RetrainPlan["reason"];
  readonly againBecause: string | null;
  /** `claimed`: written before the engine is asked, so that a crash in between is seen. */
  readonly phase: "claimed" | "submitted" | "refused";
  readonly handle: JobHandle | null;
  /** The last that is known. */
  readonly status: JobStatus;
  readonly outcome: TrainingOutcome | null;
  readonly createdAt: number;
  /** Who asked, as git or the system calls them. */
  readonly by: string | null;
  /** Set while one process works out the outcome, so that no second one judges and registers as well; absent or null where none does. */
  readonly judging?: { readonly token: string; readonly since: number } | null;
  /** Why the outcome could not be had the last time, one sentence; it is tried again at the next look. */
  readonly outcomeProblem?: string | null;
  /** True where the engine's server accepted no login at the last look; absent where it did, or wants none. */
  readonly wantsLogin?: true;
  /** When its end was asked for last, and why; absent or null where nobody did. */
  readonly cancelAsked?: { readonly at: number; readonly because: "person" | "time_limit" } | null;
}
