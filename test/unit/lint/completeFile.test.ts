import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";

import type { ConfigPath } from "../../../src/core/config/configPath";
import { pathText } from "../../../src/core/config/configPath";
import { ALL_RULES } from "../../../src/core/lint/allRules";
import type { Finding } from "../../../src/core/lint/finding";
import type { SignOffFact } from "../../../src/core/lint/lintFacts";
import { applyFix, lintCase } from "../../builders/lintCase";
import type { KnownFacts } from "../../builders/lintFacts";

const FIXTURES = join(import.meta.dirname, "../../fixtures/lint");
const complete = readFileSync(join(FIXTURES, "complete.yaml"), "utf8");
const start = readFileSync(join(FIXTURES, "start.yaml"), "utf8");

/** The law's rules have tests of their own. */
const RULES = ALL_RULES.filter(({ meta }) => meta.challenge !== "compliance" && meta.code !== "EFF01");

const signOff = (subject: string, whoEmail: string): SignOffFact => ({
  file: `.mlops/signoffs/2026-11-12-${subject}.yaml`,
  subject,
  whoEmail,
  decision: "approve",
  when: "2026-11-12T10:00:00Z",
  expires: "2027-05-12",
  modelVersion: "14",
  commitAuthor: whoEmail,
  isBot: false,
});

/** All that can be known of the complete file, with nothing wrong. */
const FACTS: KnownFacts = {
  paths: {
    "dvc.yaml": {},
    "requirements.lock": {},
    "data/train.parquet": { sha256: "a".repeat(64) },
    "data/test.parquet": { sha256: "b".repeat(64) },
    "reports/eval.json": {},
    "docs/oversight-training.md": {},
  },
  dvcTracked: { "data/train.parquet": true },
  lastCommits: {
    "ana@example.org": "2026-11-20",
    "ml-ops@example.org": null,
    "mia@example.org": "2026-10-01",
    "sam@example.org": "2026-10-20",
    "ines@example.org": null,
    "dpo@example.org": null,
  },
  owners: [],
  pipelineAuthors: ["ana@example.org", "leo@example.org"],
  configAuthor: "ana@example.org",
  lastTrainingChange: "2026-11-09",
  pipelines: [{ path: "dvc.yaml", tool: "dvc", schedule: null, python: null, timeout: null }],
  lockFiles: ["requirements.lock"],
  registryVersions: [],
  evaluation: { modelVersion: "14", commit: "3f2c1ab", date: "2026-11-10" },
  signOffs: [signOff("launch", "mia@example.org"), signOff("launch", "ines@example.org"), signOff("dpia", "dpo@example.org")],
  approvedTargets: { ndcg_10: ">= 0.62" },
  manualRetrainings: 0,
};

function findings(text: string, stage: string, facts: KnownFacts): readonly Finding[] {
  const header = new Map([
    ["stage", stage],
    ["today", "2026-11-24"],
  ]);
  return lintCase({ text, markers: [], header, file: "mlops.yaml", facts, policy: "" }, RULES).findings;
}

const without = (path: ConfigPath): string => applyFix(complete, { title: "Remove", safe: false, changes: [{ kind: "remove", path }] });

describe("the complete file", () => {
  it("has nothing to find in staging", () => {
    expect(findings(complete, "staging", FACTS)).toEqual([]);
  });

  it("says only what could not be checked where nothing can be known", () => {
    const found = findings(complete, "staging", {});
    expect(found.length).toBeGreaterThan(0);
    expect(found.filter(({ rule }) => rule !== "could-not-check")).toEqual([]);
  });

  it.each<readonly [ConfigPath, readonly string[]]>([
    [["not_for"], []],
    [["pipeline"], ["EFF02"]],
    [["train"], ["COST02", "EFF03", "EFF07"]],
    [["train", "environment"], ["EFF03"]],
    [["train", "trigger"], ["EFF07"]],
    [["train", "resources"], ["COST02"]],
    [["model"], ["EFF03"]],
    [["model", "digest"], ["EFF03"]],
    [["base_model"], []],
    [["roles"], ["RESP01", "RESP02", "RESP03", "RESP04", "RESP05", "RESP05"]],
    [["roles", "owner"], ["RESP01"]],
    [["roles", "operator"], ["RESP02"]],
    [["roles", "requirements"], ["RESP03"]],
    [["roles", "data_steward"], ["RESP04"]],
    [["roles", "compliance"], ["RESP05"]],
    [["roles", "dpo"], ["RESP05"]],
    [["data"], ["EFF04"]],
    [["data", 0, "version"], ["EFF04"]],
    [["data", 0, "verified"], ["RESP04"]],
    [["kpis"], ["PERF01"]],
    [["kpis", 0, "target"], ["PERF01"]],
    [["kpis", 1], ["PERF08"]],
    [["evaluation"], ["PERF03"]],
    [["monitoring"], ["PERF04"]],
    [["monitoring", "reference"], ["PERF05"]],
    [["monitoring", "drift"], ["PERF05"]],
    [["monitoring", "labels"], ["PERF06"]],
    [["monitoring", "alert"], ["PERF07"]],
    [["deploy"], ["EFF05"]],
    [["deploy", "rollback"], ["EFF05"]],
    [["deploy", "rollback", "tested"], ["EFF05"]],
    [["cost"], ["COST01", "COST05"]],
    [["cost", "budget"], ["COST01"]],
    [["cost", "owner"], ["COST01"]],
    [["cost", "artifact_retention"], ["COST05"]],
    [["oversight", "training"], ["RESP07"]],
    [["review"], ["RESP03"]],
    [["review", "every"], ["RESP03"]],
    [["risk"], []],
    [["gdpr"], []],
    [["lint"], []],
  ])("without %j raises what covers it", (path, codes) => {
    const text = without(path);
    expect(text, pathText(path)).not.toBe(complete);
    expect(
      findings(text, "staging", FACTS)
        .map(({ code }) => code)
        .sort(),
    ).toEqual(codes);
  });
});

describe("the first twelve lines", () => {
  it("have no error in development, with all known and with nothing known", () => {
    for (const facts of [{}, FACTS]) {
      const found = findings(start, "development", facts);
      expect(found.filter(({ severity }) => severity === "error")).toEqual([]);
      // Each says what to do next.
      expect(found.filter(({ fixes, noFix }) => fixes.length === 0 && (noFix ?? "") === "")).toEqual([]);
    }
  });

  it("are told early to bring in compliance and data protection", () => {
    expect(
      findings(start, "development", FACTS)
        .filter(({ code }) => code === "RESP05")
        .map(({ severity }) => severity),
    ).toEqual(["warning", "warning"]);
  });
});

describe("every rule", () => {
  it("lies in the list with a code and a name of its own", () => {
    const unique = (values: readonly string[]): number => new Set(values).size;
    expect(unique(ALL_RULES.map(({ meta }) => meta.code))).toBe(ALL_RULES.length);
    expect(unique(ALL_RULES.map(({ meta }) => meta.name))).toBe(ALL_RULES.length);
  });
});
