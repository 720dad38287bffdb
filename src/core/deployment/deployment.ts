import type { CancelSignal } from "../base/cancel";
import type { DeployPlan, DeployWish } from "./deployPlan";
import type { ScoringResult, TargetHealth } from "./deployTarget";
import type { OnHashed } from "./hashProgress";
import type { TargetType } from "./targetSpec";

/** How far one deployment is. `interrupted`: whoever carried it out is gone, and what the target holds was asked. */
export type DeploymentState = "running" | "succeeded" | "failed" | "rolled_back" | "interrupted" | "cancelled";

/** `pending → running → done | failed`; `skipped` after a failure before it. */
export interface DeploymentStep {
  readonly id: string;
  readonly text: string;
  readonly state: "pending" | "running" | "done" | "failed" | "skipped";
  /** One sentence; null while nothing is to be said. */
  readonly message: string | null;
  /** Milliseconds since 1970. */
  readonly startedAt: number | null;
  readonly endedAt: number | null;
}

/** One deployment as `.mlops/deployments/<id>/deployment.json` keeps it while it goes on; its end is a line of the log. */
export interface Deployment {
  readonly schema: 1;
  readonly id: string;
  readonly intent: "deploy" | "rollback";
  readonly product: string;
  readonly config: string;
  readonly target: string;
  readonly type: TargetType;
  readonly model: string;
  readonly version: string;
  readonly previous: string | null;
  readonly planHash: string;
  readonly state: DeploymentState;
  /** One sentence: what came of it, and why. */
  readonly message: string | null;
  /** Those of the plan, then `health`, `score` and `settle` (looking again who is there), then those of the way back where it was taken. */
  readonly steps: readonly DeploymentStep[];
  readonly health: TargetHealth | null;
  readonly scoring: ScoringResult | null;
  /** What the target held at the end, as the target says; null where it cannot tell. */
  readonly serves: string | null;
  /** As git or the system calls them. */
  readonly who: string | null;
  readonly startedAt: number;
  readonly endedAt: number | null;
}

/** One line of `.mlops/deployments.jsonl`, hash-chained: what ended how. Never edited; it belongs in git. */
export interface DeploymentEntry {
  readonly at: string;
  readonly deployment: string;
  readonly intent: "deploy" | "rollback";
  readonly product: string;
  readonly target: string;
  readonly type: TargetType;
  readonly model: string;
  readonly version: string;
  readonly previous: string | null;
  readonly digest: string | null;
  readonly commit: string | null;
  readonly plan: string;
  readonly gate: {
    readonly decision: string;
    readonly hash: string;
    /** Whether an emergency exception let it through; left out where none did. */
    readonly exception?: boolean;
  };
  readonly state: DeploymentState;
  readonly serves: string | null;
  readonly who: string | null;
  readonly reason: string | null;
  readonly message: string | null;
}

/** What is where, as the log and the target itself tell. */
export interface TargetStatus {
  readonly product: string;
  readonly config: string;
  readonly target: string;
  readonly type: TargetType;
  readonly model: string;
  /** What the target itself says; null where it cannot be asked, with the reason in `problem`. */
  readonly version: string | null;
  readonly problem: string | null;
  /** True where the log's newest line says another version than the target: somebody moved it elsewhere. */
  readonly isMovedElsewhere: boolean;
  readonly since: number | null;
  readonly by: string | null;
  readonly health: TargetHealth | null;
  readonly last: DeploymentEntry | null;
  /** Going on right now. */
  readonly running: Deployment | null;
}

export interface DeploymentHistory {
  /** Newest first. */
  readonly entries: readonly DeploymentEntry[];
  /** Of logs that do not verify or cannot be read, a sentence each. */
  readonly problems: readonly string[];
}

/** Makes plans; changes nothing. */
export interface DeployPlanning {
  /** @param onHashed told how far the version's files were read, which takes minutes for a model of many GB. */
  plan(wish: DeployWish, signal: CancelSignal, onHashed?: OnHashed): Promise<DeployPlan>;
  /** Why a plan does not hold any more, a sentence each; none where it does. */
  outdated(plan: DeployPlan, signal: CancelSignal, onHashed?: OnHashed): Promise<readonly string[]>;
}

/** Carries plans out. Any number of windows and processes may do so at once. */
export interface Deployments {
  /**
   * Carries out a plan that a person has seen; comes back at its end. Refuses where the plan is old, changed, blocked, outdated, or the same target is being changed right now.
   * @param confirmation what the person typed; compared with `plan.confirmBy`.
   * @param onProgress after each change of a step.
   * @param onHashed told how far the version's files were read, before anything is changed.
   */
  run(
    plan: DeployPlan,
    confirmation: string | null,
    onProgress: (now: Deployment) => void,
    log: (line: string) => void,
    signal: CancelSignal,
    onHashed?: OnHashed,
  ): Promise<Deployment>;
  /** Of each target of these products. Ends what was interrupted by asking what is there. */
  status(configs: readonly string[], signal: CancelSignal): Promise<readonly TargetStatus[]>;
  history(config: string, signal: CancelSignal): Promise<DeploymentHistory>;
}
