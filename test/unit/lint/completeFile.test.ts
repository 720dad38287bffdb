import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";

import type { ConfigPath } from "../../../src/core/config/configPath";
import { ALL_RULES } from "../../../src/core/lint/allRules";
import type { SignOffStanding } from "../../../src/core/governance/signOffStanding";
import type { Finding } from "../../../src/core/lint/finding";
import { applyFix, lintCase } from "../../builders/lintCase";
import type { KnownFacts } from "../../builders/lintFacts";
import { loadRule, RULE_FILES } from "../../builders/lintRules";

const FIXTURES = join(import.meta.dirname, "../../fixtures/lint");
const complete = readFileSync(join(FIXTURES, "complete.yaml"), "utf8");
const start = readFileSync(join(FIXTURES, "start.yaml"), "utf8");

const signOff = (subject: string, email: string): Partial<SignOffStanding> => ({
  file: `.mlops/signoffs/2026-11-12-${subject}.yaml`,
  subject,
  who: { name: null, email, role: null },
});

const FILES =
  "dvc.yaml requirements.lock reports/eval.json CHANGELOG.md docs/oversight-training.md docs/dpia.md docs/ifu.md docs/a4-1.md docs/a4-2.md docs/a4-3.md docs/a4-4.md docs/a4-7.md";

