import { describe, expect, it } from "vitest";

import { AppError } from "../../../src/core/base/appError";
import { JobService, type JobServicePorts } from "../../../src/core/training/jobService";
import { NO_STATUS } from "../../../src/core/training/newJob";
import { SUBMIT_GRACE_MS } from "../../../src/core/training/recoverJob";
import type { RetrainPlan } from "../../../src/core/training/retrainPlan";
import type { TrainingJob, TrainingOutcome } from "../../../src/core/training/trainingJob";
import { PLANNED_AT, retrainPlan, trainSpec } from "../../builders/retrainPlan";
import { MemoryJournal } from "../../fakes/memoryJournal";
import { AWAY, ScriptedEngine } from "../../fakes/scriptedEngine";

const never = new AbortController().signal;
const OUTCOME: TrainingOutcome = { runs: [], kpis: [], champion: null, registered: null, cost: null, notes: ["Judged."], at: PLANNED_AT };
const RUNNING = { ...NO_STATUS, state: "running", startedAt: PLANNED_AT + 1000 } as const;
const SUCCEEDED = { ...RUNNING, state: "succeeded", endedAt: PLANNED_AT + 61_000, exitCode: 0 } as const;

class Workspace {
  readonly journal = new MemoryJournal();
  readonly engine = new ScriptedEngine();
  now = PLANNED_AT + 1000;
  outcomes = 0;
  private tokens = 0;

  plan(changes: Partial<RetrainPlan> = {}): RetrainPlan {
    const spec = changes.spec ?? trainSpec({ engine: "ray" });
    return retrainPlan({ spec, ...changes });
  }

  /** As another window or process opens them: nothing is shared but the journal. */
  service(ports: Partial<JobServicePorts> = {}): JobService {
    return new JobService({
      journal: this.journal,
      engines: new Map([["ray", this.engine]]),
      planning: { outdated: () => Promise.resolve([]) },
      outcomes: {
        find: () => {
          this.outcomes++;
          return Promise.resolve(OUTCOME);
        },
      },
      hashOf: ({ hash }) => hash,
      configs: () => Promise.resolve(["mlops.yaml"]),
      now: () => this.now,
      who: () => Promise.resolve("ana"),
      isTrusted: () => true,
      newToken: () => `token-${++this.tokens}`,
      ...ports,
    });
  }
}

async function refusal(work: Promise<unknown>): Promise<string> {
  try {
    await work;
  } catch (error) {
    if (error instanceof AppError && error.code === "usage") {
      return `${error.message} ${error.remedy ?? ""}`;
    }
    throw error;
  }
  throw new Error("It was not refused.");
}

