import type { MessagePort } from "node:worker_threads";
import type { DriftThreadData } from "./driftProtocol";
import { serveSession, type SessionReaders } from "./serveSession";
import { serveSide } from "./serveSide";
import { startDriftThread } from "./startDriftThread";

/** Serves what the thread was started for. @param file of this thread, from which the thread of the other side is started. */
export function serveDriftThread(port: MessagePort, data: unknown, file: string, readers: SessionReaders): void {
  if ((data as DriftThreadData | null)?.driftThread === "side") {
    serveSide(port, readers.reader);
    return;
  }
  serveSession(port, readers, () => {
    const side = startDriftThread(file, "side");
    // Half a session is of no use: whoever calls again starts both threads anew. Answers under way are sent before.
    side.on("error", () => undefined);
    side.on("exit", () => setImmediate(() => process.exit(1)));
    return side;
  });
}
