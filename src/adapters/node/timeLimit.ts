import { AppError } from "../../core/base/appError";
import type { CancelSignal } from "../../core/base/cancel";
import { formatDuration } from "../../core/browse/formatValues";

/** What does not listen to its signal is no longer waited for after so long. */
const GRACE_MS = 10_000;

/**
 * Does work with a signal that is also aborted after so long.
 * @param what subject of the sentence, such as "The step". @throws AppError `store/timeout`, or the signal's reason.
 */
export async function withinTime<T>(
  ms: number,
  what: string,
  signal: CancelSignal,
  work: (signal: CancelSignal) => Promise<T>,
): Promise<T> {
  signal.throwIfAborted();
  const late = new AppError("store/timeout", `${what} was not done within ${formatDuration(ms)}.`, {
    remedy: "Look at what holds it up, or set a longer timeout.",
  });
  const limited = new AbortController();
  let giveUp: NodeJS.Timeout | undefined;
  let abandon: (error: Error) => void = () => undefined;
  const abandoned = new Promise<never>((_, reject) => {
    abandon = reject;
  });
  const stop = (reason: unknown): void => {
    limited.abort(reason);
    giveUp ??= setTimeout(() => abandon(reason instanceof Error ? reason : late), GRACE_MS);
  };
  const onAbort = (): void => {
    try {
      signal.throwIfAborted();
    } catch (reason) {
      stop(reason);
    }
  };
  const timer = setTimeout(() => stop(late), ms);
  signal.addEventListener("abort", onAbort, { once: true });
  try {
    return await Promise.race([work(limited.signal), abandoned]);
  } finally {
    clearTimeout(timer);
    clearTimeout(giveUp);
    signal.removeEventListener("abort", onAbort);
    abandoned.catch(() => undefined);
  }
}
