import type { CancelSignal } from "../../base/cancel";
import type { StoreLocation } from "../../tracking/storeLocation";
import type { RetrainPlan } from "../retrainPlan";

/** Where a run keeps the model that it logged. */
export type ModelSource =
  /** MLflow 3: a model of its own, which names the run. */
  | { readonly kind: "logged"; readonly modelId: string }
  /** MLflow 2: a folder of the run's artifacts. */
  | { readonly kind: "artifact"; readonly path: string };

/** One new version of a registered model. */
export interface RegisterWish {
  readonly location: StoreLocation;
  readonly runId: string;
  /** Of the run, as the store has it. */
  readonly artifactUri: string;
  readonly model: string;
  readonly source: ModelSource;
  readonly description: string;
  readonly tags: Readonly<Record<string, string>>;
  /** Whose Python is used where the store is no server. */
  readonly plan: RetrainPlan;
}

/** The only thing that ever adds to a store; used where `train.register` of the product's file says so. */
export interface ModelRegistrar {
  /**
   * Makes the registered model where it is missing, and a version of it. Whoever calls has looked that the run has none yet.
   * @throws AppError with a sentence; nobody knows then whether the version was made, and the store is asked.
   */
  register(wish: RegisterWish, signal: CancelSignal): Promise<{ readonly version: string }>;
}
