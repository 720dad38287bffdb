import { toUserText } from "./appError";
import { type CancelSignal, isCancelled } from "./cancel";

/** What comes of work, or what stands for it where it fails; only cancelling is handed on. @param instead takes the sentences of the failure. */
export async function attempt<T, F>(work: Promise<T>, instead: (why: string) => F, signal: CancelSignal): Promise<T | F> {
  try {
    return await work;
  } catch (error) {
    signal.throwIfAborted();
    if (isCancelled(error)) {
      throw error;
    }
    return instead(toUserText(error));
  }
}
