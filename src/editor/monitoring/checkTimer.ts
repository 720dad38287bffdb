import { isCancelled } from "../../core/base/cancel";
import type { Disposable } from "../../core/base/disposable";
import { dueAt } from "../../core/monitoring/checkSchedule";
import type { CheckRunner } from "./checkRunner";
import type { MonitoringBoard, Watched } from "./monitoringBoard";
import { configPath } from "./watchedProduct";

/** How often it is looked whether a check is due, in milliseconds. */
const LOOK_MS = 60_000;
/** A check that fails is not made again before this time. */
const RETRY_MS = 3_600_000;

export interface CheckTimerParts {
  readonly board: MonitoringBoard;
  readonly runner: CheckRunner;
  /** The setting, and trust in the workspace. */
  readonly isAllowed: () => boolean;
  readonly now: () => number;
  /** Told once for each failure, not each minute. */
  readonly onFailure: (name: string, error: unknown) => void;
}

/** Makes the checks that are due while the editor is open, one at a time: products whose file says when they are to be checked. */
export class CheckTimer implements Disposable {
  private readonly work = new AbortController();
  private timer: NodeJS.Timeout | undefined;
  private isBusy = false;
  /** When a check failed, by product. */
  private readonly failed = new Map<string, number>();

  constructor(private readonly parts: CheckTimerParts) {}

  start(): void {
    this.timer ??= setInterval(() => void this.look(), LOOK_MS);
    void this.look();
  }

  /** Makes all checks that are due. Quiet while it is at it already. */
  async look(): Promise<void> {
    if (this.isBusy || !this.parts.isAllowed() || this.work.signal.aborted) {
      return;
    }
    this.isBusy = true;
    try {
      const tried = new Set<string>();
      for (const entry of this.due(await this.parts.board.ready())) {
        const key = configPath(entry.watched);
        if (!tried.has(key) && this.parts.isAllowed()) {
          tried.add(key);
          await this.check(entry, key);
        }
      }
    } finally {
      this.isBusy = false;
    }
  }

  dispose(): void {
    clearInterval(this.timer);
    this.timer = undefined;
    this.work.abort();
  }

  /** The longest overdue first. */
  private due(entries: readonly Watched[]): readonly Watched[] {
    const now = this.parts.now();
    return entries
      .filter(({ watched }) => watched.hasSchedule && now - (this.failed.get(configPath(watched)) ?? -Infinity) >= RETRY_MS)
      .map((entry) => ({ entry, at: dueAt(entry.latest, entry.watched.every, now) }))
      .filter(({ at }) => at <= now)
      .sort((a, b) => (a.entry.latest?.checked_at ?? 0) - (b.entry.latest?.checked_at ?? 0))
      .map(({ entry }) => entry);
  }

  private async check({ watched }: Watched, key: string): Promise<void> {
    const { now, runner, onFailure } = this.parts;
    try {
      const outcome = await runner.checkIfDue(watched, (last) => dueAt(last, watched.every, now()) <= now(), this.work.signal);
      this.failed.delete(key);
      if (outcome?.failure != null) {
        onFailure(watched.name, outcome.failure);
      }
    } catch (error) {
      if (!isCancelled(error)) {
        this.failed.set(key, now());
        onFailure(watched.name, error);
      }
    }
  }
}
