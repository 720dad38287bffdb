import { Worker } from "node:worker_threads";
import type { DriftThreadData, DriftThreadRole } from "./driftProtocol";

/** Texts of many different values lie in the heap, numbers do not; more than this is a sign of free text, not of a table to compare. */
const LIMITS = { maxOldGenerationSizeMb: 2048 };

/** Starts a thread that compares tables, or holds one of them. @param file the bundle that calls `serveDriftThread`. */
export function startDriftThread(file: string, role: DriftThreadRole = "session"): Worker {
  return new Worker(file, { workerData: { driftThread: role } satisfies DriftThreadData, resourceLimits: LIMITS });
}
