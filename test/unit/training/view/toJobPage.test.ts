import { describe, expect, it } from "vitest";

import { NO_STATUS } from "../../../../src/core/training/newJob";
import type { JudgedKpi, TrainingJob, TrainingOutcome } from "../../../../src/core/training/trainingJob";
import { costSoFar, kpiResult, kpiWords, toJobPage } from "../../../../src/core/training/view/toJobPage";
import { endedJob, PLANNED_AT, retrainPlan } from "../../../builders/retrainPlan";

const kpi = (changes: Partial<JudgedKpi> = {}): JudgedKpi => ({
  ...{ name: "f1", group: null, value: 0.84, target: ">= 0.80", status: "pass", champion: null, isBetter: null },
  ...changes,
});
const outcome = (changes: Partial<TrainingOutcome> = {}): TrainingOutcome => ({
  ...{ runs: [], kpis: [], champion: null, registered: null, cost: null, notes: [], at: PLANNED_AT },
  ...changes,
});
const valueOf = (job: TrainingJob, label: string, plan = retrainPlan()): string | undefined =>
  toJobPage(job, plan, null).facts.find((one) => one.label === label)?.value;

describe("the state of a training", () => {
  it("is that of its engine once it was handed over", () => {
    const page = toJobPage(endedJob(), retrainPlan(), null);
    expect(page).toMatchObject({ state: "succeeded", label: "Succeeded", isOver: true, canCancel: false, isCancelling: false });
    expect(page.endedAt).toBe(PLANNED_AT + 61_000);
  });

  it("is that it is being handed over before", () => {
    const job = endedJob(retrainPlan(), { phase: "claimed", handle: null, status: NO_STATUS });
    expect(toJobPage(job, null, null)).toMatchObject({ state: "claimed", label: "Being handed over", isOver: false, canCancel: false });
  });

  it("is over for one that was never started", () => {
    const job = endedJob(retrainPlan(), { phase: "refused", handle: null, status: { ...NO_STATUS, message: "No." } });
    expect(toJobPage(job, null, null)).toMatchObject({
      state: "refused",
      label: "Not started",
      isOver: true,
      canCancel: false,
      message: "No.",
    });
  });

  it("says that an end was asked for, until it is over", () => {
    const cancelAsked = { at: PLANNED_AT, because: "person" } as const;
    const running = endedJob(retrainPlan(), { status: { ...NO_STATUS, state: "running" }, cancelAsked });
    expect(toJobPage(running, null, null)).toMatchObject({ isCancelling: true, canCancel: true });
    expect(toJobPage(endedJob(retrainPlan(), { cancelAsked }), null, null).isCancelling).toBe(false);
  });

  it("names tasks in words", () => {
    const job = endedJob(retrainPlan(), { status: { ...NO_STATUS, tasks: [{ name: "fit", state: "queued" }] } });
    expect(toJobPage(job, null, null).tasks).toEqual([{ name: "fit", state: "queued", label: "Waiting" }]);
  });
});

describe("what it costs so far", () => {
  const job = endedJob(retrainPlan(), { status: { ...NO_STATUS, state: "running", startedAt: PLANNED_AT } });
  const price = { perHour: 2, currency: "EUR" };
  const plan = retrainPlan({ estimate: { durationMs: null, basedOn: 0, cost: null, price, note: null } });
  const later = PLANNED_AT + 1_800_000;

  it("is told also of a first training, by the price of its machine", () => {
    expect(costSoFar(job, plan, later)).toBe("About 1.00 EUR so far.");
    expect(toJobPage(job, plan, null).price).toEqual(price);
  });

  it("is told by plans of older versions", () => {
    const old = retrainPlan({ estimate: { durationMs: 1, basedOn: 1, cost: { amount: 1, ...price }, note: null } });
    expect(costSoFar(job, old, later)).toBe("About 1.00 EUR so far.");
  });

  it("is not without a price, before the start, and once the whole is known", () => {
    expect(costSoFar(job, retrainPlan(), later)).toBe("");
    expect(costSoFar(job, null, later)).toBe("");
    expect(costSoFar({ ...job, status: NO_STATUS }, plan, later)).toBe("");
    expect(costSoFar({ ...job, outcome: outcome() }, plan, later)).toBe("");
  });
});