/** All that can be known of the complete file, with nothing wrong. */
const FACTS: KnownFacts = {
  paths: {
    ...Object.fromEntries(FILES.split(" ").map((file) => [file, {}])),
    "data/train.parquet": { sha256: "a".repeat(64) },
    "data/test.parquet": { sha256: "b".repeat(64) },
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
  signOffs: [
    signOff("launch", "mia@example.org"),
    signOff("launch", "ines@example.org"),
    signOff("data", "sam@example.org"),
    signOff("dpia", "dpo@example.org"),
  ],
  approvedTargets: { ndcg_10: ">= 0.62" },
  manualRetrainings: 0,
  gpuUse: null,
};

function findings(text: string, stage: string, facts: KnownFacts): readonly Finding[] {
  const header = new Map([
    ["stage", stage],
    ["today", "2026-11-24"],
  ]);
  return lintCase({ text, markers: [], header, file: "mlops.yaml", facts, policy: "" }, ALL_RULES).findings;
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

  it.each<readonly [path: string, codes: string]>([
    // Effort
    ["pipeline", "EFF02"],
    ["train", "COST02 EFF03 EFF07"],
    ["train.environment", "EFF03"],
    ["train.trigger", "EFF07"],
    ["train.resources", "COST02"],
    ["model", "EFF03"],
    ["model.digest", "EFF03"],
    ["data.0.version", "EFF04"],
    ["deploy", "EFF05"],
    ["deploy.rollback", "EFF05"],
    ["deploy.rollback.tested", "EFF05"],
    // Cost
    ["cost", "COST01 COST05"],
    ["cost.budget", "COST01"],
    ["cost.owner", "COST01"],
    ["cost.artifact_retention", "COST05"],
    // Performance
    ["kpis", "PERF01"],
    ["kpis.0.target", "PERF01"],
    ["kpis.1", "PERF08"],
    ["kpis.1.by", "PERF08"],
    ["evaluation", "PERF03"],
    ["evaluation.report", "PERF03"],
    ["monitoring", "PERF04"],
    ["monitoring.reference", "PERF05"],
    ["monitoring.drift", "PERF05"],
    ["monitoring.labels", "PERF06"],
    ["monitoring.labels.delay", "PERF06"],
    ["monitoring.alert", "PERF07"],
    // Responsibilities
    ["roles", "RESP01 RESP02 RESP03 RESP04 RESP05"],
    ["roles.owner", "RESP01"],
    ["roles.operator", "RESP02"],
    ["roles.requirements", "RESP03"],
    ["roles.data_steward", "RESP04"],
    ["roles.compliance", "RESP05"],
    ["roles.dpo", "RESP05"],
    ["data.0.verified", "RESP04"],
    ["oversight.training", "RESP07"],
    ["review", "RESP03"],
    ["review.every", "RESP03"],
    // AI Act
    ["purpose", "COMP01"],
    ["risk", "COMP01"],
    ["ai_act", "COMP01 COMP02"],
    ["ai_act.role", "COMP01"],
    ["ai_act.prohibited_check", "COMP02"],
    ["ai_act.annex_iii", "COMP03"],
    ["ai_act.annex_i", "COMP03"],
    ["ai_act.profiling", "COMP03"],
    ["docs", "COMP04"],
    ["docs.instructions_for_use", "COMP04"],
    ["docs.annex_iv", "COMP04"],
    ["docs.annex_iv.general", "COMP04"],
    ["docs.annex_iv.development", "COMP04"],
    ["docs.annex_iv.monitoring", "COMP04"],
    ["docs.annex_iv.metrics", "COMP04"],
    ["docs.annex_iv.changes", "COMP04"],
    ["docs.annex_iv.standards", "COMP04"],
    ["evaluation.signed_by", "COMP04"],
    ["risks", "COMP05"],
    ["risks.0", "COMP05"],
    ["risks.0.what", "COMP05"],
    ["risks.0.misuse", "COMP05"],
    ["risks.0.measure", "COMP05"],
    ["risks.0.residual", "COMP05"],
    ["risks.0.accepted_by", "COMP05"],
    ["data", "COMP06 EFF04"],
    ["data.0.origin", "COMP06"],
    ["data.0.represents", "COMP06"],
    ["data.0.bias", "COMP06"],
    ["data.0.gaps", "COMP06"],
    ["logging", "COMP07"],
    ["logging.events", "COMP07"],
    ["logging.where", "COMP07"],
    ["logging.retention", "COMP07"],
    ["oversight", "COMP08"],
    ["oversight.people", "COMP08"],
    ["oversight.can", "COMP08"],
    ["oversight.stop", "COMP08"],
    ["robustness", "COMP09"],
    ["robustness.fallback", "COMP09"],
    ["robustness.attacks", "COMP09"],
    ["robustness.tests", "COMP09"],
    ["robustness.feedback_loop", "COMP09"],
    ["conformity", "COMP10"],
    ["conformity.route", "COMP10"],
    ["conformity.quality_system", "COMP10"],
    ["conformity.declaration", "COMP10"],
    ["conformity.ce", "COMP10"],
    ["conformity.eu_database", "COMP10"],
    ["incidents", "COMP10"],
    ["incidents.contact", "COMP10"],
    ["incidents.authority", "COMP10"],
    ["incidents.plan", "COMP10"],
    ["deployer_duties", "COMP11"],
    ["fria", "COMP11"],
    ["fria.needed", "COMP11"],
    ["transparency", "COMP12"],
    // GDPR
    ["personal_data", "COMP13"],
    ["gdpr", "COMP14 COMP15 COMP16 COMP17"],
    ["gdpr.special_categories", "COMP13"],
    ["gdpr.legal_basis", "COMP14"],
    ["gdpr.legal_basis.ground", "COMP14"],
    ["gdpr.purpose", "COMP15"],
    ["data.0.collected_for", "COMP15"],
    ["data.0.personal_fields", "COMP15"],
    ["gdpr.controller", "COMP16"],
    ["gdpr.people", "COMP16"],
    ["gdpr.categories", "COMP16"],
    ["gdpr.recipients", "COMP16"],
    ["gdpr.retention", "COMP16"],
    ["gdpr.erasure", "COMP16"],
    ["gdpr.erasure.data", "COMP16"],
    ["gdpr.erasure.model", "COMP16"],
    ["gdpr.notice", "COMP16"],
    ["gdpr.rights_contact", "COMP16"],
    ["gdpr.security", "COMP16"],
    ["gdpr.automated_decision", "COMP17"],
    ["gdpr.automated_decision.alone", "COMP17"],
    ["gdpr.dpia", "COMP17"],
    ["gdpr.dpia.needed", "COMP17"],
    ["gdpr.dpia.file", "COMP17"],
    ["gdpr.processors", "COMP18"],
    ["gdpr.transfers", "COMP18"],
    ["base_model", "COMP19"],
    ["base_model.license", "COMP19"],
    ["base_model.provider_docs", "COMP19"],
    ["model.license", "COMP19"],
    ["data.0.license", "COMP19"],
    // What nobody has to say
    ["not_for", ""],
    ["model.registry", ""],
    ["monitoring.window", ""],
    ["cost.tags", ""],
    ["lint", ""],
  ])("without %s raises what covers it: %s", (path, codes) => {
    const text = without(path.split(".").map((part) => (/^\d+$/.test(part) ? Number(part) : part)));
    expect(text).not.toBe(complete);
    expect([...new Set(findings(text, "staging", FACTS).map(({ code }) => code))].sort()).toEqual(codes.split(" ").filter(Boolean));
  });

  it("has a rule for each of its blocks, or says that nobody has to write it", () => {
    const free = new Set(["version", "name", "not_for", "stage", "lint"]);
    const blocks = [...complete.matchAll(/^([a-z_]+):/gm)].map(([, key = ""]) => key).filter((key) => !free.has(key));
    expect(blocks.filter((key) => findings(without([key]), "staging", FACTS).length === 0)).toEqual([]);
  });
});

