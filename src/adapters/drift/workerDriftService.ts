import type { Worker } from "node:worker_threads";
import { AppError } from "../../core/base/appError";
import type { CancelSignal } from "../../core/base/cancel";
import type { DriftEvents, DriftRequest, DriftService, DriftSession } from "../../core/drift/driftService";
import { WorkerSession } from "./workerSession";

/** Compares tables in threads: two for each session, one a side. Nothing large passes through the caller's own thread. */
export class WorkerDriftService implements DriftService {
  private readonly sessions = new Set<WorkerSession>();
  private disposed = false;

  /** @param startThread starts a thread that serves a session. */
  constructor(private readonly startThread: () => Worker) {}

  async open(request: DriftRequest, events: DriftEvents, signal: CancelSignal): Promise<DriftSession> {
    if (this.disposed) {
      throw new AppError("file/unreadable", "The comparison was closed.");
    }
    const session = new WorkerSession(request, this.startThread, () => this.sessions.delete(session));
    this.sessions.add(session);
    try {
      await session.connect(events, signal);
    } catch (error) {
      session.dispose();
      throw error;
    }
    return session;
  }

  dispose(): void {
    this.disposed = true;
    [...this.sessions].forEach((session) => session.dispose());
  }
}
