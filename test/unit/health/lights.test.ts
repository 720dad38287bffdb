import { describe, expect, it } from "vitest";

import type { NeededSignOff } from "../../../src/core/governance/signOffStanding";
import type { ProductEvidence } from "../../../src/core/health/evidence";
import type { Challenge, ChallengeState } from "../../../src/core/health/productHealth";
import { toProductHealth } from "../../../src/core/health/toProductHealth";
import type { MonthCost } from "../../../src/core/cost/costSummary";
import { aCheck, aFinding, aJob, aRelease, aRunFact, checksOf, OWNED, productEvidence } from "../../builders/productEvidence";
import { signOffStanding } from "../../builders/signOffStandings";

const PRICES = "version: 1\nprices: {currency: EUR, instances: {gpu: 2}}\n";
const MONITORED = `${OWNED}monitoring: {reference: a.csv, live: b.csv, checks: {every: 7 days}}\nkpis: [{name: f1, target: ">= 0.8"}]\n`;

function light(challenge: Challenge, evidence: ProductEvidence): ChallengeState {
  const found = toProductHealth(evidence).challenges.find((one) => one.challenge === challenge);
  if (found === undefined) {
    throw new Error(`There is no light for ${challenge}.`);
  }
  return found;
}

function monthCost(change: Partial<MonthCost> = {}): MonthCost {
  return {
    month: "2026-11",
    amount: 12.3,
    currency: "EUR",
    runs: 4,
    hours: 6,
    unpricedRuns: 0,
    unpricedHours: 0,
    deletedRuns: 0,
    deletedHours: 0,
    deletedAmount: 0,
    budget: 100,
    forecast: 20,
    ...change,
  };
}

function needed(change: Partial<NeededSignOff> = {}): NeededSignOff {
  const problem = "The sign-off of the launch is missing.";
  return {
    subject: "launch",
    role: "requirements",
    ask: ["mia@example.org"],
    why: "It goes to production.",
    blocks: true,
    isDue: true,
    standing: null,
    isMet: false,
    problem,
    ...change,
  };
}

describe("all five", () => {
  it("come in the same order and with a reason, also where nothing is known", () => {
    const { challenges } = toProductHealth(productEvidence("version: 1\nname: churn\n"));
    expect(challenges.map(({ challenge }) => challenge)).toEqual(["effort", "cost", "knowledge", "responsibility", "compliance"]);
    for (const { reason } of challenges) {
      expect(reason).toMatch(/^[A-Z].*\.$/);
      expect(reason).not.toMatch(/NaN|undefined|Infinity|null/);
    }
  });

  it.each<readonly [Challenge, string]>([
    ["effort", "pipeline-missing"],
    ["cost", "budget-missing"],
    ["knowledge", "kpi-without-target"],
    ["responsibility", "owner-missing"],
    ["compliance", "risk-class-undecided"],
  ])("%s is in trouble by an error of lint and asks for attention by a warning, with the place", (challenge, rule) => {
    const error = light(challenge, productEvidence(OWNED, { findings: [aFinding(rule, "error", OWNED, "stage")] }));
    expect(error).toMatchObject({
      light: "trouble",
      reason: `What ${rule} says.`,
      action: { kind: "open_finding", detail: rule, line: 3 },
    });
    const warning = light(challenge, productEvidence(OWNED, { findings: [aFinding(rule, "warning"), aFinding(rule, "warning")] }));
    expect(warning).toMatchObject({ light: "attention", reason: `What ${rule} says. 1 more finding.` });
    const hint = light(challenge, productEvidence(OWNED, { findings: [aFinding(rule, "info")] }));
    expect(hint.reason).not.toContain(rule);
  });

  it("are open where a rule that would weigh as an error could not be checked, and no worse", () => {
    const unchecked = [
      { rule: "four-eyes-missing", code: "RESP08", severity: "error", message: "Could not check who signed: git is not run" },
    ] as const;
    expect(light("responsibility", productEvidence(OWNED, { unchecked }))).toMatchObject({
      light: "unknown",
      reason: "Could not check who signed: git is not run.",
    });
    const findings = [aFinding("operator-missing", "warning")];
    expect(light("responsibility", productEvidence(OWNED, { unchecked, findings })).light).toBe("attention");
    const mild = [{ ...unchecked[0], severity: "warning" }] as const;
    expect(light("responsibility", productEvidence(OWNED, { unchecked: mild })).light).toBe("good");
  });
});

