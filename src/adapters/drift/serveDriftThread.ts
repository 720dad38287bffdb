import { type MessagePort, Worker } from "node:worker_threads";
import type { DriftThreadData } from "./driftProtocol";
import { serveSession, type SessionReaders } from "./serveSession";
import { serveSide } from "./serveSide";

/** Texts of many different values lie in the heap, numbers do not; more than this is a sign of free text, not of a table to compare. */
const LIMITS = { maxOldGenerationSizeMb: 2048 };

/** Starts a thread for a session. @param file the bundle that calls `serveDriftThread`. */
export function startDriftThread(file: string): Worker {
  return new Worker(file, { workerData: { driftThread: "session" } satisfies DriftThreadData, resourceLimits: LIMITS });
}

/** Serves what the thread was started for. @param file of this thread, from which the thread of the other side is started. */
export function serveDriftThread(port: MessagePort, data: unknown, file: string, readers: SessionReaders): void {
  if ((data as DriftThreadData | null)?.driftThread === "side") {
    serveSide(port, readers.reader);
    return;
  }
  serveSession(port, readers, () => {
    const side = new Worker(file, { workerData: { driftThread: "side" } satisfies DriftThreadData, resourceLimits: LIMITS });
    // Half a session is of no use: whoever calls again starts both threads anew. Answers under way are sent before.
    side.on("error", () => undefined);
    side.on("exit", () => setImmediate(() => process.exit(1)));
    return side;
  });
}
