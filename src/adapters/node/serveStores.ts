import type { CancelSignal } from "../../core/base/cancel";
import { AppError } from "../../core/base/appError";
import type { Store } from "../../core/tracking/store";
import type { StoreLocation } from "../../core/tracking/storeLocation";
import type { RpcHandlers } from "../../protocol/rpc";
import type { StoreHandle, StoreWorkerMethods } from "./storeProtocol";

/** The worker's side of `WorkerStoreOpener`: keeps opened stores by handle and forwards each call. */
export function serveStores(open: (location: StoreLocation, signal: CancelSignal) => Promise<Store>): RpcHandlers<StoreWorkerMethods> {
  const stores = new Map<StoreHandle, Store>();
  let next = 1;
  const of = (handle: StoreHandle): Store => {
    const store = stores.get(handle);
    if (store === undefined) {
      throw new AppError("store/unreadable", "The store was closed.", { remedy: "Refresh the view." });
    }
    return store;
  };
  return {
    open: async ({ location }, signal) => {
      const handle = next++;
      stores.set(handle, await open(location, signal));
      return handle;
    },
    close: ({ store }) => {
      stores.get(store)?.dispose();
      stores.delete(store);
    },
    describe: ({ store }, signal) => of(store).describe(signal),
    searchExperiments: ({ store, query }, signal) => of(store).searchExperiments(query, signal),
    searchRuns: ({ store, query }, signal) => of(store).searchRuns(query, signal),
    getRun: ({ store, runId }, signal) => of(store).getRun(runId, signal),
    getMetricHistories: ({ store, runIds, key, maxPoints }, signal) => of(store).getMetricHistories(runIds, key, { maxPoints }, signal),
    listArtifacts: ({ store, owner, path }, signal) => of(store).listArtifacts(owner, path, signal),
    readArtifact: ({ store, owner, path, maxBytes }, signal) => of(store).readArtifact(owner, path, { maxBytes }, signal),
    checkForChanges: ({ store }, signal) => of(store).checkForChanges(signal),
    searchRegisteredModels: ({ store, query }, signal) => of(store).searchRegisteredModels(query, signal),
    getRegisteredModel: ({ store, name }, signal) => of(store).getRegisteredModel(name, signal),
    searchModelVersions: ({ store, name, query }, signal) => of(store).searchModelVersions(name, query, signal),
    versionsOfRun: ({ store, runId }, signal) => of(store).versionsOfRun(runId, signal),
  };
}
