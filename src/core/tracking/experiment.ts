export type LifecycleStage = "active" | "deleted";

export interface Experiment {
  /** Always a string: ids made by MLflow's file store have 18 digits, more than a JavaScript number can hold. */
  readonly experimentId: string;
  readonly name: string;
  readonly lifecycleStage: LifecycleStage;
  readonly artifactLocation: string;
  /** Milliseconds since 1970, or null where the store has none (MLflow before 1.29). */
  readonly creationTime: number | null;
  readonly lastUpdateTime: number | null;
  readonly tags: ReadonlyMap<string, string>;
}
