import { describe, expect, it } from "vitest";

import { AppError } from "../../../src/core/base/appError";
import { FollowJobs, type FollowedJob } from "../../../src/core/training/followJobs";
import { newJob } from "../../../src/core/training/newJob";
import type { JobState } from "../../../src/core/training/jobState";
import type { TrainingJob, TrainingOutcome } from "../../../src/core/training/trainingJob";
import { endedJob, PLANNED_AT, retrainPlan, trainSpec } from "../../builders/retrainPlan";

const OUTCOME: TrainingOutcome = { runs: [], kpis: [], champion: null, registered: null, cost: null, notes: [], at: PLANNED_AT };

/** Timers that a test lets pass, one after the other. */
class HandTimers {
  readonly waits: number[] = [];
  private next: (() => void) | null = null;

  after(ms: number, call: () => void): () => void {
    this.waits.push(ms);
    this.next = call;
    return () => {
      this.next = this.next === call ? null : this.next;
    };
  }

  get isWaiting(): boolean {
    return this.next !== null;
  }

  /** Lets the time pass, and all that follows from it at once. */
  async pass(): Promise<void> {
    const call = this.next;
    this.next = null;
    call?.();
    await new Promise((resolve) => setImmediate(resolve));
  }
}

function inState(engine: "local" | "ray", state: JobState, changes: Partial<TrainingJob> = {}): TrainingJob {
  const job = endedJob(retrainPlan({ spec: trainSpec({ engine }) }));
  return { ...job, status: { ...job.status, state }, ...changes };
}

function follow(
  answers: readonly (TrainingJob | Error)[],
  signal = new AbortController().signal,
): { readonly timers: HandTimers; readonly told: FollowedJob[]; readonly follower: FollowJobs } {
  const left = [...answers];
  const timers = new HandTimers();
  const told: FollowedJob[] = [];
  const refresh = (): Promise<TrainingJob> => {
    const answer = left.shift();
    return answer === undefined || answer instanceof Error
      ? Promise.reject(answer ?? new Error("Nobody asked so often."))
      : Promise.resolve(answer);
  };
  const follower = new FollowJobs({ refresh }, timers, signal);
  follower.onDidChange((one) => told.push(one));
  return { timers, told, follower };
}

describe("following a job", () => {
  it("looks at once and then each second on this machine, until it is over and judged", async () => {
    const running = inState("local", "running");
    const ended = inState("local", "succeeded");
    const { timers, told, follower } = follow([running, running, ended, { ...ended, outcome: OUTCOME }]);
    follower.follow(inState("local", "queued"));
    for (let look = 0; look < 4; look++) {
      await timers.pass();
    }
    expect(timers.waits).toEqual([0, 1000, 1000, 1000]);
    // The second look found nothing new.
    expect(told.map(({ job }) => [job.status.state, job.outcome !== null])).toEqual([
      ["running", false],
      ["succeeded", false],
      ["succeeded", true],
    ]);
    expect([follower.size, timers.isWaiting]).toEqual([0, false]);
  });

  it("asks a server each five seconds, ever more seldom up to a minute while it is away, and as before once it is back", async () => {
    const away = inState("ray", "unknown");
    const running = inState("ray", "running");
    const { timers, follower } = follow([running, away, away, away, away, away, running, running]);
    follower.follow(inState("ray", "queued"));
    for (let look = 0; look < 8; look++) {
      await timers.pass();
    }
    expect(timers.waits).toEqual([0, 5000, 10_000, 20_000, 40_000, 60_000, 60_000, 5000, 5000]);
  });

  it("tells why a job cannot be looked at, and goes on", async () => {
    const running = inState("local", "running");
    const { timers, told, follower } = follow([new AppError("file/unwritable", "The disk is full."), running]);
    follower.follow(running);
    await timers.pass();
    await timers.pass();
    expect(told).toEqual([{ job: running, problem: "The disk is full.", misses: 1 }]);
    expect(timers.waits).toEqual([0, 2000, 1000]);
  });

  it("waits for a store that is away after the end", async () => {
    const ended = inState("local", "succeeded", { outcomeProblem: "The server does not answer." });
    const { timers, told, follower } = follow([ended, ended]);
    follower.follow(inState("local", "running"));
    await timers.pass();
    await timers.pass();
    expect(timers.waits).toEqual([0, 2000, 4000]);
    expect(told.map(({ misses }) => misses)).toEqual([1, 2]);
    expect(follower.size).toBe(1);
  });

  it("leaves alone what is settled", () => {
    const { timers, follower } = follow([]);
    follower.follow(inState("local", "failed", { outcome: OUTCOME }));
    follower.follow({ ...newJob(retrainPlan(), PLANNED_AT, null), phase: "refused" });
    expect([follower.size, timers.waits]).toEqual([0, []]);
  });

  it("never looks at a job twice at once, however often it is told to follow", async () => {
    const running = inState("local", "running");
    const { timers, follower } = follow([running]);
    follower.follow(running);
    follower.follow(running);
    await timers.pass();
    expect(timers.waits).toEqual([0, 0, 1000]);
    expect(follower.size).toBe(1);
  });

  it("ends when stopped, disposed of or aborted", async () => {
    const running = inState("local", "running");
    const stopped = follow([]);
    stopped.follower.follow(running);
    stopped.follower.stop(running);
    const disposed = follow([]);
    disposed.follower.follow(running);
    disposed.follower.dispose();
    disposed.follower.follow(running);
    const controller = new AbortController();
    const aborted = follow([new Error("aborted")], controller.signal);
    aborted.follower.follow(running);
    controller.abort();
    await aborted.timers.pass();
    expect([stopped, disposed, aborted].map(({ timers, told, follower }) => [timers.isWaiting, told.length, follower.size])).toEqual(
      Array(3).fill([false, 0, 0]),
    );
  });
});