describe("a server that wants a login", () => {
  const ray = { ...retrainPlan().spec, engine: "ray", ray: { address: "http://head:8265", workingDir: null } } as const;
  const plan = retrainPlan({ engine: "ray", spec: ray });
  const running = endedJob(plan, { engine: "ray", status: { ...NO_STATUS, state: "unknown" }, wantsLogin: true });

  it("is named while the training is followed", () => {
    expect(toJobPage(running, plan, null).loginAt).toBe("http://head:8265");
    const airflow = { ...ray, engine: "airflow", airflow: { url: "http://flow:8080", dag: "d" } } as const;
    expect(toJobPage(running, retrainPlan({ engine: "airflow", spec: airflow }), null).loginAt).toBe("http://flow:8080");
  });

  it("is not where none is wanted, nothing is followed, the plan is gone, or the editor itself signs in", () => {
    const { wantsLogin: _, ...accepted } = running;
    expect(toJobPage(accepted, plan, null).loginAt).toBeNull();
    expect(toJobPage({ ...running, status: { ...running.status, state: "failed" } }, plan, null).loginAt).toBeNull();
    expect(toJobPage(running, null, null).loginAt).toBeNull();
    expect(toJobPage(running, retrainPlan({ engine: "github_actions" }), null).loginAt).toBeNull();
  });
});

describe("what stands beside it", () => {
  it("tells why, where, with which values and by whom, and leaves out what is not known", () => {
    const plan = retrainPlan({
      params: [
        {
          field: {
            ...{ name: "lr", kind: "number", value: 0.1, required: false, options: [], min: null, max: null },
            description: null,
            source: "mlops.yaml",
          },
          ...{ value: 0.2, before: null, isChanged: true },
        },
      ],
    });
    const job = endedJob(plan);
    expect(valueOf(job, "Why", plan)).toBe("Asked for by a person: Somebody asked for it.");
    expect(valueOf(job, "Parameters", plan)).toBe("lr=0.2");
    expect(valueOf(job, "Asked for by", plan)).toBe("ana");
    expect(valueOf(job, "Engine", plan)).toBe("This machine");
    expect(valueOf(job, "ID", plan)).toBe(job.id);
    expect(valueOf(job, "Again because", plan)).toBeUndefined();
    expect(valueOf(job, "Exit code", plan)).toBeUndefined();
    expect(valueOf({ ...job, by: null, againBecause: "To see" }, "Again because", plan)).toBe("To see");
  });

  it("tells the place of a server, and an exit code other than 0", () => {
    const job = endedJob();
    const handle = {
      engine: "ray",
      jobId: job.id,
      externalId: "x",
      place: "http://head:8265",
      webUrl: "http://head:8265/#/jobs/x",
    } as const;
    const failed: TrainingJob = { ...job, engine: "ray", handle, status: { ...job.status, state: "failed", exitCode: 3 } };
    expect(valueOf(failed, "Engine")).toBe("Ray, http://head:8265");
    expect(valueOf(failed, "Exit code")).toBe("3");
    expect(toJobPage(failed, null, null)).toMatchObject({ webUrl: handle.webUrl, hasPlan: false, price: null });
  });

  it("has the price of the plan for what it costs so far", () => {
    const cost = { amount: 2, currency: "EUR", perHour: 1.5 };
    const plan = retrainPlan({ estimate: { durationMs: 1000, basedOn: 1, cost, note: null } });
    expect(toJobPage(endedJob(plan), plan, null).price).toEqual({ perHour: 1.5, currency: "EUR" });
  });

  it("tells why it could not be looked at rather than why it is not judged", () => {
    const job = endedJob(retrainPlan(), { outcomeProblem: "The store is away." });
    expect(toJobPage(job, null, null).problem).toBe("The result is not judged yet. The store is away.");
    expect(toJobPage(job, null, "The cluster is away.").problem).toBe("The cluster is away.");
    expect(toJobPage(endedJob(), null, null).problem).toBeNull();
  });
});

