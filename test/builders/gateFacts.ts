import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";

import { readConfig } from "../../src/core/config/readConfig";
import { readEvaluationFigures } from "../../src/core/deployment/gate/evaluationFigures";
import type { GateResult } from "../../src/core/deployment/gate/gate";
import type { EvaluationReport, GateFacts, GateFile } from "../../src/core/deployment/gate/gateFacts";
import { judgeGate } from "../../src/core/deployment/gate/judgeGate";
import type { NeededSignOff, SignOffRegister, SignOffStanding, SignOffSubject } from "../../src/core/governance/signOffStanding";
import { ALL_RULES } from "../../src/core/lint/allRules";
import { runLint, type LintResult } from "../../src/core/lint/runLint";
import type { ModelVersion } from "../../src/core/tracking/registeredModel";
import { lintContext } from "./lintContext";
import type { KnownFacts } from "./lintFacts";

const TODAY = "2026-11-24";
export const NOW = Date.parse(`${TODAY}T12:00:00Z`);
export const DIGEST = "sha256:7d865e959b2466918c9863afca942d0fb89d7c9ac0c99bafc3749504ded97730";
const COMMIT = "3f2c1ab0000000000000000000000000000000ab";

/** The complete product of the fixtures: high risk, and with nothing to find in production. */
export const COMPLETE = readFileSync(join(import.meta.dirname, "../fixtures/lint/complete.yaml"), "utf8");

export const sha256 = (text: string): string => createHash("sha256").update(text).digest("hex");

const FILES =
  "dvc.yaml requirements.lock reports/eval.json CHANGELOG.md docs/oversight-training.md docs/dpia.md docs/ifu.md docs/a4-1.md docs/a4-2.md docs/a4-3.md docs/a4-4.md docs/a4-7.md";

/** All that rules ask for, with nothing wrong. */
const LINT_FACTS: KnownFacts = {
  paths: {
    ...Object.fromEntries(FILES.split(" ").map((file) => [file, {}])),
    "data/train.parquet": { sha256: "a".repeat(64) },
    "data/test.parquet": { sha256: "b".repeat(64) },
  },
  dvcTracked: { "data/train.parquet": true },
  columns: { "data/train.parquet": ["cv_text", "age_band"], "data/test.parquet": ["cv_text", "age_band"] },
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
  signOffs: ["mia", "ines"].map((name) => standing("launch", `${name}@example.org`)),
  approvedTargets: { ndcg_10: ">= 0.62" },
  manualRetrainings: 0,
  gpuUse: null,
};

/** @param lacks a fact that rules cannot have. */
export function lintOf(text: string, lacks?: keyof KnownFacts): LintResult {
  const facts = Object.fromEntries(Object.entries(LINT_FACTS).filter(([name]) => name !== lacks)) as KnownFacts;
  return runLint(lintContext(text, { stage: "production", today: TODAY, facts }), ALL_RULES);
}

function gateFile(text: string): GateFile {
  return { text, sha256: sha256(text), config: readConfig(text) };
}

export function standing(subject: SignOffSubject, email: string, changes: Partial<SignOffStanding> = {}): SignOffStanding {
  return {
    ...{
      file: `.mlops/signoffs/2026-11-12-${subject}-${email.split("@")[0] ?? ""}.yaml`,
      subject,
      state: "given",
      cause: null,
      remedy: null,
    },
    ...{ reason: `${email} approved the ${subject}.`, who: { name: null, email, role: null }, person: email, decision: "approve" },
    ...{
      asked: { role: null, people: [] },
      openConditions: [],
      evidence: [],
      statement: "I read the report on all groups and the targets hold.",
    },
    ...{
      when: "2026-11-12T10:00:00Z",
      expires: "2027-05-12",
      until: null,
      supersedes: null,
      commit: COMMIT,
      decidedIn: COMMIT,
      historyUnknown: null,
    },
    ...{ model: { name: "applicant-ranking", version: "14", digest: DIGEST }, signature: "signed", sha256: sha256(subject + email) },
    ...changes,
  };
}

