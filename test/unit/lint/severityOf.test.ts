import { describe, expect, it } from "vitest";
import type { RuleMeta, Severity } from "../../../src/core/lint/ruleMeta";
import { severityOf } from "../../../src/core/lint/severityOf";
import { lintContext, type LintContextOptions } from "../../builders/lintContext";

const META: RuleMeta = {
  code: "COST03",
  name: "retrains-too-often",
  challenge: "cost",
  severity: { development: "off", staging: "warning", production: "error" },
  summary: "",
  why: "",
  article: null,
  suppressible: true,
  noFix: null,
  appliesTo: "product",
};
const LOCKED: RuleMeta = { ...META, suppressible: false };

interface Options extends LintContextOptions {
  readonly settings?: Readonly<Record<string, Severity | "off">>;
  readonly ofFinding?: Severity | "off";
  readonly meta?: RuleMeta;
}

function weigh({ settings = {}, ofFinding, meta = META, ...options }: Options): Severity | "off" {
  return severityOf(meta, ofFinding, lintContext("", { stage: "staging", ...options }), { rules: new Map(Object.entries(settings)) });
}

describe("severityOf", () => {
  it("follows the stage", () => {
    const stages = ["development", "staging", "production"] as const;
    expect(stages.map((stage) => weigh({ stage }))).toEqual(["off", "warning", "error"]);
  });

  it("lets a finding weigh less or more than its rule", () => {
    expect(weigh({ stage: "production", ofFinding: "info" })).toBe("info");
    expect(weigh({ ofFinding: "error" })).toBe("error");
  });

  it.each(["COST03", "cost03", "retrains-too-often"])("finds the rule in policy and settings by %s", (key) => {
    expect(weigh({ policy: `rules: {${key}: info}` })).toBe("info");
    expect(weigh({ settings: { [key]: "error" } })).toBe("error");
  });

  it("lets the policy win over the rule and over its finding, and the settings over both", () => {
    const policy = "rules: {COST03: {severity: error, times: 3}}";
    expect(weigh({ policy, ofFinding: "info" })).toBe("error");
    expect(weigh({ policy, ofFinding: "info", settings: { COST03: "warning" } })).toBe("warning");
  });

  it("keeps the rule's own weight where the policy only sets its options", () => {
    expect(weigh({ policy: "rules: {COST03: {times: 3}}" })).toBe("warning");
  });

  it("lets a policy wake a rule that sleeps in a stage", () => {
    expect(weigh({ stage: "development", policy: "rules: {COST03: warning}" })).toBe("warning");
  });

  it("never brings back what the rule itself dropped", () => {
    expect(weigh({ ofFinding: "off", policy: "rules: {COST03: error}", settings: { COST03: "error" } })).toBe("off");
  });

  it("turns a rule off by policy and by settings", () => {
    expect(weigh({ policy: "rules: {COST03: off}" })).toBe("off");
    expect(weigh({ settings: { COST03: "off" } })).toBe("off");
  });

  it("makes heavier but not lighter what nobody may suppress", () => {
    expect(weigh({ meta: LOCKED, policy: "rules: {COST03: error}" })).toBe("error");
    expect(weigh({ meta: LOCKED, policy: "rules: {COST03: off}" })).toBe("warning");
    expect(weigh({ meta: LOCKED, stage: "production", settings: { COST03: "warning" } })).toBe("error");
    // A duty that has not begun weighs less by itself; that is the weight that may not get lighter.
    expect(weigh({ meta: LOCKED, stage: "production", ofFinding: "warning", settings: { COST03: "info" } })).toBe("warning");
  });
});
