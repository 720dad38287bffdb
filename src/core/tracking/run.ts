import type { LifecycleStage } from "./experiment";

/** MLflow's run states; UNKNOWN for a value that no known version writes. */
export type RunStatus = "RUNNING" | "SCHEDULED" | "FINISHED" | "FAILED" | "KILLED" | "UNKNOWN";

/** The latest value of a metric: MLflow's "latest" is the maximum of (step, timestamp, value), not the last line written. */
export interface Metric {
  /** May be NaN or ±Infinity. A database clamps ±Infinity to ±1.797e308; adapters turn that back. */
  readonly value: number;
  readonly timestamp: number;
  readonly step: number;
}

/** A dataset that a run read, as `mlflow.log_input` stored it. */
export interface DatasetInput {
  readonly name: string;
  readonly digest: string;
  readonly sourceType: string;
  /** JSON text as stored; its shape depends on `sourceType`. */
  readonly source: string;
  readonly schema: string | null;
  readonly profile: string | null;
  /** The tag `mlflow.data.context`: training, validation, … or null. */
  readonly context: string | null;
}

/** A logged model (MLflow 3) that a run wrote. */
export interface ModelOutput {
  readonly modelId: string;
  readonly step: number;
}

export interface Run {
  readonly runId: string;
  readonly experimentId: string;
  readonly name: string;
  readonly status: RunStatus;
  readonly lifecycleStage: LifecycleStage;
  /** Milliseconds since 1970. */
  readonly startTime: number | null;
  /** Null while the run is running, and for ever when its process died without saying so. */
  readonly endTime: number | null;
  readonly userId: string;
  readonly artifactUri: string;
  /** The tag `mlflow.parentRunId`, or null for a top-level run. */
  readonly parentRunId: string | null;
  readonly params: ReadonlyMap<string, string>;
  readonly metrics: ReadonlyMap<string, Metric>;
  readonly tags: ReadonlyMap<string, string>;
  readonly inputs: readonly DatasetInput[];
  readonly outputs: readonly ModelOutput[];
}

/** One point of a metric's curve. */
export interface MetricPoint {
  readonly step: number;
  readonly timestamp: number;
  /** May be NaN or ±Infinity. */
  readonly value: number;
}

/** A metric's curve, thinned to a requested number of points, with facts about all of its points. */
export interface MetricHistory {
  /** In order of (step, timestamp, value). NaN and infinite points are kept. */
  readonly points: readonly MetricPoint[];
  /** How many points the store holds; `points.length < total` means that the curve is thinned. */
  readonly total: number;
  /** Minimum and maximum over all finite values, null where there is none. */
  readonly min: number | null;
  readonly max: number | null;
  /** False where a server gave a sample only, so that min and max may miss an extreme. */
  readonly exact: boolean;
}

/** Well-known tag keys of MLflow. */
export const MLFLOW_TAG = {
  parentRunId: "mlflow.parentRunId",
  runName: "mlflow.runName",
  user: "mlflow.user",
  sourceName: "mlflow.source.name",
  sourceType: "mlflow.source.type",
  gitCommit: "mlflow.source.git.commit",
  gitBranch: "mlflow.source.git.branch",
  gitRepoUrl: "mlflow.source.git.repoURL",
  note: "mlflow.note.content",
  dataContext: "mlflow.data.context",
} as const;
