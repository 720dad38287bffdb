import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { cronFields } from "../../../src/core/lint/schedule";
import type { Redundancy } from "../../../src/core/training/fingerprint";
import { lastCronTime } from "../../../src/core/training/need/lastCronTime";
import { needBeforePlan, type NeedFacts, needOfPlan, type TrainingNeed } from "../../../src/core/training/need/judgeNeed";
import type { TrainingJob } from "../../../src/core/training/trainingJob";
import { endedJob, retrainPlan } from "../../builders/retrainPlan";
import { kpi, result } from "../monitoring/monitoringBuilders";

const DAY = 86_400_000;
/** A Monday. */
const NOW = Date.UTC(2026, 10, 30, 9, 30);

const PAST = { jobId: null, run: null, endedAt: null, durationMs: null, kpis: {}, cost: null, commit: null, params: {} };
const REDUNDANT: Redundancy = { kind: "redundant", past: PAST, because: "The fingerprint is that of the run swift-cat." };
const NEW_DATA: Redundancy = {
  kind: "changed",
  past: PAST,
  changes: [{ kind: "data", name: "data/train.csv", change: "changed", text: "data/train.csv has other content" }],
};
const NEW_CODE: Redundancy = {
  kind: "changed",
  past: PAST,
  changes: [{ kind: "code", name: "train.py", change: "changed", text: "train.py" }],
};

function trained(daysAgo: number, state: "succeeded" | "failed" | "running" = "succeeded", fingerprint = "old"): TrainingJob {
  const job = endedJob(retrainPlan(), { createdAt: NOW - daysAgo * DAY, fingerprint });
  return { ...job, status: { ...job.status, state } };
}

const failing = (daysAgo: number): NeedFacts["latest"] =>
  result({ status: "fail", verdict: "f1 misses its target", kpis: [kpi()], checked_at: NOW - daysAgo * DAY });
const warning = result({
  status: "warn",
  verdict: "age drifts a little",
  kpis: [kpi({ status: "fail" })],
  checked_at: NOW - DAY,
});

function need(facts: Partial<NeedFacts>, redundancy: Redundancy = NEW_CODE, fingerprint: string | null = "new"): TrainingNeed {
  const all: NeedFacts = { trigger: undefined, latest: null, jobs: [], newestRun: null, now: NOW, ...facts };
  const before = needBeforePlan(all);
  return needOfPlan(before, all, redundancy, fingerprint);
}

const run = (daysAgo: number): NeedFacts["newestRun"] => ({ name: "swift-cat", startTime: NOW - daysAgo * DAY });

