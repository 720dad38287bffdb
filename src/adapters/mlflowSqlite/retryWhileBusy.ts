import { setTimeout as sleep } from "node:timers/promises";

import type { CancelSignal } from "../../core/base/cancel";
import { isBusy } from "./sqliteError";

/** A commit holds the lock for moments; a bulk import may hold it for seconds. */
const PATIENCE_MS = 5000;
const PAUSE_MS = 50;

/** Repeats a read while a writer holds the database, without blocking the thread in between. */
export async function retryWhileBusy<T>(read: () => T, signal: CancelSignal, patienceMs = PATIENCE_MS): Promise<T> {
  const deadline = performance.now() + patienceMs;
  for (;;) {
    signal.throwIfAborted();
    try {
      return read();
    } catch (error) {
      if (!isBusy(error) || performance.now() > deadline) {
        throw error;
      }
    }
    await sleep(PAUSE_MS);
  }
}
