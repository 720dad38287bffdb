import { describe, expect, it } from "vitest";

import type { NeededSignOff } from "../../../src/core/governance/signOffStanding";
import type { ProductEvidence } from "../../../src/core/health/evidence";
import { toProductHealth } from "../../../src/core/health/toProductHealth";
import { waitsFor } from "../../../src/core/health/waitsFor";
import type { MonitoringKpi } from "../../../src/core/monitoring/monitoringResult";
import {
  aCheck,
  aFinding,
  aJob,
  aRelease,
  aRunFact,
  checksOf,
  DAY_MS,
  EVIDENCE_NOW,
  OWNED,
  productEvidence,
} from "../../builders/productEvidence";
import { signOffStanding } from "../../builders/signOffStandings";

const TARGETS = `${OWNED}model: churn\ndeploy: {targets: {staging: {type: mlflow_alias, alias: challenger}, production: {type: ray_serve}}}\n`;
const row = (...args: Parameters<typeof productEvidence>): ReturnType<typeof toProductHealth> => toProductHealth(productEvidence(...args));

function kpi(value: number | null, status: MonitoringKpi["status"] = "ok", group: string | null = null): MonitoringKpi {
  const by = group === null ? null : "sex";
  return { name: "f1", value, target: ">= 0.8", warn: null, status, verdict: "", by, group, rows: 10, kind: "measured", source: "s" };
}

function needed(change: Partial<NeededSignOff> = {}): NeededSignOff {
  return {
    ...{ subject: "launch", role: "requirements", ask: ["mia@example.org"], why: "It goes to production.", blocks: true },
    ...{ isDue: true, standing: null, isMet: false, problem: "It is missing." },
    ...change,
  };
}

describe("the version at work and the stage", () => {
  it("is the one that the log of deployments has at the target for production", () => {
    const deployments = [
      aRelease(9, "3"),
      aRelease(5, "4"),
      aRelease(2, "5", { state: "failed", serves: "4" }),
      aRelease(1, "7", { product: "another" }),
    ];
    expect(row(TARGETS, { deployments })).toMatchObject({
      stage: "run",
      version: { version: "4", since: EVIDENCE_NOW - 5 * DAY_MS, place: "target production" },
    });
  });

  it("follows the registry where an alias was moved elsewhere, and knows not since when", () => {
    const text = TARGETS.replace("type: ray_serve", "type: mlflow_alias, alias: champion");
    const deployments = [aRelease(5, "4", { type: "mlflow_alias" })];
    const facts = {
      ...productEvidence().facts,
      registryVersions: {
        known: true,
        value: [{ version: "6", digest: null, aliases: ["champion"], createdAt: "2026-11-01T00:00:00.000Z" }],
      },
    } as const;
    expect(row(text, { deployments, aliases: new Map([["champion", "6"]]), facts }).version).toEqual({
      ...{ version: "6", since: null, place: "target production", made: Date.UTC(2026, 10, 1) },
    });
    expect(row(text, { deployments, aliases: new Map([["champion", "4"]]) }).version).toMatchObject({
      version: "4",
      since: EVIDENCE_NOW - 5 * DAY_MS,
    });
  });

  it("is the alias that people use, else the stage of MLflow 2, else what the file of a product in production says", () => {
    const aliases = new Map([["champion", "2"]]);
    expect(row(OWNED, { aliases }).version).toMatchObject({ version: "2", place: "alias champion" });
    const staged = [{ version: "5", digest: null, aliases: [], createdAt: null, stage: "Production" }];
    const facts = { ...productEvidence().facts, registryVersions: { known: true, value: staged } } as const;
    expect(row(OWNED, { facts }).version).toMatchObject({ version: "5", place: "stage Production", made: null });
    const text = `${OWNED.replace("development", "production")}model: {name: churn, version: "14"}\n`;
    expect(row(text).version).toMatchObject({ version: "14", place: "as its file says" });
    expect(row(text.replace("production", "staging")).version).toBeNull();
  });

  it.each<readonly [string, Parameters<typeof productEvidence>, string]>([
    ["nothing", [], "design"],
    ["a run", [OWNED, { runs: { known: true, value: [aRunFact(400)] } }], "build"],
    ["a training without a run", [OWNED, { jobs: [aJob(1)] }], "build"],
    ["a store that cannot be read", [OWNED, { runs: { known: false, why: "it is away" } }], "unknown"],
    [
      "a check although the store cannot be read",
      [OWNED, { runs: { known: false, why: "it is away" }, checks: checksOf(aCheck(1)) }],
      "build",
    ],
    ["a retired product with a version", [OWNED.replace("development", "retired"), { aliases: new Map([["champion", "2"]]) }], "retired"],
  ])("with %s", (_, args, stage) => {
    expect(row(...args).stage).toBe(stage);
  });
});