export function needed(
  subject: SignOffSubject,
  role: string | null,
  of: SignOffStanding | null,
  changes: Partial<NeededSignOff> = {},
): NeededSignOff {
  const isMet = of !== null && (of.state === "given" || of.state === "expiring") && of.openConditions.length === 0;
  return {
    subject,
    role,
    ask: of?.who.email == null ? [] : [of.who.email],
    why: "The file asks for it.",
    blocks: true,
    isDue: true,
    standing: of,
    isMet,
    problem: isMet ? null : (of?.reason ?? "It is missing."),
    ...changes,
  };
}

export function register(list: readonly NeededSignOff[] = NEEDED, all: readonly SignOffStanding[] = []): SignOffRegister {
  const standings = list.flatMap((one) => (one.standing === null ? [] : [one.standing]));
  return { product: "applicant-ranking", config: "mlops.yaml", needed: list, all: [...all, ...standings], problems: [], binding: null };
}

const NEEDED: readonly NeededSignOff[] = [
  needed("launch", "requirements", standing("launch", "mia@example.org")),
  needed("launch", "compliance", standing("launch", "ines@example.org")),
  needed("data", "data_steward", standing("data", "sam@example.org")),
  needed("dpia", "dpo", standing("dpia", "dpo@example.org")),
];

export function version(changes: Partial<ModelVersion> = {}): ModelVersion {
  return {
    ...{
      modelName: "applicant-ranking",
      version: "14",
      stage: "None",
      status: "READY",
      statusMessage: "",
      runId: "r14",
      source: "runs:/r14/model",
    },
    ...{ storageLocation: null, userId: "ana", description: "", creationTime: 1, lastUpdatedTime: 1, aliases: [], tags: new Map() },
    ...changes,
  };
}

/** Figures that hold every target, as an evaluation may write them. */
export const FIGURES = {
  model_version: "14",
  commit: "3f2c1ab",
  ndcg_10: 0.68,
  by: { sex: { f: { selection_rate_ratio: 0.91 }, m: { selection_rate_ratio: 1 } } },
};

export function evaluation(content: object = FIGURES, changes: Partial<EvaluationReport> = {}): EvaluationReport {
  const text = JSON.stringify(content);
  return {
    ...{ file: "reports/eval.json", sha256: sha256(text), figures: readEvaluationFigures(text, "json") },
    ...{ modelVersion: "14", commit: "3f2c1ab", date: "2026-11-10" },
    ...changes,
  };
}

const known = <T>(value: T): { readonly known: true; readonly value: T } => ({ known: true, value });

/** A world in which version 14 of the complete product passes on its way to production. */
export function gateFacts(changes: Partial<GateFacts> = {}, text = COMPLETE): GateFacts {
  return {
    ...{ wish: { config: "mlops.yaml", target: "production", version: null, isRollback: false }, today: TODAY, now: NOW },
    calendar: lintContext("").calendar,
    file: known(gateFile(text)),
    lint: known(lintOf(text)),
    registry: known({ version: version(), aliases: new Map([["champion", "13"]]) }),
    digest: known(DIGEST),
    evaluation: known(evaluation()),
    run: known(null),
    tree: known({ commit: COMMIT, changed: [] }),
    since: known({ commit: "3f2c1ab", source: "report", isFound: true, changed: [], blocks: [] }),
    drift: known({
      status: "ok",
      verdict: "Nothing has drifted.",
      withoutScores: { status: "ok", verdict: "Nothing has drifted." },
      checkedAt: NOW - 86_400_000,
      isOld: false,
      file: ".mlops/monitoring/applicant-ranking/a.json",
    }),
    signOffs: known(register()),
    deployments: known([]),
    oversightTraining: known({ file: "docs/oversight-training.md", text: "# Training\n\nHeld on 2026-09-01 for all who oversee.\n" }),
    ...changes,
  };
}

export function judged(changes: Partial<GateFacts> = {}, text = COMPLETE): GateResult {
  return judgeGate(gateFacts(changes, text), sha256);
}
