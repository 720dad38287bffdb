import type { Work } from "../../core/table/work";

/** Longer than this nothing else of the extension host may wait for us. */
const SLICE_MS = 12;

/** Does long work on the extension host's thread in slices, between which everything else has its turn. */
export async function runSliced<T>(work: Work<T>, signal: AbortSignal): Promise<T> {
  let end = performance.now() + SLICE_MS;
  for (;;) {
    const step = work.next();
    if (step.done === true) {
      return step.value;
    }
    if (performance.now() >= end) {
      await new Promise<void>((resolve) => void setImmediate(resolve));
      signal.throwIfAborted();
      end = performance.now() + SLICE_MS;
    }
  }
}
