import { parentPort } from "node:worker_threads";

import { openFileStore } from "./adapters/mlflowFile/openFileStore";
import { openSqliteStore } from "./adapters/mlflowSqlite/openSqliteStore";
import { serveCosts } from "./adapters/node/serveCosts";
import { serveStores } from "./adapters/node/serveStores";
import type { CostWorkerMethods, StoreWorkerMethods } from "./adapters/node/storeProtocol";
import { workerChannel } from "./adapters/node/workerChannel";
import { fromErrorRecord, toErrorRecord } from "./core/base/appError";
import type { CancelSignal } from "./core/base/cancel";
import { CostDesk } from "./core/cost/costDesk";
import type { Store } from "./core/tracking/store";
import type { StoreLocation } from "./core/tracking/storeLocation";
import { RpcPeer } from "./protocol/rpc";

/** The worker's composition root: it knows the file-based stores and serves them to the extension host. */
if (parentPort !== null) {
  const open = async (location: StoreLocation, signal: CancelSignal): Promise<Store> => {
    switch (location.kind) {
      case "sqlite":
        return openSqliteStore(location.path, signal);
      case "file":
        return openFileStore(location.path, signal);
      case "rest":
        throw new Error("Servers are read from the extension host, which knows the proxy settings.");
    }
  };
  const handlers = { ...serveStores(open), ...serveCosts(new CostDesk(open)) };
  new RpcPeer<StoreWorkerMethods & CostWorkerMethods, object>(workerChannel(parentPort), handlers, {
    toError: toErrorRecord,
    fromError: fromErrorRecord,
    timeoutMs: 0,
  });
}
