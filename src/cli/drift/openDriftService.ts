import { existsSync } from "node:fs";
import { join } from "node:path";
import { localDriftService } from "../../adapters/drift/localDriftService";
import { startDriftThread } from "../../adapters/drift/startDriftThread";
import { WorkerDriftService } from "../../adapters/drift/workerDriftService";
import { createTableReader } from "../../adapters/tabular/createTableReader";
import type { DriftService } from "../../core/drift/driftService";

/** In two threads where their file lies beside this program, else in this thread: a command line in one file has no other. */
export function openDriftService(): DriftService {
  const file = join(__dirname, "driftWorker.js");
  return existsSync(file) ? new WorkerDriftService(() => startDriftThread(file)) : localDriftService(createTableReader());
}
