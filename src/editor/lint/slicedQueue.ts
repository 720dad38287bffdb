import type { Disposable } from "../../core/base/disposable";

export interface QueueProgress {
  readonly done: number;
  /** Of this stretch of work, which begins when the queue was empty. */
  readonly total: number;
}

/**
 * Works through keys one after the other and lets others have the thread after each. A key that is added again while it waits is worked on
 * once. What an item's work throws is for the work itself to tell.
 */
export class SlicedQueue implements Disposable {
  private readonly urgent = new Set<string>();
  private readonly waiting = new Set<string>();
  private working: Promise<void> | undefined;
  private isOver = false;
  private done = 0;

  /**
   * @param pause lets others have the thread.
   * @param onProgress is called before each item, and with null when the queue is empty.
   */
  constructor(
    private readonly work: (key: string) => Promise<void>,
    private readonly pause: () => Promise<void>,
    private readonly onProgress: (progress: QueueProgress | null) => void,
  ) {}

  add(keys: Iterable<string>, isUrgent: (key: string) => boolean): void {
    for (const key of keys) {
      if (isUrgent(key)) {
        this.waiting.delete(key);
        this.urgent.add(key);
      } else if (!this.urgent.has(key)) {
        this.waiting.add(key);
      }
    }
    if (!this.isOver) {
      this.working ??= this.run();
    }
  }

  remove(key: string): void {
    this.urgent.delete(key);
    this.waiting.delete(key);
  }

  /** Drops all that waits; what is under way ends in its own time. */
  clear(): void {
    this.urgent.clear();
    this.waiting.clear();
  }

  /** When nothing waits any more. */
  async idle(): Promise<void> {
    await this.working;
  }

  dispose(): void {
    this.isOver = true;
    this.clear();
  }

  private async run(): Promise<void> {
    await this.pause();
    this.done = 0;
    for (let key = this.next(); key !== undefined; key = this.next()) {
      this.onProgress({ done: this.done, total: this.done + 1 + this.urgent.size + this.waiting.size });
      await this.work(key);
      this.done++;
      await this.pause();
    }
    this.working = undefined;
    this.onProgress(null);
  }

  private next(): string | undefined {
    const [key] = this.urgent.size > 0 ? this.urgent : this.waiting;
    if (key !== undefined) {
      this.remove(key);
    }
    return key;
  }
}