describe("the KPI over time", () => {
  const text = `${OWNED}kpis: [{name: f1, target: ">= 0.8"}]\n`;

  it("is what checks measured, oldest first, without groups and gaps", () => {
    const checks = checksOf(
      aCheck(1, { kpis: [kpi(0.7, "fail"), kpi(0.1, "fail", "f")] }),
      aCheck(8, { kpis: [kpi(null)] }),
      aCheck(15, { kpis: [kpi(0.9)] }),
    );
    expect(row(text, { checks }).kpi).toEqual({ name: "f1", values: [0.9, 0.7], status: "fail" });
  });

  it("is what trainings reached where checks measured it less than twice", () => {
    const value = [aRunFact(1, { metrics: { f1: 0.85 } }), aRunFact(2, { metrics: { auc: 1 } }), aRunFact(3, { metrics: { f1: 0.7 } })];
    const failed = aRunFact(4, { metrics: { f1: 0.1 }, status: "FAILED" });
    expect(row(text, { runs: { known: true, value: [...value, failed] } }).kpi).toEqual({ name: "f1", values: [0.7, 0.85], status: "ok" });
  });

  it("is null without a KPI and without a figure", () => {
    expect(row(OWNED, { runs: { known: true, value: [aRunFact(1, { metrics: { f1: 1 } })] } }).kpi).toBeNull();
    expect(row(text).kpi).toBeNull();
  });
});

describe("the next duty", () => {
  it("is the first of a review, the end of a sign-off and a day of the law for high risk", () => {
    const reviewed = `${OWNED}review: {next: 2027-03-01}\n`;
    expect(row(reviewed).nextDuty).toEqual({ date: "2027-03-01", what: "Review of the model" });
    const ends = needed({ isMet: true, problem: null, standing: signOffStanding({ expires: "2027-01-10" }) });
    expect(row(reviewed, { needed: [ends] }).nextDuty).toEqual({ date: "2027-01-10", what: "The sign-off of the launch ends" });
    const high = row(OWNED.replace("limited", "high")).nextDuty;
    expect([high?.date, high?.what.startsWith("AI Act")]).toEqual(["2027-12-02", true]);
    expect(row().nextDuty).toBeNull();
    expect(row(`${OWNED.replace("development", "retired")}review: {next: 2027-03-01}\n`).nextDuty).toBeNull();
  });

  it("is a review that nobody held", () => {
    expect(row(`${OWNED}review: {next: 2026-10-01}\n`).nextDuty?.date).toBe("2026-10-01");
  });
});

