import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { effortSum } from "../../../src/core/health/effortSum";
import { uniformStack } from "../../../src/core/health/uniformStack";
import { productTools } from "../../../src/core/health/productTools";
import { aCheck, aJob, aRelease, aRunFact, checksOf, DAY_MS, EVIDENCE_NOW, OWNED, productEvidence } from "../../builders/productEvidence";

const policyOf = (minutes: number): string => `version: 1\neffort: {minutes_per_action: ${minutes}}\n`;

describe("effortSum", () => {
  it("counts trainings, deployments and checks of the last 30 days, and the 30 before apart", () => {
    const evidence = productEvidence(OWNED, {
      jobs: [aJob(1), aJob(2, { reason: { kind: "schedule", text: "Monday." } }), aJob(40), aJob(70)],
      deployments: [aRelease(3, "4"), aRelease(45, "3", { who: "github-actions[bot]" }), aRelease(2, "9", { product: "another" })],
      checks: checksOf(aCheck(5, { started_by: "automation" }), aCheck(6, { started_by: "person" }), aCheck(7)),
    });
    expect(effortSum(evidence)).toEqual({
      ...{ manual: 3, automated: 2, untold: 1, hours: 1, minutesPerAction: 20 },
      before: { manual: 1, automated: 1, hours: 1 / 3 },
      busFactor: 0,
    });
  });

  it("counts a run of a job once, one of a job that is not here by itself, and parts of a run never", () => {
    const runs = [
      aRunFact(1, { job: "churn-1", startedBy: "person" }),
      aRunFact(2, { job: "gone", startedBy: "automation" }),
      aRunFact(3, { startedBy: "person" }),
      aRunFact(4, { startedBy: "person", parentRunId: "r3" }),
      aRunFact(5, { startedBy: "person", startedAt: null, endedAt: null }),
    ];
    const sum = effortSum(productEvidence(OWNED, { jobs: [aJob(1)], runs: { known: true, value: runs } }));
    expect([sum?.manual, sum?.automated, sum?.untold]).toEqual([2, 1, 0]);
  });

  it("takes nobody's work for a person's where a machine asked, and passes over what was refused", () => {
    const jobs = [aJob(1, { by: "jenkins" }), aJob(2, { by: "renovate[bot]" }), aJob(3, { phase: "refused" })];
    const sum = effortSum(productEvidence(OWNED, { jobs }));
    expect([sum?.manual, sum?.automated]).toEqual([0, 2]);
  });

  it("is null where nothing was ever done, and zero where it was long ago", () => {
    expect(effortSum(productEvidence())).toBeNull();
    expect(effortSum(productEvidence(OWNED, { runs: { known: false, why: "the store is away" } }))).toBeNull();
    expect(effortSum(productEvidence(OWNED, { jobs: [aJob(300)] }))).toMatchObject({ manual: 0, automated: 0, hours: 0 });
  });

  it("does not know the bus factor without git, and counts what a clock that runs ahead says as now", () => {
    const facts = { ...productEvidence().facts, pipelineAuthors: { known: false, why: "there is no git repository" } } as const;
    expect(effortSum(productEvidence(OWNED, { jobs: [aJob(-2)], facts }))).toMatchObject({ manual: 1, busFactor: null });
  });

  it("doubles hours with the minutes, and heeds no order", () => {
    const days = fc.array(fc.tuple(fc.integer({ min: 0, max: 80 }), fc.constantFrom("manual", "schedule")), {
      minLength: 1,
      maxLength: 30,
    });
    fc.assert(
      fc.property(days, fc.integer({ min: 1, max: 200 }), (actions, minutes) => {
        const jobs = actions.map(([day, kind], index) => aJob(day, { id: `j${index}`, reason: { kind, text: "x" } }));
        const one = effortSum(productEvidence(OWNED, { jobs, policyText: policyOf(minutes) }));
        const twice = effortSum(productEvidence(OWNED, { jobs: jobs.toReversed(), policyText: policyOf(2 * minutes) }));
        expect(twice?.hours).toBeCloseTo(2 * (one?.hours ?? 0), 9);
        expect(twice?.before.hours).toBeCloseTo(2 * (one?.before.hours ?? 0), 9);
        expect([twice?.manual, twice?.automated]).toEqual([one?.manual, one?.automated]);
        const recent = actions.filter(([day]) => day < 30).length;
        expect((one?.manual ?? 0) + (one?.automated ?? 0)).toBe(recent);
      }),
    );
  });

  it("puts every action into one period at most", () => {
    const edges = [0, 30, 60].map((days) => aJob(0, { id: `e${days}`, createdAt: EVIDENCE_NOW - days * DAY_MS }));
    const sum = effortSum(productEvidence(OWNED, { jobs: edges }));
    expect([sum?.manual, sum?.before.manual]).toEqual([1, 1]);
  });
});

