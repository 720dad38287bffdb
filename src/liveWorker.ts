import { parentPort } from "node:worker_threads";

import { serveLiveTables, type LiveTablesEvents, type LiveTablesMethods } from "./adapters/node/workerLiveTables";
import { workerChannel } from "./adapters/node/workerChannel";
import { createTableReader } from "./adapters/tabular/createTableReader";
import { fromErrorRecord, toErrorRecord } from "./core/base/appError";
import { liveTables } from "./core/monitoring/liveTables";
import { RpcPeer } from "./protocol/rpc";

/** The composition root of the thread that looks into live data for a check. */
if (parentPort !== null) {
  const reader = createTableReader();
  const onProgress = (done: number, total: number): void => peer.notify("progress", { done, total });
  const peer = new RpcPeer<LiveTablesMethods, LiveTablesEvents>(
    workerChannel(parentPort),
    serveLiveTables(liveTables(reader), reader, onProgress),
    { toError: toErrorRecord, fromError: fromErrorRecord, timeoutMs: 0 },
  );
}
