import { mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";

import { openJobFolders } from "../../../src/adapters/node/jobFolders";
import { AppError } from "../../../src/core/base/appError";
import { JobService, type OutcomeFinder } from "../../../src/core/training/jobService";
import { NO_STATUS } from "../../../src/core/training/newJob";
import { SUBMIT_GRACE_MS } from "../../../src/core/training/recoverJob";
import type { RetrainPlan } from "../../../src/core/training/retrainPlan";
import type { TrainingOutcome } from "../../../src/core/training/trainingJob";
import { PLANNED_AT, retrainPlan, trainSpec } from "../../builders/retrainPlan";
import { AWAY, ScriptedEngine } from "../../fakes/scriptedEngine";

const never = new AbortController().signal;
const OUTCOME: TrainingOutcome = { runs: [], kpis: [], champion: null, registered: null, cost: null, notes: ["Judged."], at: PLANNED_AT };

/** Windows on one real folder: each has a journal of its own, and they share nothing but files and the engine. */
class Windows {
  readonly root = realpathSync(mkdtempSync(join(tmpdir(), "mlops-windows-")));
  readonly engine = new ScriptedEngine();
  now = PLANNED_AT + 1000;
  judged = 0;
  private tokens = 0;

  constructor() {
    onTestFinished(() => rmSync(this.root, { recursive: true, force: true }));
  }

  plan(changes: Partial<RetrainPlan> = {}): RetrainPlan {
    return retrainPlan({ spec: trainSpec({ root: this.root, folder: this.root, engine: "ray" }), ...changes });
  }

  open(outcomes?: OutcomeFinder): JobService {
    const find: OutcomeFinder["find"] = () => {
      this.judged++;
      return Promise.resolve(OUTCOME);
    };
    return new JobService({
      journal: openJobFolders(this.root),
      engines: new Map([["ray", this.engine]]),
      planning: { outdated: () => Promise.resolve([]) },
      outcomes: outcomes ?? { find },
      hashOf: ({ hash }) => hash,
      configs: () => Promise.resolve(["mlops.yaml"]),
      now: () => this.now,
      who: () => Promise.resolve("ana"),
      isTrusted: () => true,
      newToken: () => `token-${++this.tokens}`,
    });
  }

  get folders(): readonly string[] {
    return readdirSync(join(this.root, ".mlops", "jobs")).filter((name) => name.startsWith("churn-"));
  }
}

describe("windows on one folder", () => {
  it("start one plan once, at the same moment, and all see the same job", async () => {
    const windows = new Windows();
    const plan = windows.plan();
    const answers = await Promise.allSettled(Array.from({ length: 12 }, () => windows.open().start(plan, never)));
    expect(answers.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    expect(windows.engine.calls).toEqual(["submit"]);
    expect(windows.folders).toEqual([plan.jobId]);
    const lists = await Promise.all([windows.open().list(10, never), windows.open().list(10, never)]);
    expect(lists.map(({ jobs }) => jobs.map(({ id, phase }) => [id, phase]))).toEqual(Array(2).fill([[plan.jobId, "submitted"]]));
  });

  it("start one of several plans with the same fingerprint", async () => {
    const windows = new Windows();
    const plans = Array.from({ length: 6 }, (_, index) =>
      windows.plan({ jobId: `churn-20261130-120000-00000${index}`, hash: String(index).repeat(64) }),
    );
    const answers = await Promise.allSettled(plans.map((plan) => windows.open().start(plan, never)));
    expect(answers.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    expect(windows.engine.started.size).toBe(1);
  });

  it("judge an outcome once, and write nothing where nothing is new", async () => {
    const windows = new Windows();
    const plan = windows.plan();
    const job = await windows.open().start(plan, never);
    windows.engine.state = { ...NO_STATUS, state: "succeeded", startedAt: PLANNED_AT, endedAt: PLANNED_AT + 1000, exitCode: 0 };
    await Promise.all(Array.from({ length: 8 }, () => windows.open().refresh(job, never)));
    expect(windows.judged).toBe(1);
    const path = join(windows.root, ".mlops", "jobs", plan.jobId, "job.json");
    const before = [statSync(path).ino, readFileSync(path, "utf8")];
    expect(await windows.open().refresh(job, never)).toMatchObject({ outcome: OUTCOME, judging: null });
    expect([statSync(path).ino, readFileSync(path, "utf8")]).toEqual(before);
  });

  it("take over what a window left behind that ended between asking and hearing", async () => {
    const windows = new Windows();
    windows.engine.submitFailure = { error: AWAY, after: true };
    windows.engine.away = AWAY;
    const job = await windows.open().start(windows.plan(), never);
    expect(job.phase).toBe("claimed");
    windows.engine.away = null;
    windows.now -= 86_400_000;
    const seen = await Promise.all(Array.from({ length: 4 }, () => windows.open().refresh(job, never)));
    expect(seen.map(({ phase }) => phase)).toEqual(Array(4).fill("submitted"));
    expect(windows.engine.calls.filter((call) => call === "submit")).toHaveLength(1);
  });

  it("let the same be trained again after a start that never came to be", async () => {
    const windows = new Windows();
    windows.engine.submitFailure = { error: new AppError("store/timeout", "No answer."), after: false };
    const job = await windows.open().start(windows.plan(), never);
    windows.now += SUBMIT_GRACE_MS + 1;
    expect(await windows.open().refresh(job, never)).toMatchObject({ phase: "refused", status: { state: "failed" } });
    windows.engine.submitFailure = null;
    const again = windows.plan({ jobId: "churn-20261130-120500-ffffff", hash: "2".repeat(64) });
    expect(await windows.open().start(again, never)).toMatchObject({ phase: "submitted" });
  });
});