describe("a product asks for a training", () => {
  it.each<[string, Partial<NeedFacts>, Redundancy, TrainingNeed["kind"], string]>([
    ["no trigger", {}, NEW_DATA, "not_needed", "neither a schedule, nor drift, nor new data"],
    ["a training that runs", { trigger: { schedule: "0 4 * * 1" }, jobs: [trained(0, "running")] }, NEW_DATA, "not_needed", "right now"],
    ["drift that fails", { trigger: { on_drift: "fail" }, latest: failing(1) }, NEW_CODE, "needed", "f1 misses its target."],
    ["drift that warns, where failures count", { trigger: { on_drift: "fail" }, latest: warning }, NEW_CODE, "not_needed", "asks for none"],
    ["drift that warns, where warnings count", { trigger: { on_drift: "warn" }, latest: warning }, NEW_CODE, "needed", "age drifts"],
    ["no drift", { trigger: { on_drift: "warn" }, latest: result() }, NEW_CODE, "not_needed", "asks for none"],
    [
      "drift that a training has answered",
      { trigger: { on_drift: "fail" }, latest: failing(3), jobs: [trained(1)] },
      NEW_CODE,
      "not_needed",
      "answered by the training",
    ],
    [
      "drift that a run of somebody has answered",
      { trigger: { on_drift: "fail" }, latest: failing(3), newestRun: run(1) },
      NEW_CODE,
      "not_needed",
      'answered by the run "swift-cat"',
    ],
    ["drift after the last training", { trigger: { on_drift: "fail" }, latest: failing(1), jobs: [trained(3)] }, NEW_CODE, "needed", "f1"],
    [
      "drift that only failed trainings followed",
      { trigger: { on_drift: "fail" }, latest: failing(3), jobs: [trained(1, "failed")] },
      NEW_CODE,
      "needed",
      "f1",
    ],
    ["no check at all", { trigger: { on_drift: "fail" } }, NEW_CODE, "cannot_tell", "never checked"],
    [
      "a check that could not judge",
      { trigger: { on_drift: "fail" }, latest: result({ status: "unjudged", verdict: "No rows" }) },
      NEW_CODE,
      "cannot_tell",
      "No rows.",
    ],
    [
      "drift, though nothing else would change",
      { trigger: { on_drift: "fail" }, latest: failing(1) },
      REDUNDANT,
      "not_needed",
      "the same model again",
    ],
    ["a schedule that was never kept", { trigger: { schedule: "0 4 * * 1" } }, NEW_CODE, "needed", "no training has ended well yet"],
    ["a schedule that is due", { trigger: { schedule: "0 4 * * 1" }, jobs: [trained(1)] }, NEW_CODE, "needed", "2026-11-30 04:00"],
    ["a schedule that is not due", { trigger: { schedule: "0 4 * * 1" }, jobs: [trained(0.1)] }, NEW_CODE, "not_needed", "not due"],
    [
      "a schedule that a run of somebody kept",
      { trigger: { schedule: "0 4 * * 1" }, newestRun: run(0.1) },
      NEW_CODE,
      "not_needed",
      "swift-cat",
    ],
    ["a pace that is over", { trigger: { schedule: "every 2 days" }, jobs: [trained(2.1)] }, NEW_CODE, "needed", "every 2 days"],
    [
      "a pace whose timer woke a minute early",
      { trigger: { schedule: "every 2 days" }, jobs: [trained(1.999)] },
      NEW_CODE,
      "needed",
      "every 2 days",
    ],
    ["a pace that is not over", { trigger: { schedule: "every 2 days" }, jobs: [trained(1)] }, NEW_CODE, "not_needed", "not due"],
    ["a schedule that cannot be read", { trigger: { schedule: "when it rains" } }, NEW_CODE, "cannot_tell", "when it rains"],
    ["new data", { trigger: { on_new_data: true } }, NEW_DATA, "needed", "data/train.csv has other content"],
    ["no new data", { trigger: { on_new_data: true } }, NEW_CODE, "not_needed", "No data changed"],
    [
      "data that nobody can compare",
      { trigger: { on_new_data: true } },
      { kind: "cannot_tell", why: "Its commit is unknown.", past: null },
      "cannot_tell",
      "Its commit is unknown.",
    ],
    ["the first training", { trigger: { on_new_data: true } }, { kind: "first" }, "needed", "never trained"],
    [
      "new data, though the schedule is not due",
      { trigger: { schedule: "0 4 * * 1", on_new_data: true }, jobs: [trained(0.1)] },
      NEW_DATA,
      "needed",
      "Data changed",
    ],
    [
      "nothing new, nothing due",
      { trigger: { schedule: "0 4 * * 1", on_new_data: true }, jobs: [trained(0.1)] },
      NEW_CODE,
      "not_needed",
      "not due: the training",
    ],
    [
      "a schedule that is due beside drift that nobody checked",
      { trigger: { schedule: "0 4 * * 1", on_drift: "fail" } },
      NEW_CODE,
      "needed",
      "due",
    ],
  ])("with %s", (_, facts, redundancy, kind, text) => {
    const found = need(facts, redundancy);
    expect({ kind: found.kind, text: found.kind === "needed" ? found.reason.text : found.why }).toEqual({
      kind,
      text: expect.stringContaining(text) as string,
    });
  });

  it("not again with the inputs that failed the last time", () => {
    const facts = { trigger: { schedule: "0 4 * * 1" }, jobs: [trained(1, "failed", "same")] } as const;
    expect(need(facts, NEW_CODE, "same")).toMatchObject({
      kind: "not_needed",
      why: expect.stringContaining("failed with exactly these inputs") as string,
    });
    expect(need(facts, NEW_CODE, "other").kind).toBe("needed");
  });

  it("with a reason of the kind that asked", () => {
    expect(need({ trigger: { on_drift: "fail" }, latest: failing(1) })).toMatchObject({ reason: { kind: "drift" } });
    expect(need({ trigger: { schedule: "@weekly" } })).toMatchObject({ reason: { kind: "schedule" } });
    expect(need({ trigger: { on_new_data: true } }, NEW_DATA)).toMatchObject({ reason: { kind: "data_change" } });
  });
});

describe("the last time of a cron expression", () => {
  const last = (cron: string, now: number): string | null => {
    const fields = cronFields(cron);
    const time = fields === null ? null : lastCronTime(fields, now);
    return time === null ? null : new Date(time).toISOString().slice(0, 16);
  };

  it.each([
    ["0 4 * * 1", "2026-11-30T04:00"],
    ["0 10 * * 1", "2026-11-23T10:00"],
    ["30 9 * * *", "2026-11-30T09:30"],
    ["31 9 * * *", "2026-11-29T09:31"],
    ["*/15 * * * *", "2026-11-30T09:30"],
    ["0 0 29 2 *", "2024-02-29T00:00"],
    ["0 0 1 */3 *", "2026-10-01T00:00"],
    // Either kind of day fires where both are given.
    ["0 0 13 * 5", "2026-11-27T00:00"],
    ["@monthly", "2026-11-01T00:00"],
    ["0 0 31 2 *", null],
  ])("%s is %s", (cron, time) => {
    expect(last(cron, NOW)).toBe(time);
  });

  it("is never in the future, and fires then again", () => {
    const field = (min: number, max: number): fc.Arbitrary<string> => fc.oneof(fc.constant("*"), fc.integer({ min, max }).map(String));
    fc.assert(
      fc.property(field(0, 59), field(0, 23), field(1, 28), field(1, 12), fc.integer({ min: 0, max: 4e12 }), (m, h, d, month, now) => {
        const fields = cronFields(`${m} ${h} ${d} ${month} *`);
        const again = (at: number): number => (fields === null ? null : lastCronTime(fields, at)) ?? NaN;
        expect(again(now)).toBeLessThanOrEqual(now);
        expect(again(again(now))).toBe(again(now));
      }),
      { numRuns: 200 },
    );
  });
});