describe("effort", () => {
  it("is not known where nothing was ever done, and where the store cannot be read", () => {
    expect(light("effort", productEvidence())).toMatchObject({ light: "unknown", action: { kind: "retrain" } });
    const gone = light("effort", productEvidence(OWNED, { runs: { known: false, why: "The store is not there" } }));
    expect(gone).toMatchObject({ light: "unknown", reason: "How often it is trained is not known: The store is not there." });
  });

  it("asks to automate what is done by hand again and again, with hours by the policy's minutes", () => {
    const jobs = [aJob(1), aJob(2), aJob(3)];
    const policyText = "version: 1\neffort: {minutes_per_action: 30}\n";
    expect(light("effort", productEvidence(OWNED, { jobs, policyText }))).toMatchObject({
      light: "attention",
      reason: "3 actions by hand and 0 by automation in the last 30 days: 1.5 h of somebody's time at 30 minutes each.",
      action: { kind: "automate" },
    });
  });

  it("is good where automation does most, and not known where nobody can tell who did it", () => {
    const automated = [aJob(1), ...[2, 3, 4, 5].map((days) => aJob(days, { reason: { kind: "schedule", text: "Monday." } }))];
    expect(light("effort", productEvidence(OWNED, { jobs: automated })).light).toBe("good");
    const untold = { known: true, value: [aRunFact(1), aRunFact(2)] } as const;
    expect(light("effort", productEvidence(OWNED, { runs: untold }))).toMatchObject({
      light: "unknown",
      reason: "Nobody can tell who did the 2 actions of the last 30 days.",
    });
  });

  it("tells of a training that failed, with its own words", () => {
    const failed = aJob(1, { status: { ...aJob(1).status, state: "failed", message: "The data was not there" } });
    expect(light("effort", productEvidence(OWNED, { jobs: [failed] }))).toMatchObject({
      light: "attention",
      reason: "The last training failed. The data was not there.",
    });
  });
});

describe("cost", () => {
  it("is not known without prices, and leads to the policy", () => {
    expect(light("cost", productEvidence())).toMatchObject({ light: "unknown", action: { kind: "set_prices" } });
    expect(light("cost", productEvidence(OWNED, { policyText: "version: 1\nprices: {instances: {gpu: 2}}\n", cost: null })).light).toBe(
      "unknown",
    );
  });

  it.each<readonly [string, Partial<MonthCost>, ChallengeState["light"], string]>([
    ["within the budget", {}, "good", "12.30 EUR of 100.00 EUR this month in 4 runs."],
    ["without a budget", { budget: null }, "good", "12.30 EUR this month in 4 runs."],
    [
      "with deleted runs",
      { deletedRuns: 2, deletedAmount: 5 },
      "good",
      "12.30 EUR of 100.00 EUR this month in 4 runs. Of it, 2 deleted runs took 5.00 EUR.",
    ],
    ["over the budget", { amount: 120 }, "trouble", "120.00 EUR this month is over the budget of 100.00 EUR."],
    ["on the way over it", { forecast: 140 }, "attention", "At this pace the month costs 140.00 EUR, and the budget is 100.00 EUR."],
    [
      "with runs of unknown price",
      { unpricedRuns: 1 },
      "good",
      "12.30 EUR of 100.00 EUR this month in 4 runs. 1 run without a known price is not in it.",
    ],
    ["with unknown prices only", { unpricedRuns: 4, amount: 0 }, "unknown", "No price is known for any of the 4 runs of this month."],
  ])("%s", (_, change, colour, reason) => {
    const found = light("cost", productEvidence(OWNED, { policyText: PRICES, cost: monthCost(change) }));
    expect([found.light, found.reason]).toEqual([colour, reason]);
  });

  it("says why it is not known where the store cannot be read, and shows no zero", () => {
    const found = light("cost", productEvidence(OWNED, { policyText: PRICES, runs: { known: false, why: "The store is not there" } }));
    expect(found).toMatchObject({ light: "unknown", reason: "What it cost is not known: The store is not there." });
  });
});

