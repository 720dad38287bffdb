import { isCancelled } from "../../core/base/cancel";
import type { Disposable } from "../../core/base/disposable";

interface Run {
  readonly controller: AbortController;
  timer: NodeJS.Timeout | undefined;
}

/** Work by key, of which only the latest counts: a newer request ends the one before, whether it waits or is under way. */
export class LatestRuns implements Disposable {
  private readonly runs = new Map<string, Run>();

  /** @param work is told by its signal when it is not wanted any more. */
  constructor(
    private readonly work: (key: string, signal: AbortSignal) => Promise<void>,
    private readonly onError: (error: unknown) => void,
  ) {}

  /** Asks for work after a quiet time, in milliseconds. */
  request(key: string, delay: number): void {
    const run = this.replace(key);
    run.timer = setTimeout(() => {
      run.timer = undefined;
      void this.finish(key, run);
    }, delay);
  }

  /** Works at once, and says when it is done or was taken over by a newer request. */
  async now(key: string): Promise<void> {
    await this.finish(key, this.replace(key));
  }

  cancel(key: string): void {
    const run = this.runs.get(key);
    this.runs.delete(key);
    clearTimeout(run?.timer);
    run?.controller.abort();
  }

  dispose(): void {
    for (const key of [...this.runs.keys()]) {
      this.cancel(key);
    }
  }

  private replace(key: string): Run {
    this.cancel(key);
    const run: Run = { controller: new AbortController(), timer: undefined };
    this.runs.set(key, run);
    return run;
  }

  private async finish(key: string, run: Run): Promise<void> {
    try {
      await this.work(key, run.controller.signal);
    } catch (error) {
      if (!isCancelled(error)) {
        this.onError(error);
      }
    } finally {
      if (this.runs.get(key) === run) {
        this.runs.delete(key);
      }
    }
  }
}
