import type { CancelSignal } from "../base/cancel";
import type { Page, PageRequest } from "./page";
import type { ModelVersion, RegisteredModel } from "./registeredModel";

/** A place that holds registered models and their versions; read-only. Every store that we open is also a TrackingStore. */
export interface ModelRegistry {
  /** By name, ascending. */
  searchRegisteredModels(query: PageRequest, signal: CancelSignal): Promise<Page<RegisteredModel>>;
  getRegisteredModel(name: string, signal: CancelSignal): Promise<RegisteredModel>;
  /** Newest version first (by number). Throws `model/not-found` for an unknown name. */
  searchModelVersions(name: string, query: PageRequest, signal: CancelSignal): Promise<Page<ModelVersion>>;
  /** The versions that were registered from a run, over all models. */
  versionsOfRun(runId: string, signal: CancelSignal): Promise<readonly ModelVersion[]>;
}