describe("what waits for whom", () => {
  const whats = (change: Parameters<typeof productEvidence>[1], text = OWNED): readonly (readonly [string, readonly string[]])[] =>
    row(text, change).waits.map(({ what, who }) => [what, who]);

  it("is nothing for a product that is well", () => {
    expect(row().waits).toEqual([]);
  });

  it("is an owner that nobody is", () => {
    expect(whats({}, "version: 1\nname: churn\n")).toEqual([["Somebody is named who answers for it", []]]);
  });

  it("is a decision, but not for whose own change it is about, and what was rejected waits for the owner", () => {
    expect(whats({ needed: [needed()] })).toEqual([["Decision on the launch", ["mia@example.org"]]]);
    const own = signOffStanding({ state: "refused", cause: "own_change", person: "mia@example.org" });
    expect(whats({ needed: [needed({ ask: ["Mia@example.org", "leo@example.org"], standing: own })] })).toEqual([
      ["Decision on the launch", ["leo@example.org"]],
    ]);
    expect(whats({ needed: [needed({ standing: signOffStanding({ state: "rejected" }) })] })).toEqual([
      ["What the launch was rejected for is mended", ["ana@example.org"]],
    ]);
    expect(whats({ needed: [needed({ isDue: false }), needed({ standing: signOffStanding({ state: "unknown" }) })] })).toEqual([]);
  });

  it("is a check that failed, for those who are told of it, else for who operates it", () => {
    const checks = checksOf(aCheck(1, { status: "fail", verdict: "3 columns drifted." }));
    const what = "Something is done about the check that failed: 3 columns drifted.";
    expect(whats({ checks })).toEqual([[what, ["ops@example.org"]]]);
    expect(whats({ checks }, `${OWNED}alert: [ml@example.org, tbd]\n`)).toEqual([[what, ["ml@example.org"]]]);
  });

  it("is a check that is due, a training that failed, errors of the file, and a review that is near", () => {
    const monitored = `${OWNED}monitoring: {live: b.csv, checks: {every: 7 days}}\nreview: {next: 2026-12-10}\n`;
    const failed = aJob(1, { status: { ...aJob(1).status, state: "failed" } });
    const found = row(monitored, { jobs: [failed], findings: [aFinding("owner-missing", "error")], checks: checksOf(aCheck(20)) });
    expect(found.waits.map(({ what, due, action }) => [what, due, action.kind])).toEqual([
      ["Review of the model", "2026-12-10", "request_sign_off"],
      ["Check at work, which is overdue", null, "check_now"],
      ["A training that failed is looked at", null, "retrain"],
      ["1 error in its file", null, "open_finding"],
    ]);
    expect(row(monitored.replace("development", "retired"), { jobs: [failed] }).waits).toEqual([]);
  });

  it("is sorted by day for one person, in any spelling of the address", () => {
    const ends = needed({
      subject: "data",
      isMet: true,
      standing: signOffStanding({ state: "expiring", expires: "2026-12-01" }),
      problem: null,
    });
    const products = [row(OWNED, { needed: [needed(), ends] }), row(OWNED, { needed: [needed({ ask: ["leo@example.org"] })] })];
    expect(waitsFor({ products }, ["MIA@example.org"]).map(({ item }) => [item.what, item.due])).toEqual([
      ["New decision on the data: the present one ends", "2026-12-01"],
      ["Decision on the launch", null],
    ]);
    expect(waitsFor({ products }, [])).toEqual([]);
  });
});

describe("what happened", () => {
  it("is told newest first for 35 days: trainings, deployments, checks that changed, decisions", () => {
    const evidence: ProductEvidence = productEvidence(OWNED, {
      runs: {
        known: true,
        value: [aRunFact(1, { name: "r" }), aRunFact(2, { name: "s", status: "FAILED" }), aRunFact(3, { parentRunId: "r1" }), aRunFact(50)],
      },
      jobs: [aJob(4, { status: { ...aJob(4).status, state: "failed", endedAt: null } })],
      deployments: [aRelease(5, "4"), aRelease(6, "3", { state: "rolled_back", who: null })],
      checks: checksOf(aCheck(7, { status: "fail", verdict: "Drift." }), aCheck(8), aCheck(9)),
      standings: [signOffStanding({ when: "2026-11-14T12:00:00Z" }), signOffStanding({ when: "2026-11-14T12:00:00Z", decidedIn: null })],
    });
    expect(toProductHealth(evidence).events.map(({ kind, text }) => [kind, text])).toEqual([
      ["trained", "the run r finished"],
      ["training_failed", "the run s failed"],
      ["training_failed", "the training churn-4 failed"],
      ["deployed", "version 4 was deployed to production by Ana"],
      ["deployment_failed", "the deployment of version 3 to production did not succeed (rolled back)"],
      ["check_changed", "the check says fail after ok: Drift."],
      ["decided", "the launch was approved by mia@example.org"],
    ]);
  });
});