describe("starting a plan", () => {
  it("asks the engine once, and keeps job and plan", async () => {
    const place = new Workspace();
    const plan = place.plan();
    const job = await place.service().start(plan, never);
    expect(job).toMatchObject({ id: plan.jobId, phase: "submitted", by: "ana", planHash: plan.hash, handle: { externalId: plan.jobId } });
    expect(place.engine.calls).toEqual(["submit"]);
    const other = place.service();
    expect((await other.list(10, never)).jobs).toEqual([job]);
    expect(await other.plan(job, never)).toEqual(plan);
  });

  it.each<[string, Partial<RetrainPlan>, number, string]>([
    ["older than its time", {}, PLANNED_AT + 900_001, "older than 15 minutes"],
    ["made before the clock was set back", {}, PLANNED_AT - 3_600_000, "clock was set back"],
    [
      "blocked",
      { checks: [{ id: "data", result: "block", message: "age is above 120 in 3 rows.", remedy: "Mend the data." }] },
      PLANNED_AT,
      "age is above 120 in 3 rows. Mend the data.",
    ],
    [
      "with an open question",
      {
        facts: {
          health: { ok: true, message: "" },
          warnings: [],
          consents: [{ id: "unpause", question: "Unpause the DAG?" }],
          python: null,
        },
      },
      PLANNED_AT,
      "Unpause the DAG?",
    ],
    [
      "that trains the same again without a reason",
      {
        redundancy: {
          kind: "redundant",
          past: { jobId: null, run: null, endedAt: null, durationMs: null, kpis: {}, cost: null, commit: null, params: {} },
          because: "Its fingerprint is that of swift-cat.",
        },
        againBecause: "  ",
      },
      PLANNED_AT,
      "Its fingerprint is that of swift-cat. Use the model that is there, or say why",
    ],
  ])("refuses one that is %s", async (_, changes, now, text) => {
    const place = new Workspace();
    place.now = now;
    expect(await refusal(place.service().start(place.plan(changes), never))).toContain(text);
    expect(place.engine.calls).toEqual([]);
  });

  it("refuses one that was changed, does not hold any more, or comes from a folder that nobody trusts", async () => {
    const place = new Workspace();
    const plan = place.plan();
    expect(await refusal(place.service({ hashOf: () => "other" }).start(plan, never))).toContain("not the one that was made");
    const outdated = { outdated: () => Promise.resolve(["mlops.yaml was changed."]) };
    expect(await refusal(place.service({ planning: outdated }).start(plan, never))).toBe(
      "The plan does not hold any more: mlops.yaml was changed. Make the plan again.",
    );
    expect(await refusal(place.service({ isTrusted: () => false }).start(plan, never))).toContain("not trusted");
    expect(place.engine.calls).toEqual([]);
  });

  it("starts it once where many windows do so at the same moment", async () => {
    const place = new Workspace();
    const plan = place.plan();
    const answers = await Promise.allSettled(Array.from({ length: 8 }, () => place.service().start(plan, never)));
    expect(answers.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    for (const answer of answers) {
      if (answer.status === "rejected") {
        expect(await refusal(Promise.reject(answer.reason as Error))).toContain(`started already, as the job ${plan.jobId}`);
      }
    }
    expect(place.engine.calls).toEqual(["submit"]);
  });

  it("does not train the same in two jobs at once", async () => {
    const place = new Workspace();
    const first = await place.service().start(place.plan(), never);
    const again = place.plan({ jobId: "churn-20261130-120100-ffffff", hash: "2".repeat(64) });
    expect(await refusal(place.service().start(again, never))).toContain(`being trained right now, by the job ${first.id}`);
    expect(place.engine.calls).toEqual(["submit"]);
  });

  it("keeps a clear no of the engine with its sentence, and starts nothing later", async () => {
    const place = new Workspace();
    place.engine.submitFailure = { error: new AppError("usage", "The working directory is no remote one."), after: false };
    const plan = place.plan();
    expect(await refusal(place.service().start(plan, never))).toContain("no remote one");
    place.now += 3 * SUBMIT_GRACE_MS;
    const [job] = (await place.service().list(10, never)).jobs;
    expect(job).toMatchObject({ phase: "refused", status: { state: "failed", message: "The working directory is no remote one." } });
    expect(await place.service().refresh({ id: plan.jobId, config: plan.config }, never)).toEqual(job);
    expect(place.engine.calls).toEqual(["submit", "find"]);
  });

  it("starts nothing where the job cannot be written down, and loses nothing where only its start cannot", async () => {
    const place = new Workspace();
    const full = new AppError("file/unwritable", "The disk is full.");
    place.journal.failure = full;
    await expect(place.service().start(place.plan(), never)).rejects.toBe(full);
    expect(place.engine.calls).toEqual([]);
    place.journal.failure = null;
    const { submit } = place.engine;
    place.engine.submit = (...args) => {
      place.journal.failure = full;
      return submit(...args);
    };
    const job = await place.service().start(place.plan(), never);
    expect(job).toMatchObject({ phase: "submitted", status: { message: expect.stringContaining("The disk is full.") as string } });
    place.journal.failure = null;
    expect(await place.service().refresh(job, never)).toMatchObject({ phase: "submitted", handle: job.handle });
  });

  it("takes a job back that was called off before the engine was asked", async () => {
    const place = new Workspace();
    const controller = new AbortController();
    const claim = place.journal.claim.bind(place.journal);
    place.journal.claim = async (plan, job) => {
      const answer = await claim(plan, job);
      controller.abort();
      return answer;
    };
    await expect(place.service().start(place.plan(), controller.signal)).rejects.toThrow(/abort/);
    expect(place.engine.calls).toEqual([]);
    expect((await place.service().list(10, never)).jobs).toMatchObject([{ phase: "refused", status: { state: "failed" } }]);
  });

  it("finds the job whose answer got lost", async () => {
    const place = new Workspace();
    place.engine.submitFailure = { error: AWAY, after: true };
    expect(await place.service().start(place.plan(), never)).toMatchObject({ phase: "submitted", handle: { place: "http://engine" } });
    expect(place.engine.calls).toEqual(["submit", "find"]);
  });
});

describe("a job of whose start nobody heard", () => {
  /** Claimed, and then the process ended. */
  async function claimed(place: Workspace, reached: boolean): Promise<TrainingJob> {
    place.engine.submitFailure = { error: AWAY, after: reached };
    place.engine.away = AWAY;
    const job = await place.service().start(place.plan(), never);
    expect(job).toMatchObject({
      phase: "claimed",
      status: { state: "queued", message: expect.stringContaining("Nobody can tell yet") as string },
    });
    place.engine.away = null;
    return job;
  }

  it("is followed on where the engine has it", async () => {
    const place = new Workspace();
    const job = await claimed(place, true);
    place.engine.state = RUNNING;
    expect(await place.service().refresh(job, never)).toMatchObject({ phase: "submitted", status: { state: "running", message: null } });
  });

  it("is never started by itself, and failed once the grace is over", async () => {
    const place = new Workspace();
    const job = await claimed(place, false);
    expect(await place.service().refresh(job, never)).toMatchObject({ phase: "claimed" });
    place.now += SUBMIT_GRACE_MS + 1;
    const ended = await place.service().refresh(job, never);
    expect(ended).toMatchObject({
      phase: "refused",
      status: { state: "failed", message: expect.stringContaining("never started") as string },
    });
    expect(place.engine.calls.filter((call) => call === "submit")).toHaveLength(1);
    // A plan with the same fingerprint may be started now.
    place.engine.submitFailure = null;
    const again = place.plan({ jobId: "churn-20261130-120500-ffffff", hash: "2".repeat(64) });
    expect(await place.service().start(again, never)).toMatchObject({ phase: "submitted" });
  });

  it("stays open while the engine is away, also where the clock goes back by a day", async () => {
    const place = new Workspace();
    const job = await claimed(place, true);
    place.engine.away = AWAY;
    place.now -= 86_400_000;
    expect(await place.service().refresh(job, never)).toMatchObject({ phase: "claimed", status: { state: "queued" } });
    place.engine.away = null;
    expect(await place.service().refresh(job, never)).toMatchObject({ phase: "submitted" });
  });
});

describe("looking at a job", () => {
  it("writes nothing where nothing is new", async () => {
    const place = new Workspace();
    const job = await place.service().start(place.plan(), never);
    place.engine.state = RUNNING;
    const running = await place.service().refresh(job, never);
    const before = place.journal.writes;
    expect(await place.service().refresh(running, never)).toEqual(running);
    expect(place.journal.writes).toBe(before);
  });

  it("says that a server is away with the last that is known, and goes on when it is back", async () => {
    const place = new Workspace();
    const job = await place.service().start(place.plan(), never);
    place.engine.state = RUNNING;
    await place.service().refresh(job, never);
    place.engine.away = AWAY;
    expect((await place.service().refresh(job, never)).status).toEqual({
      ...RUNNING,
      state: "unknown",
      message: "The engine does not answer.",
    });
    place.engine.away = null;
    expect((await place.service().refresh(job, never)).status).toEqual(RUNNING);
  });

  it("judges once after the end, however many windows look at the same moment", async () => {
    const place = new Workspace();
    const job = await place.service().start(place.plan(), never);
    place.engine.state = SUCCEEDED;
    await Promise.all(Array.from({ length: 6 }, () => place.service().refresh(job, never)));
    expect(place.outcomes).toBe(1);
    expect(await place.service().refresh(job, never)).toMatchObject({ status: SUCCEEDED, outcome: OUTCOME, judging: null });
    // What is over stays as it is, whatever the engine says now.
    place.engine.state = { ...RUNNING, state: "failed" };
    expect((await place.service().refresh(job, never)).status).toEqual(SUCCEEDED);
  });

  it("knows that the server wants another login, until it takes one", async () => {
    const place = new Workspace();
    const job = await place.service().start(place.plan(), never);
    for (const code of ["store/unauthorized", "store/forbidden"] as const) {
      place.engine.away = new AppError(code, "The cluster does not accept the login.");
      expect(await place.service().refresh(job, never)).toMatchObject({ wantsLogin: true, status: { state: "unknown" } });
    }
    place.engine.away = AWAY;
    expect(await place.service().refresh(job, never)).not.toHaveProperty("wantsLogin");
    place.engine.away = new AppError("store/unauthorized", "The cluster does not accept the login.");
    await place.service().refresh(job, never);
    place.engine.away = null;
    place.engine.state = RUNNING;
    expect(await place.service().refresh(job, never)).not.toHaveProperty("wantsLogin");
  });

  it("judges again later where the store is away, and says why", async () => {
    const place = new Workspace();
    const job = await place.service().start(place.plan(), never);
    place.engine.state = SUCCEEDED;
    const away = { find: () => Promise.reject(new AppError("store/locked", "The database is locked.")) };
    expect(await place.service({ outcomes: away }).refresh(job, never)).toMatchObject({
      outcome: null,
      judging: null,
      outcomeProblem: "The database is locked.",
    });
    expect(await place.service().refresh(job, never)).toMatchObject({ outcome: OUTCOME, outcomeProblem: null });
  });

  it("takes over from a window that ended while it judged, but not before ten minutes", async () => {
    const place = new Workspace();
    const job = await place.service().start(place.plan(), never);
    place.engine.state = SUCCEEDED;
    const crashed = new AbortController();
    let reached = (): void => undefined;
    const started = new Promise<void>((resolve) => (reached = resolve));
    const hanging = {
      find: () => {
        reached();
        return new Promise<never>(() => undefined);
      },
    };
    void place.service({ outcomes: hanging }).refresh(job, crashed.signal);
    await started;
    expect(await place.service().refresh(job, never)).toMatchObject({ outcome: null, judging: { token: "token-1" } });
    expect(place.outcomes).toBe(0);
    place.now += 600_001;
    expect(await place.service().refresh(job, never)).toMatchObject({ outcome: OUTCOME });
  });

  it("does not judge in a folder that is not trusted, since registering runs its Python", async () => {
    const place = new Workspace();
    const job = await place.service().start(place.plan(), never);
    place.engine.state = SUCCEEDED;
    expect(await place.service({ isTrusted: () => false }).refresh(job, never)).toMatchObject({ outcome: null });
    expect(place.outcomes).toBe(0);
  });

  it("ends a job of another machine once its time limit has passed since its start, and says so", async () => {
    const place = new Workspace();
    const spec = trainSpec({ engine: "ray" });
    const limited = { ...spec, resources: { ...spec.resources, timeoutMs: 60_000 } };
    const job = await place.service().start(place.plan({ spec: limited }), never);
    place.engine.state = RUNNING;
    place.now = RUNNING.startedAt + 60_000;
    expect(await place.service().refresh(job, never)).toMatchObject({ status: { state: "running" }, cancelAsked: null });
    place.now += 1;
    expect(await place.service().refresh(job, never)).toMatchObject({ cancelAsked: { because: "time_limit" } });
    expect(await place.service().refresh(job, never)).toMatchObject({
      status: { state: "cancelled", message: "It was ended because its time limit had passed." },
      outcome: OUTCOME,
    });
    expect(place.engine.calls.filter((call) => call === "cancel")).toHaveLength(1);
  });
});

describe("ending a job and reading its log", () => {
  it("asks the engine, and leaves alone what is over", async () => {
    const place = new Workspace();
    const job = await place.service().start(place.plan(), never);
    place.engine.state = RUNNING;
    const ended = await place.service().cancel(job, never);
    expect(ended).toMatchObject({ status: { state: "cancelled" }, cancelAsked: { because: "person" } });
    expect(await place.service().cancel(job, never)).toEqual(ended);
    expect(place.engine.calls.filter((call) => call === "cancel")).toHaveLength(1);
  });

  it("gives the log in chunks, and an empty one before the start", async () => {
    const place = new Workspace();
    const service = place.service();
    const job = await service.start(place.plan(), never);
    const first = await service.log(job, null, never);
    expect(first.text).toBe("epoch 1\n");
    expect(await service.log(job, first.cursor, never)).toMatchObject({ text: "", isComplete: true });
  });

  it("says that there is no such job", async () => {
    const place = new Workspace();
    expect(await refusal(place.service().refresh({ id: "nobody", config: "mlops.yaml" }, never))).toContain("There is no job nobody");
  });
});