describe("knowledge", () => {
  it.each<readonly [string, Parameters<typeof aCheck>, ChallengeState["light"], string | null]>([
    ["a check that is fine", [1], "good", null],
    ["a check that warns", [1, { status: "warn", verdict: "One column moved." }], "attention", "show_drift"],
    [
      "a check that fails on drift",
      [1, { status: "fail", verdict: "3 columns drifted.", drift: { status: "fail" } as never }],
      "trouble",
      "show_drift",
    ],
    ["a check that fails on a KPI", [1, { status: "fail", verdict: "f1 misses its target." }], "trouble", "retrain"],
    ["a check that could not judge", [1, { status: "unjudged", verdict: "There is no data." }], "unknown", "check_now"],
    ["a check that is too old", [15], "attention", "check_now"],
  ])("follows %s", (_, check, colour, action) => {
    const found = light("knowledge", productEvidence(MONITORED, { checks: checksOf(aCheck(...check)) }));
    expect([found.light, found.action?.kind ?? null]).toEqual([colour, action]);
  });

  it("is not known before the first check, also where trainings were good, and says what they reached", () => {
    const runs = { known: true, value: [aRunFact(1, { metrics: { f1: 0.84 } })] } as const;
    expect(light("knowledge", productEvidence(MONITORED, { runs }))).toMatchObject({
      light: "unknown",
      reason: "It was never checked at work; the last training has f1 0.84, which meets its target.",
      action: { kind: "check_now" },
    });
  });

  it("follows the trainings of a product that is not at work yet", () => {
    const text = `${OWNED}kpis: [{name: f1, target: ">= 0.8"}]\n`;
    const at = (f1: number): ChallengeState =>
      light("knowledge", productEvidence(text, { runs: { known: true, value: [aRunFact(1, { metrics: { f1 } })] } }));
    expect(at(0.84)).toMatchObject({ light: "good", reason: "The last training has f1 0.84, which meets its target." });
    expect(at(0.7)).toMatchObject({ light: "trouble", action: { kind: "retrain" } });
    expect(light("knowledge", productEvidence(text)).reason).toBe("Nothing checks it at work, and no training has a figure of its KPIs.");
  });
});

describe("responsibility and compliance", () => {
  it("asks for an owner, and names the one there is", () => {
    expect(light("responsibility", productEvidence("version: 1\nname: churn\n"))).toMatchObject({
      light: "attention",
      action: { kind: "assign_owner" },
    });
    expect(light("responsibility", productEvidence())).toMatchObject({ light: "good", reason: "ana@example.org answers for it." });
  });

  it("asks for decisions that are due, and to decide where a draft waits", () => {
    expect(light("responsibility", productEvidence(OWNED, { needed: [needed()] }))).toMatchObject({
      light: "attention",
      action: { kind: "request_sign_off", detail: "launch" },
    });
    const draft = needed({ standing: signOffStanding({ state: "draft", decision: null }) });
    expect(light("responsibility", productEvidence(OWNED, { needed: [draft] })).action).toMatchObject({ kind: "sign", detail: "launch" });
    const rejected = needed({ standing: signOffStanding({ state: "rejected" }), problem: "The launch was rejected by mia@example.org." });
    expect(light("responsibility", productEvidence(OWNED, { needed: [rejected] })).light).toBe("trouble");
    expect(light("responsibility", productEvidence(OWNED, { needed: [needed({ isDue: false })] })).light).toBe("good");
    const met = needed({ isMet: true, problem: null });
    expect(light("responsibility", productEvidence(OWNED, { needed: [met] })).reason).toBe(
      "ana@example.org answers for it; 1 of 1 sign-offs hold.",
    );
  });

  it("parts decisions on the law from those on the model", () => {
    const evidence = productEvidence(OWNED, { needed: [needed({ subject: "dpia", problem: "The DPIA is not signed." })] });
    expect(light("responsibility", evidence).light).toBe("good");
    expect(light("compliance", evidence)).toMatchObject({ light: "attention", reason: "The DPIA is not signed." });
  });

  it("shows an emergency exception wherever the product is", () => {
    const standing = signOffStanding({ subject: "exception", state: "given", reason: "It holds until tomorrow" });
    expect(light("responsibility", productEvidence(OWNED, { standings: [standing] }))).toMatchObject({
      light: "trouble",
      reason: "An emergency exception is in force: It holds until tomorrow.",
    });
    const over = signOffStanding({ subject: "exception", state: "expired" });
    expect(light("responsibility", productEvidence(OWNED, { standings: [over] })).light).toBe("good");
  });

  it("never calls anything compliant", () => {
    const rows = [
      productEvidence(),
      productEvidence("version: 1\nrisk: high\n"),
      productEvidence(MONITORED, { deployments: [aRelease(3, "4")] }),
    ];
    expect(JSON.stringify(rows.map(toProductHealth).map(({ challenges }) => challenges.map(({ reason }) => reason)))).not.toMatch(
      /compliant/i,
    );
    expect(light("compliance", productEvidence("version: 1\nname: churn\nrisk: unsure\n")).light).toBe("unknown");
  });
});
