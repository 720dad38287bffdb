import { parentPort } from "node:worker_threads";

import { serveLiveTables, type LiveTablesMethods } from "./adapters/node/workerLiveTables";
import { workerChannel } from "./adapters/node/workerChannel";
import { createTableReader } from "./adapters/tabular/createTableReader";
import { fromErrorRecord, toErrorRecord } from "./core/base/appError";
import { liveTables } from "./core/monitoring/liveTables";
import { RpcPeer } from "./protocol/rpc";

/** The composition root of the thread that looks into live data for a check. */
if (parentPort !== null) {
  const reader = createTableReader();
  new RpcPeer<LiveTablesMethods, object>(workerChannel(parentPort), serveLiveTables(liveTables(reader), reader), {
    toError: toErrorRecord,
    fromError: fromErrorRecord,
    timeoutMs: 0,
  });
}