describe("what came of it", () => {
  const pageOf = (changes: Partial<TrainingOutcome>, state: "succeeded" | "failed" = "succeeded") => {
    const job = endedJob();
    return toJobPage({ ...job, status: { ...job.status, state }, outcome: outcome(changes) }, null, null).outcome;
  };

  it.each<[readonly JudgedKpi[], "succeeded" | "failed", string]>([
    [[], "succeeded", "The training ended well; no KPI has a target to judge it by."],
    [[], "failed", "No KPI was judged."],
    [[kpi({ target: null })], "succeeded", "The training ended well; no KPI has a target to judge it by."],
    [[kpi()], "succeeded", "Its KPI meets the target."],
    [[kpi({ status: "warn" })], "succeeded", "Its KPI meets the target, close to its limit."],
    [[kpi({ status: "fail" })], "succeeded", "Its KPI misses the target."],
    [[kpi(), kpi({ name: "auc" })], "succeeded", "All 2 KPIs meet their targets."],
    [[kpi(), kpi({ name: "auc", status: "fail" })], "succeeded", "1 of 2 KPIs meets its target."],
    [[kpi({ status: "unknown", value: null })], "succeeded", "Its KPI could not be judged."],
    [[kpi({ status: "fail" }), kpi({ status: "fail" })], "succeeded", "0 of 2 KPIs meet their targets."],
  ])("is one sentence of %j, %s", (kpis, state, verdict) => {
    expect(pageOf({ kpis }, state)?.verdict).toBe(verdict);
  });

  it("shortens the id of a run without a name, and writes its status small", () => {
    const run = { storeId: "s", experimentId: "1", runId: "0123456789abcdef", name: "", status: "FINISHED" };
    expect(pageOf({ runs: [run, { ...run, name: "by-hand" }] })?.runs).toMatchObject([
      { name: "0123456789ab", status: "finished" },
      { name: "by-hand" },
    ]);
  });

  it("names champion, new version and cost, and leaves out what there is not", () => {
    expect(pageOf({})?.facts).toEqual([]);
    const page = pageOf({
      champion: { model: "churn", version: "4", runId: null },
      registered: { model: "churn", version: "5" },
      cost: { amount: 0.001234, currency: "EUR" },
      notes: ["No run was found."],
    });
    expect(page?.facts).toEqual([
      { label: "Champion", value: "churn version 4" },
      { label: "Registered", value: "churn version 5" },
      { label: "Cost", value: "0.0012 EUR" },
    ]);
    expect(page).toMatchObject({ hasChampion: true, notes: ["No run was found."] });
  });

  it.each<[Partial<JudgedKpi>, string]>([
    [{}, "f1 0.84 (target >= 0.80), meets its target"],
    [{ group: "age/50+" }, "f1 (age/50+) 0.84 (target >= 0.80), meets its target"],
    [{ target: null }, "f1 0.84"],
    [{ value: null, status: "unknown" }, "f1 has no value (target >= 0.80), not judged"],
    [{ champion: 0.81, isBetter: true }, "f1 0.84 (target >= 0.80), meets its target, better than the champion's 0.81"],
    [{ champion: 0.9, isBetter: false, status: "fail" }, "f1 0.84 (target >= 0.80), misses its target, worse than the champion's 0.9"],
    [{ champion: 0.84, isBetter: false }, "f1 0.84 (target >= 0.80), meets its target, as the champion 0.84"],
    [{ champion: 0.84, isBetter: null }, "f1 0.84 (target >= 0.80), meets its target, as the champion 0.84"],
    [{ champion: 0.81, isBetter: null }, "f1 0.84 (target >= 0.80), meets its target, champion 0.81"],
  ])("is told of the KPI %j", (changes, words) => {
    expect(kpiWords(kpi(changes))).toBe(words);
  });

  it.each<[readonly JudgedKpi["status"][], ReturnType<typeof kpiResult>]>([
    [[], "unknown"],
    [["pass", "warn"], "warn"],
    [["pass", "unknown", "warn"], "unknown"],
    [["unknown", "fail"], "fail"],
    [["pass"], "pass"],
  ])("is as bad as the worst of %j", (statuses, result) => {
    expect(kpiResult(statuses.map((status) => kpi({ status })))).toBe(result);
    expect(kpiResult([...statuses.map((status) => kpi({ status })), kpi({ target: null, status: "fail" })])).toBe(result);
  });
});
