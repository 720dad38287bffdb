import { stripVTControlCharacters } from "node:util";

import { isAppError, toUserText } from "../../core/base/appError";
import { FollowJobs, isSettled } from "../../core/training/followJobs";
import { isOver } from "../../core/training/jobState";
import type { TrainingJobs } from "../../core/training/training";
import type { TrainingJob } from "../../core/training/trainingJob";
import type { CommandContext } from "../command";
import { printable } from "../printable";
import { progressText } from "./jobText";

const LOG_LOCAL_MS = 300;
const LOG_REMOTE_MS = 5000;
/** A store that does not answer so often in a row after the end is not waited for by somebody at a terminal. */
const MOST_MISSES = 3;

const TIMERS = {
  after: (ms: number, call: () => void): (() => void) => {
    const timer = setTimeout(call, ms);
    return () => clearTimeout(timer);
  },
};

/**
 * Follows a training to its end, with its log and what the engine says on standard error.
 * @returns the training as it is known last: settled, or over and not judged because the store stays away.
 * @throws the signal's reason once somebody presses Ctrl-C; the training goes on.
 */
export async function followJob(jobs: TrainingJobs, started: TrainingJob, { host, output }: CommandContext): Promise<TrainingJob> {
  const follower = new FollowJobs(jobs, TIMERS, host.signal);
  const log = new LogPump(jobs, started, host.signal, async (text) => {
    await output.log(stripVTControlCharacters(text));
  });
  try {
    const ended = await new Promise<TrainingJob>((resolve, reject) => {
      let said = "";
      const onAbort = (): void => reject(new Interrupted());
      host.signal.addEventListener("abort", onAbort, { once: true });
      follower.onDidChange(({ job, problem, misses }) => {
        const now = problem === null ? progressText(job) : `${job.id}: ${printable(problem)}`;
        if (now !== said) {
          said = now;
          output.note(now).catch(reject);
        }
        if (isSettled(job) || (isOver(job.status.state) && misses >= MOST_MISSES)) {
          host.signal.removeEventListener("abort", onAbort);
          resolve(job);
        }
      });
      if (isSettled(started)) {
        resolve(started);
      }
      follower.follow(started);
      log.start(started.engine === "local" || started.engine === "dvc" ? LOG_LOCAL_MS : LOG_REMOTE_MS);
    });
    await log.rest();
    return ended;
  } finally {
    log.stop();
    follower.dispose();
  }
}

/** Somebody at the terminal has seen enough. */
class Interrupted extends Error {
  override readonly name = "AbortError";
}

/** Hands the log on, chunk by chunk, until it is complete. */
class LogPump {
  private cursor: string | null = null;
  private isComplete = false;
  private isStopped = false;
  private wake: (() => void) | null = null;
  private work: Promise<void> = Promise.resolve();

  constructor(
    private readonly jobs: TrainingJobs,
    private readonly job: TrainingJob,
    private readonly signal: AbortSignal,
    private readonly write: (text: string) => Promise<void>,
  ) {}

  start(everyMs: number): void {
    this.work = this.pump(everyMs);
  }

  /** What came since, up to the end. A log that cannot be had takes nothing from the result. */
  async rest(): Promise<void> {
    this.stop();
    await this.work;
    await this.drain();
  }

  stop(): void {
    this.isStopped = true;
    this.wake?.();
  }

  private async pump(everyMs: number): Promise<void> {
    while (!this.isStopped && !(await this.drain())) {
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, everyMs);
        this.wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
  }

  /** Writes what is there now. @returns whether nothing more will come. */
  private async drain(): Promise<boolean> {
    while (!this.isComplete && (await this.next())) {
      // Each chunk is written as it comes.
    }
    return this.isComplete;
  }

  /** @returns whether something came. */
  private async next(): Promise<boolean> {
    try {
      const chunk = await this.jobs.log(this.job, this.cursor, this.signal);
      this.cursor = chunk.cursor;
      this.isComplete = chunk.isComplete;
      if (chunk.text !== "") {
        await this.write(chunk.text);
      }
      return chunk.text !== "";
    } catch (error) {
      if (!this.signal.aborted && !isAppError(error)) {
        await this.write(`The log cannot be read: ${toUserText(error)}\n`);
        this.isComplete = true;
      }
      return false;
    }
  }
}
