import { DisposableStore, type Disposable } from "../../core/base/disposable";
import { Emitter } from "../../core/base/emitter";
import { readEach } from "../../core/base/readEach";
import { Rereading, type TakeOver } from "../../core/base/rereading";
import { configKindOf } from "../../core/lint/workspace/lintTarget";
import { FollowJobs, isSettled } from "../../core/training/followJobs";
import type { TrainingJob } from "../../core/training/trainingJob";
import type { TrainingFolder } from "./trainingServices";

/** A job with the folder of the workspace that it belongs to. */
export interface BoardJob {
  readonly root: string;
  readonly job: TrainingJob;
  /** Why it could not be looked at the last time; null where it could. */
  readonly problem: string | null;
}

/** A job of which nothing more comes. */
export interface EndedJob extends BoardJob {
  readonly before: TrainingJob;
}

const PAGE = 50;

const TIMERS = {
  after: (ms: number, call: () => void): (() => void) => {
    const timer = setTimeout(call, ms);
    return () => clearTimeout(timer);
  },
};

/** All jobs of the window, those that run being followed, whoever started them. */
export class JobBoard implements Disposable {
  private readonly disposables = new DisposableStore();
  private readonly changed = this.disposables.add(new Emitter<void>());
  private readonly jobChanged = this.disposables.add(new Emitter<BoardJob>());
  private readonly ended = this.disposables.add(new Emitter<EndedJob>());
  readonly onDidChange = this.changed.event;
  readonly onDidChangeJob = this.jobChanged.event;
  readonly onDidEnd = this.ended.event;
  private readonly known = new Map<string, BoardJob>();
  private readonly followers = new Map<string, FollowJobs>();
  private readonly work = new AbortController();
  private limit = PAGE;
  private readonly reading = new Rereading(() => this.read());
  /** Jobs that cannot be read, a sentence each. */
  problems: readonly string[] = [];
  /** Of all folders, shown or not. */
  total = 0;

  constructor(
    private readonly folders: () => readonly TrainingFolder[],
    private readonly logError: (error: unknown) => void,
  ) {
    this.disposables.add({ dispose: () => this.work.abort() });
  }

  /** The newest first. */
  get all(): readonly BoardJob[] {
    return [...this.known.values()].sort((a, b) => b.job.createdAt - a.job.createdAt);
  }

  get hasMore(): boolean {
    return this.total > this.known.size;
  }

  async ready(): Promise<readonly BoardJob[]> {
    await this.reading.ready();
    return this.all;
  }

  /** Reads the jobs that others may have started or ended; calls at once are one reading. */
  refresh(): Promise<void> {
    return this.reading.refresh();
  }

  async loadMore(): Promise<void> {
    this.limit += PAGE;
    await this.refresh();
  }

  find(root: string, id: string): BoardJob | undefined {
    return this.known.get(keyOf(root, id));
  }

  folder(root: string): TrainingFolder | undefined {
    return this.folders().find((folder) => folder.root === root);
  }

  /** Takes a job that was started, opened or looked at here, and follows it to its end. */
  take(folder: TrainingFolder, job: TrainingJob, problem: string | null = null): void {
    const before = this.known.get(keyOf(folder.root, job.id));
    const now: BoardJob = { root: folder.root, job, problem };
    if (before?.problem === problem && JSON.stringify(before.job) === JSON.stringify(job)) {
      this.follow(folder, job);
      return;
    }
    this.known.set(keyOf(folder.root, job.id), now);
    this.follow(folder, job);
    this.jobChanged.fire(now);
    if (before !== undefined && isSettled(job) && !isSettled(before.job)) {
      this.ended.fire({ ...now, before: before.job });
    }
    this.changed.fire();
  }

  dispose(): void {
    this.followers.forEach((follower) => follower.dispose());
    this.disposables.dispose();
  }

  private follow(folder: TrainingFolder, job: TrainingJob): void {
    if (isSettled(job)) {
      return;
    }
    let follower = this.followers.get(folder.root);
    if (follower === undefined) {
      follower = new FollowJobs(folder.jobs, TIMERS, this.work.signal);
      this.followers.set(folder.root, follower);
      this.disposables.add(follower.onDidChange((followed) => this.take(folder, followed.job, followed.problem)));
    }
    follower.follow(job);
  }

  private async read(): Promise<TakeOver> {
    const broken: string[] = [];
    const there = new Set<string>();
    let total = 0;
    const readFolder = async (folder: TrainingFolder): Promise<void> => {
      const configs = (await folder.files.list(this.work.signal)).filter((path) => configKindOf(path) === "product");
      const history = await folder.list(configs, this.limit, this.work.signal);
      total += history.total;
      broken.push(...history.problems);
      for (const job of history.jobs) {
        there.add(keyOf(folder.root, job.id));
        this.take(folder, job, this.find(folder.root, job.id)?.problem ?? null);
      }
    };
    const problems = await readEach(this.folders(), readFolder, this.logError);
    return () => {
      for (const [key, { job, root }] of this.known) {
        if (!there.has(key)) {
          this.known.delete(key); // Its folder was deleted.
          this.followers.get(root)?.stop(job);
        }
      }
      this.problems = [...broken, ...problems];
      this.total = total;
      this.changed.fire();
    };
  }
}

function keyOf(root: string, id: string): string {
  return `${root}\n${id}`;
}
