import type { CancelSignal } from "../base/cancel";
import type { ModelRegistry } from "./modelRegistry";
import type { StoreLocation } from "./storeLocation";
import type { TrackingStore } from "./trackingStore";

/** What a location opens to: MLflow keeps runs and registered models in the same place. */
export type Store = TrackingStore & ModelRegistry;

/** Opens the store at a location, or throws an AppError that says why it cannot be read. */
export interface StoreOpener {
  open(location: StoreLocation, signal: CancelSignal): Promise<Store>;
}
