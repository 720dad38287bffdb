import { toUserText } from "../base/appError";
import type { CancelSignal } from "../base/cancel";
import { isCancelled } from "../base/cancel";
import type { Disposable } from "../base/disposable";
import { Emitter } from "../base/emitter";
import { isOver } from "./jobState";
import type { TrainingJobs } from "./training";
import type { TrainingJob } from "./trainingJob";

/** A clock that wakes once; `cancel` takes it back. */
export interface FollowTimers {
  /** @returns what takes the call back. */
  after(ms: number, call: () => void): () => void;
}

/** What following one job told last. */
export interface FollowedJob {
  readonly job: TrainingJob;
  /** Why it could not be looked at this time, one sentence; null where it could. */
  readonly problem: string | null;
  /** How many looks in a row found the engine, the store or the journal away. */
  readonly misses: number;
}

/** On this machine a look is a file, elsewhere it is a request. */
const LOCAL_MS = 1000;
const REMOTE_MS = 5000;
const SLOWEST_MS = 60_000;

/** Whether nothing more comes of a job: it is over and judged, or was never started. */
export function isSettled(job: TrainingJob): boolean {
  return job.phase === "refused" || (job.phase === "submitted" && isOver(job.status.state) && job.outcome !== null);
}

/**
 * Looks at jobs again and again until nothing more comes of them: each second on this machine, each five elsewhere, and ever more seldom, up
 * to a minute, while a server or a store is away. Editor and command line follow with it; only one look at a job is under way at a time.
 */
export class FollowJobs implements Disposable {
  private readonly changed = new Emitter<FollowedJob>();
  private readonly followed = new Map<string, Followed>();
  private isDisposed = false;

  /** Whatever is new of a job, and each look that found something away. */
  readonly onDidChange = this.changed.event;

  constructor(
    private readonly jobs: Pick<TrainingJobs, "refresh">,
    private readonly timers: FollowTimers,
    private readonly signal: CancelSignal,
  ) {}

  /** Follows a job from now on, also where it is followed already: then it is looked at at once. A settled job is not followed. */
  follow(job: TrainingJob): void {
    if (this.isDisposed || isSettled(job)) {
      return;
    }
    const known = this.followed.get(keyOf(job));
    if (known === undefined) {
      const one: Followed = { job, misses: 0, isLooking: false, takeBack: null };
      this.followed.set(keyOf(job), one);
      this.later(one, 0);
    } else if (!known.isLooking) {
      this.later(known, 0);
    }
  }

  stop(job: Pick<TrainingJob, "id" | "config">): void {
    this.followed.get(keyOf(job))?.takeBack?.();
    this.followed.delete(keyOf(job));
  }

  /** How many jobs are followed now. */
  get size(): number {
    return this.followed.size;
  }

  dispose(): void {
    this.isDisposed = true;
    for (const { takeBack } of this.followed.values()) {
      takeBack?.();
    }
    this.followed.clear();
    this.changed.dispose();
  }

  private later(one: Followed, ms: number): void {
    one.takeBack?.();
    one.takeBack = this.timers.after(ms, () => {
      one.takeBack = null;
      void this.look(one);
    });
  }

  private async look(one: Followed): Promise<void> {
    one.isLooking = true;
    let problem: string | null = null;
    const before = one.job;
    try {
      one.job = await this.jobs.refresh(before, this.signal);
    } catch (error) {
      if (this.signal.aborted || isCancelled(error)) {
        this.followed.delete(keyOf(before));
        return;
      }
      problem = toUserText(error);
    } finally {
      one.isLooking = false;
    }
    if (this.isDisposed || this.followed.get(keyOf(before)) !== one) {
      return;
    }
    const isAway = problem !== null || one.job.status.state === "unknown" || one.job.outcomeProblem != null;
    one.misses = isAway ? one.misses + 1 : 0;
    if (isSettled(one.job)) {
      this.followed.delete(keyOf(before));
    } else {
      this.later(one, pauseOf(one));
    }
    if (isAway || JSON.stringify(one.job) !== JSON.stringify(before)) {
      this.changed.fire({ job: one.job, problem, misses: one.misses });
    }
  }
}

interface Followed {
  job: TrainingJob;
  /** Looks in a row that found the engine or the store away. */
  misses: number;
  isLooking: boolean;
  takeBack: (() => void) | null;
}

function pauseOf({ job, misses }: Followed): number {
  const pause = job.engine === "local" || job.engine === "dvc" ? LOCAL_MS : REMOTE_MS;
  return Math.min(SLOWEST_MS, pause * 2 ** Math.min(misses, 10));
}

function keyOf({ id, config }: Pick<TrainingJob, "id" | "config">): string {
  return `${config}\n${id}`;
}
