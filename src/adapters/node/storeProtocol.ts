import type { CostQuestion } from "../../core/cost/costReader";
import type { CostReport } from "../../core/cost/costReport";
import type { ReadCosts } from "../../core/cost/readCostedRuns";
import type { ArtifactOwner } from "../../core/tracking/artifact";
import type { PageRequest } from "../../core/tracking/page";
import type { Store } from "../../core/tracking/store";
import type { StoreLocation } from "../../core/tracking/storeLocation";
import type { ExperimentQuery, RunQuery } from "../../core/tracking/trackingStore";

type Reply<K extends keyof Store> = Store[K] extends (...args: never[]) => Promise<infer R> ? R : never;

/** A store opened in the worker; the number is the worker's name for it. */
export type StoreHandle = number;

/** The methods that the worker answers; the same as Store's, with one parameter object and a handle. */
export interface StoreWorkerMethods {
  open(params: { location: StoreLocation }): StoreHandle;
  close(params: { store: StoreHandle }): void;
  describe(params: { store: StoreHandle }): Reply<"describe">;
  searchExperiments(params: { store: StoreHandle; query: ExperimentQuery }): Reply<"searchExperiments">;
  searchRuns(params: { store: StoreHandle; query: RunQuery }): Reply<"searchRuns">;
  getRun(params: { store: StoreHandle; runId: string }): Reply<"getRun">;
  getMetricHistories(params: {
    store: StoreHandle;
    runIds: readonly string[];
    key: string;
    maxPoints: number;
  }): Reply<"getMetricHistories">;
  listArtifacts(params: { store: StoreHandle; owner: ArtifactOwner; path: string }): Reply<"listArtifacts">;
  readArtifact(params: { store: StoreHandle; owner: ArtifactOwner; path: string; maxBytes: number }): Reply<"readArtifact">;
  checkForChanges(params: { store: StoreHandle }): Reply<"checkForChanges">;
  searchRegisteredModels(params: { store: StoreHandle; query: PageRequest }): Reply<"searchRegisteredModels">;
  getRegisteredModel(params: { store: StoreHandle; name: string }): Reply<"getRegisteredModel">;
  searchModelVersions(params: { store: StoreHandle; name: string; query: PageRequest }): Reply<"searchModelVersions">;
  versionsOfRun(params: { store: StoreHandle; runId: string }): Reply<"versionsOfRun">;
}

/** What the worker says of the money of runs; it reads the stores by itself, so that 100,000 runs need not cross the threads. */
export interface CostWorkerMethods {
  costReport(params: { question: CostQuestion }): CostReport;
  costedRuns(params: { location: StoreLocation; gpuBelow: number }): ReadCosts;
}