describe("uniformStack", () => {
  const use = (name: string, value: string, wanted: string | null = null, kind = "Python"): Parameters<typeof uniformStack>[0][number] => ({
    name,
    tools: [{ kind, value, wanted }],
  });

  it("names those that differ from most", () => {
    expect(uniformStack([use("a", "3.11"), use("b", "==3.11.*"), use("c", "3.9")])).toEqual([
      { kind: "Python", majority: "3.11", odd: [{ product: "c", value: "3.9" }] },
    ]);
  });

  it("compares with what the policy wants, also where most differ", () => {
    const [row] = uniformStack([
      use("a", "Airflow", "DVC", "Pipeline"),
      use("b", "Airflow", "DVC", "Pipeline"),
      use("c", "dvc", "DVC", "Pipeline"),
    ]);
    expect(row).toEqual({
      kind: "Pipeline",
      majority: "DVC",
      odd: [
        { product: "a", value: "Airflow" },
        { product: "b", value: "Airflow" },
      ],
    });
  });

  it("calls none odd where no value leads, and is empty without tools", () => {
    expect(uniformStack([use("a", "3.11"), use("b", "3.9")])).toEqual([{ kind: "Python", majority: null, odd: [] }]);
    expect(uniformStack([{ name: "a", tools: [] }])).toEqual([]);
    expect(uniformStack([])).toEqual([]);
  });

  it("holds each product to its own policy", () => {
    const [row] = uniformStack([use("a", "3.11", "3.11"), use("b", "3.9", "3.9"), use("c", "3.9", "3.11")]);
    expect(row).toEqual({ kind: "Python", majority: "3.9", odd: [{ product: "c", value: "3.9" }] });
  });
});

describe("productTools", () => {
  it("takes tools from the file and the pipeline that it links", () => {
    const text = `${OWNED}pipeline: ./dvc.yaml\nmodel: churn\ntrain: {engine: ray}\ndeploy: {targets: {staging: {type: mlflow_alias, alias: c}, production: {type: ray_serve}}}\n`;
    const pipelines = [{ path: "dvc.yaml", tool: "DVC", schedule: null, python: "3.11", timeout: null }];
    const facts = { ...productEvidence().facts, pipelines: { known: true, value: pipelines } } as const;
    const policyText = 'version: 1\nstack: {registry: mlflow, pipeline: dvc, python: "3.12", serving: ray_serve}\n';
    expect(productTools(productEvidence(text, { facts, policyText }))).toEqual([
      { kind: "Registry", value: "MLflow", wanted: "MLflow" },
      { kind: "Pipeline", value: "DVC", wanted: "DVC" },
      { kind: "Python", value: "3.11", wanted: "3.12" },
      { kind: "Training", value: "Ray", wanted: null },
      { kind: "Serving", value: "Ray Serve", wanted: "Ray Serve" },
    ]);
    expect(productTools(productEvidence(OWNED))).toEqual([]);
  });
});
