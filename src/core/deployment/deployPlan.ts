import type { GateResult } from "./gate/gate";
import type { ScoringInput, TargetFacts, TargetStep } from "./deployTarget";
import type { TargetSpec } from "./targetSpec";

/** What somebody asks for. */
export interface DeployWish {
  /** The product's file, relative to the workspace. */
  readonly config: string;
  /** Key below `deploy.targets`. */
  readonly target: string;
  /** Null, for a way back, means the version before. */
  readonly version: string | null;
  readonly intent: "deploy" | "rollback";
  /** In a person's words; kept in the log. */
  readonly reason: string | null;
}

/** One line of a comparison with the version that is there: KPIs, params, data, owner, drift. */
export interface VersionDifference {
  readonly group: "kpi" | "param" | "data" | "code" | "owner" | "drift";
  readonly name: string;
  readonly before: string | null;
  readonly after: string | null;
  /** For KPIs with a target's direction; null elsewhere. */
  readonly isBetter: boolean | null;
}

/** One thing that was looked at beside the gate. */
export interface DeployCheck {
  readonly id: "config" | "target" | "version" | "running" | "trust" | "name";
  readonly result: "pass" | "warn" | "block";
  readonly message: string;
  readonly remedy: string | null;
}

/** All that will happen when somebody says yes, as plain immutable JSON without secrets. Carried out only while its hash, its age and the facts behind it hold. */
export interface DeployPlan {
  readonly schema: 1;
  readonly intent: "deploy" | "rollback";
  readonly deploymentId: string;
  readonly product: string;
  readonly config: string;
  /** SHA-256 of the product's file. */
  readonly configHash: string;
  readonly spec: TargetSpec;
  readonly version: string;
  readonly digest: string | null;
  readonly runId: string | null;
  readonly source: string | null;
  readonly previous: string | null;
  /** Where the files of the version before are, for the way back; null where nobody knows. */
  readonly previousSource: string | null;
  readonly facts: TargetFacts;
  readonly gate: GateResult;
  readonly differences: readonly VersionDifference[];
  readonly steps: readonly TargetStep[];
  /** What goes back when a step, the health check or the scoring request fails; empty where there is nothing to go back to. */
  readonly wayBack: readonly TargetStep[];
  /** The model's input example; null where it has none, which the plan says. */
  readonly input: ScoringInput | null;
  readonly checks: readonly DeployCheck[];
  /** What a person has to type to confirm: the model's name, for a target that the gate judges as production; null elsewhere. */
  readonly confirmBy: string | null;
  readonly commit: string | null;
  readonly reason: string | null;
  /** Milliseconds since 1970. */
  readonly createdAt: number;
  readonly expiresAt: number;
  /** SHA-256 over the canonical JSON of everything else. */
  readonly hash: string;
}
