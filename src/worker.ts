import { parentPort } from "node:worker_threads";

import { openFileStore } from "./adapters/mlflowFile/openFileStore";
import { openSqliteStore } from "./adapters/mlflowSqlite/openSqliteStore";
import { serveStores } from "./adapters/node/serveStores";
import type { StoreWorkerMethods } from "./adapters/node/storeProtocol";
import { workerChannel } from "./adapters/node/workerChannel";
import { fromErrorRecord, toErrorRecord } from "./core/base/appError";
import { RpcPeer } from "./protocol/rpc";

/** The worker's composition root: it knows the file-based stores and serves them to the extension host. */
if (parentPort !== null) {
  const handlers = serveStores(async (location, signal) => {
    switch (location.kind) {
      case "sqlite":
        return openSqliteStore(location.path, signal);
      case "file":
        return openFileStore(location.path, signal);
      case "rest":
        throw new Error("Servers are read from the extension host, which knows the proxy settings.");
    }
  });
  new RpcPeer<StoreWorkerMethods, object>(workerChannel(parentPort), handlers, {
    toError: toErrorRecord,
    fromError: fromErrorRecord,
    timeoutMs: 0,
  });
}
