import { parentPort, workerData } from "node:worker_threads";

import { serveDriftThread } from "./adapters/drift/serveDriftThread";
import { createTableReader } from "./adapters/tabular/createTableReader";

/** The composition root of the threads that compare tables: one for a session, which starts another for its second table. */
if (parentPort !== null) {
  serveDriftThread(parentPort, workerData, __filename, createTableReader());
}
