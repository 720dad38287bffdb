import type { StoreId } from "../../core/tracking/storeLocation";

/** A run, over all stores of the window. Plain data, so that it can be a command's argument and be persisted. */
export interface RunRef {
  readonly storeId: StoreId;
  readonly runId: string;
}

export interface ExperimentRef {
  readonly storeId: StoreId;
  readonly experimentId: string;
}
