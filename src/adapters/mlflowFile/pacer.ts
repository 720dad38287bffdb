import type { CancelSignal } from "../../core/base/cancel";

/** How long a piece of work may hold the thread, in milliseconds. */
const SLICE_MS = 12;

/** Lets other calls of the worker in between the pieces of a long one, and ends it when it is cancelled. */
export class Pacer {
  private sliceEnd = performance.now() + SLICE_MS;

  constructor(private readonly signal: CancelSignal) {
    signal.throwIfAborted();
  }

  /** Whether it is time to rest; asked for each item, so that an item costs no promise. */
  get isDue(): boolean {
    return performance.now() > this.sliceEnd;
  }

  async rest(): Promise<void> {
    await new Promise((resolve) => setImmediate(resolve));
    this.signal.throwIfAborted();
    this.sliceEnd = performance.now() + SLICE_MS;
  }
}
