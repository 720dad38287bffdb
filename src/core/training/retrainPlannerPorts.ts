import type { CancelSignal } from "../base/cancel";
import type { ConfigFile } from "../config/configFile";
import type { Policy } from "../config/policy";
import type { Product } from "../config/product";
import type { InstancePrice } from "../cost/price";
import type { DataCheckReport } from "../dataCheck/dataCheckReport";
import type { WorkspaceFiles } from "../lint/workspace/lintPorts";
import type { CommitState } from "../monitoring/monitoringCheck";
import type { MonitoringResult } from "../monitoring/monitoringResult";
import type { Fingerprint, PastTraining, Redundancy } from "./fingerprint";
import type { TrainingReason } from "./retrainPlan";
import type { PlanProgress } from "./training";
import type { EngineSource } from "./trainingEngine";
import type { ParamValue, TrainSpec } from "./trainSpec";

/** What the tags of a training's runs say. */
export interface TagFacts {
  readonly jobId: string;
  readonly fingerprint: Fingerprint;
  readonly reason: TrainingReason;
  /** Only where it is trained although nothing changed. */
  readonly againBecause: string | null;
}

/** The world as the planner of one workspace needs it. Nothing here changes anything but the cache of hashes. */
export interface RetrainPlannerPorts {
  /** Read anew at each call: what is remembered would hide what changed while somebody reads a plan. */
  readonly files: Pick<WorkspaceFiles, "readText" | "look">;
  readonly engines: EngineSource;
  /** All that the training depends on. @param params with the values that are sent, by name. */
  readonly fingerprint: (
    spec: TrainSpec,
    product: Product,
    params: Readonly<Record<string, ParamValue>>,
    onProgress: PlanProgress,
    signal: CancelSignal,
  ) => Promise<Fingerprint>;
  /** Whether it would only repeat an earlier one. @param price an hour on the spec's machine; null where nobody knows. */
  readonly redundancy: (
    spec: TrainSpec,
    product: Product,
    params: Readonly<Record<string, ParamValue>>,
    fingerprint: Fingerprint,
    price: InstancePrice | null,
    signal: CancelSignal,
  ) => Promise<Redundancy>;
  /** Finished trainings of the product on this engine, the newest first; at most `limit`. */
  readonly pastTrainings: (spec: TrainSpec, product: Product, limit: number, signal: CancelSignal) => Promise<readonly PastTraining[]>;
  /** Tags by name, for every run that the training makes. */
  readonly trainingTags: (facts: TagFacts) => Readonly<Record<string, string>>;
  readonly dataCheck: (
    config: string,
    file: ConfigFile<Product>,
    onProgress: PlanProgress,
    signal: CancelSignal,
  ) => Promise<DataCheckReport>;
  /** The id of a job, not yet over, that trains exactly this; null where there is none. */
  readonly runningWith: (config: string, fingerprint: string, signal: CancelSignal) => Promise<string | null>;
  /** Null where there is no repository, or git cannot be asked. */
  readonly commit: (config: string, signal: CancelSignal) => Promise<CommitState | null>;
  /** The last check of the model at work; null where there was none. */
  readonly lastCheck: (product: string, config: string, signal: CancelSignal) => Promise<MonitoringResult | null>;
  /** The policy that holds for a folder of the workspace, as `findPolicy` has it. */
  readonly policy: (folder: string, signal: CancelSignal) => Promise<Policy>;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** At least six hexadecimal digits that nobody else draws. */
  readonly randomId: () => string;
  /** In hex, of a text as UTF-8. */
  readonly sha256: (text: string) => string;
  readonly isTrusted: () => boolean;
  /** Of a path of the workspace; "" is the workspace itself. */
  readonly toAbsolute: (path: string) => string;
}
