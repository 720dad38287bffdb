import { isAppError } from "../../core/base/appError";
import type { CancelSignal } from "../../core/base/cancel";
import { pause } from "./pause";

/** A server that failed over a request may still be busy with the same one of somebody else. */
const PAUSES_MS: readonly number[] = [0, 500, 1500, 3000];

/**
 * Looks whether a request that failed has had its effect all the same: at once, and some more times where the server itself failed.
 * @throws the failure where nothing is found, or the signal's reason.
 */
export async function lookAgain<T>(look: () => Promise<T | null>, failure: unknown, signal: CancelSignal): Promise<T> {
  signal.throwIfAborted();
  const isRefused = isAppError(failure) && !/^store\/(unreachable|timeout|bad-reply)$/.test(failure.code);
  for (const ms of isRefused ? [0] : PAUSES_MS) {
    await pause(ms, signal);
    const found = await look().catch(() => null);
    signal.throwIfAborted();
    if (found !== null) {
      return found;
    }
  }
  throw failure;
}
