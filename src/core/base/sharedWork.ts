import { NEVER_CANCELLED, unlessCancelled, type CancelSignal } from "./cancel";

/**
 * Answers by key, each worked out once. Callers who ask at the same time share the work, and one who gives up does not end it for the
 * others. What failed is not remembered.
 */
export class SharedWork<K, T> {
  private readonly answers = new Map<K, Promise<T>>();

  get(key: K, signal: CancelSignal, work: (signal: CancelSignal) => Promise<T>): Promise<T> {
    const known = this.answers.get(key);
    if (known !== undefined) {
      return unlessCancelled(known, signal);
    }
    signal.throwIfAborted();
    const answer = work(NEVER_CANCELLED);
    this.answers.set(key, answer);
    answer.catch(() => {
      if (this.answers.get(key) === answer) {
        this.answers.delete(key);
      }
    });
    return unlessCancelled(answer, signal);
  }

  /** Work under way goes on for those who wait for it; later callers start anew. */
  forget(key: K): void {
    this.answers.delete(key);
  }

  forgetIf(matches: (key: K) => boolean): void {
    for (const key of this.answers.keys()) {
      if (matches(key)) {
        this.answers.delete(key);
      }
    }
  }

  forgetAll(): void {
    this.answers.clear();
  }
}
