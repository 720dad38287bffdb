import { parentPort, workerData } from "node:worker_threads";

import { serveDriftThread } from "./adapters/drift/serveDriftThread";
import { createTableReader } from "./adapters/tabular/createTableReader";
import { readColumnNames } from "./adapters/tabular/readColumnNames";

/** The composition root of the threads that compare tables: one for a session, which starts another for its second table. */
if (parentPort !== null) {
  serveDriftThread(parentPort, workerData, __filename, {
    reader: createTableReader(),
    readNames: (path, signal) => readColumnNames(path, signal),
  });
}
