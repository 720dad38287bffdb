import type { InstancePrice } from "../cost/price";
import type { DataCheckReport } from "../dataCheck/dataCheckReport";
import type { CommitState } from "../monitoring/monitoringCheck";
import type { MonitoringResult } from "../monitoring/monitoringResult";
import type { Fingerprint, Redundancy } from "./fingerprint";
import type { ParamField } from "./paramField";
import type { EngineAction, EngineFacts } from "./trainingEngine";
import type { EngineId, ParamValue, TrainSpec } from "./trainSpec";

/** Why somebody wants a model trained anew. */
export interface TrainingReason {
  readonly kind: "manual" | "schedule" | "drift" | "data_change";
  /** One sentence, for people, logs and the run's tag. */
  readonly text: string;
}

/** One thing that was looked at before a start. */
export interface PlanCheck {
  readonly id: "config" | "params" | "data" | "redundancy" | "running" | "engine" | "code" | "environment" | "cost" | "trust";
  readonly result: "pass" | "warn" | "block";
  readonly message: string;
  readonly remedy: string | null;
}

export interface PlanParam {
  readonly field: ParamField;
  readonly value: ParamValue;
  /** Of the last training; null where it had none or there was none. */
  readonly before: string | null;
  readonly isChanged: boolean;
}

/**
 * All that will happen when somebody says yes, as plain immutable JSON without secrets. It is shown whole, and carried out only while its hash,
 * its age and the facts behind it still hold.
 */
export interface RetrainPlan {
  readonly schema: 1;
  readonly intent: "retrain";
  readonly jobId: string;
  readonly product: string;
  readonly config: string;
  /** SHA-256 of the product's file. */
  readonly configHash: string;
  readonly engine: EngineId;
  readonly spec: TrainSpec;
  readonly action: EngineAction;
  readonly params: readonly PlanParam[];
  readonly overrides: Readonly<Record<string, ParamValue>>;
  readonly tags: Readonly<Record<string, string>>;
  readonly consents: readonly string[];
  readonly fingerprint: Fingerprint;
  readonly redundancy: Redundancy;
  readonly dataCheck: DataCheckReport | null;
  readonly facts: Pick<EngineFacts, "health" | "warnings" | "consents" | "python" | "loginAt" | "pipeline">;
  readonly commit: CommitState | null;
  /** What the last check of the model at work said of drift and KPIs; absent where there was none. */
  readonly atWork?: Pick<MonitoringResult, "status" | "verdict" | "checked_at">;
  /** From past trainings on the same engine; null with a sentence why. */
  readonly estimate: {
    readonly durationMs: number | null;
    readonly basedOn: number;
    readonly cost: { readonly amount: number; readonly currency: string; readonly perHour: number } | null;
    /** An hour on its machine, also where nobody knows how long it takes; absent where the price is not known. */
    readonly price?: InstancePrice;
    readonly note: string | null;
  };
  readonly reason: TrainingReason;
  /** Why it is trained although nothing changed, in a person's words; null where that was not needed. */
  readonly againBecause: string | null;
  readonly checks: readonly PlanCheck[];
  /** What happens one after the other, in plain words. */
  readonly steps: readonly { readonly text: string; readonly risk: string | null }[];
  /** Milliseconds since 1970. */
  readonly createdAt: number;
  readonly expiresAt: number;
  /** SHA-256 over the canonical JSON of everything else. */
  readonly hash: string;
}

/** What somebody asks for. */
export interface RetrainWish {
  /** The product's file, in the workspace. */
  readonly config: string;
  /** In place of `train.engine`. */
  readonly engine: EngineId | null;
  /** Text as typed, by name; checked against the fields. */
  readonly params: Readonly<Record<string, string>>;
  readonly reason: TrainingReason;
  readonly againBecause: string | null;
  readonly consents: readonly string[];
}
