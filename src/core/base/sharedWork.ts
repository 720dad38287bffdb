import { NEVER_CANCELLED, unlessCancelled, type CancelSignal } from "./cancel";

/**
 * Answers by key, each worked out once. Callers who ask at the same time share the work, and one who gives up does not end it for the
 * others. What failed is not remembered.
 */
export class SharedWork<K, T> {
  private readonly answers = new Map<K, Promise<T>>();
  private readonly pending = new Set<Promise<T>>();

  async get(key: K, signal: CancelSignal, work: (signal: CancelSignal) => Promise<T>): Promise<T> {
    signal.throwIfAborted();
    const known = this.answers.get(key);
    if (known !== undefined) {
      // To listen to a signal costs the more the more listen to it, and for what is there already nobody has to.
      return this.pending.has(known) ? unlessCancelled(known, signal) : known;
    }
    const answer = work(NEVER_CANCELLED);
    this.answers.set(key, answer);
    this.pending.add(answer);
    answer.then(
      () => this.pending.delete(answer),
      () => {
        this.pending.delete(answer);
        if (this.answers.get(key) === answer) {
          this.answers.delete(key);
        }
      },
    );
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