describe("the first twelve lines", () => {
  it("have no error in development, with all known and with nothing known, and a next step for each finding", () => {
    for (const facts of [{}, FACTS]) {
      const found = findings(start, "development", facts);
      expect(found.filter(({ severity }) => severity === "error")).toEqual([]);
      expect(found.filter(({ fixes, noFix }) => fixes.length === 0 && (noFix ?? "") === "")).toEqual([]);
    }
  });

  it("are warned of what has to be decided, and told early to bring in compliance and data protection", () => {
    const warnings = findings(start, "development", FACTS).filter(({ severity }) => severity === "warning");
    expect(warnings.map(({ code }) => code).sort()).toEqual(["COMP01", "COMP01", "COMP02", "COMP13", "RESP05", "RESP05"]);
  });

  it("are stopped in production by each unsure", () => {
    const errors = findings(start, "production", {}).filter(({ severity }) => severity === "error");
    const stopped = errors.filter(({ range }) => start.slice(range.start, range.end) === "unsure").map(({ code }) => code);
    expect(stopped).toEqual(["COMP01", "COMP13"]);
  });
});

describe("every rule", () => {
  it("lies in the list with a code and a name of its own", async () => {
    const unique = (values: readonly string[]): number => new Set(values).size;
    expect(unique(ALL_RULES.map(({ meta }) => meta.code))).toBe(ALL_RULES.length);
    expect(unique(ALL_RULES.map(({ meta }) => meta.name))).toBe(ALL_RULES.length);
    const written = (await Promise.all(RULE_FILES.map(loadRule))).filter((rule) => rule !== undefined);
    expect(written.filter((rule) => !ALL_RULES.includes(rule)).map(({ meta }) => meta.name)).toEqual([]);
  });

  it("finds its words in a file that nobody filled in, and never one that calls a model compliant", () => {
    const texts = [complete, start, "version: 1\n", "version: 1\nrisk: high\npersonal_data: yes\n", ...dropped()].flatMap((text) =>
      STAGES.flatMap((stage) => findings(text, stage, {})).flatMap(wordsOf),
    );
    const words = [...texts, ...ALL_RULES.flatMap(({ meta }) => [meta.summary, meta.why, meta.noFix ?? ""])];
    expect(words.length).toBeGreaterThan(1000);
    expect(words.filter((text) => /complian(?:t|ce with)/i.test(text))).toEqual([]);
  });
});

const STAGES = ["development", "staging", "production"] as const;

/** The complete file without one of its blocks, for each. */
function dropped(): readonly string[] {
  return [...complete.matchAll(/^([a-z_]+):/gm)].map(([, key = ""]) => without([key]));
}

/** All that a person reads of a finding, with the documents that its fixes create. */
function wordsOf({ message, noFix, fixes }: Finding): readonly string[] {
  return [message, noFix ?? "", ...fixes.flatMap(({ title, files = [] }) => [title, ...files.map(({ content }) => content)])];
}
