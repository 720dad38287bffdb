import type { ProductEvidence } from "../../src/core/health/evidence";
import type { RunFact } from "../../src/core/health/storeFacts";
import type { Finding } from "../../src/core/lint/finding";
import type { UncheckedRule } from "../../src/core/lint/runLint";
import type { Severity } from "../../src/core/lint/ruleMeta";
import { ALL_RULES } from "../../src/core/lint/allRules";
import type { MonitoringResult } from "../../src/core/monitoring/monitoringResult";
import type { DeploymentEntry } from "../../src/core/deployment/deployment";
import type { TrainingJob } from "../../src/core/training/trainingJob";
import type { CostedRun } from "../../src/core/cost/costedRun";
import { aCostedRun } from "./costStore";
import { lintContext } from "./lintContext";

/** Tuesday 24 November 2026, noon UTC. */
export const EVIDENCE_NOW = Date.UTC(2026, 10, 24, 12);
export const DAY_MS = 86_400_000;

export const OWNED = `version: 1
name: churn
stage: development
roles: {owner: {email: ana@example.org, team: growth}, operator: {email: ops@example.org}}
risk: limited
`;

/** What is known of a product on that day: that nothing was done with it yet and nothing is wrong, but for what a test says. */
export function productEvidence(
  text = OWNED,
  change: Partial<Omit<ProductEvidence, "lint">> & {
    readonly findings?: readonly Finding[];
    readonly unchecked?: readonly UncheckedRule[];
    readonly policyText?: string;
  } = {},
): ProductEvidence {
  const { findings = [], unchecked = [], policyText = "", ...rest } = change;
  const context = lintContext(text, { policy: policyText });
  const { product, policy, calendar } = context;
  return {
    ...{ config: "churn/mlops.yaml", name: product.name ?? "churn", product, policy, calendar, today: "2026-11-24", now: EVIDENCE_NOW },
    lint: { path: "churn/mlops.yaml", kind: "product", text, findings, unchecked, suppressed: [] },
    facts: {
      pipelineAuthors: { known: true, value: [] },
      pipelines: { known: true, value: [] },
      registryVersions: { known: true, value: [] },
    },
    ...{ storeId: "sqlite:/w/mlflow.db", runs: { known: true, value: [] }, aliases: null, checks: { results: [], starts: [] } },
    ...{ jobs: [], deployments: [], needed: [], standings: [], cost: null },
    ...rest,
  };
}

/** A finding of a rule at the first line that holds a text. */
export function aFinding(rule: string, severity: Severity, text = OWNED, at = "version"): Finding {
  const meta = ALL_RULES.find((one) => one.meta.name === rule)?.meta;
  if (meta === undefined) {
    throw new Error(`There is no rule ${rule}.`);
  }
  const start = text.indexOf(at);
  const range = { start, end: start + at.length };
  return {
    rule,
    code: meta.code,
    severity,
    message: `What ${rule} says`,
    range,
    fixes: [],
    noFix: "A person does it.",
    suppressible: true,
    meta,
  };
}

/** A run of an hour that ended so many days ago. */
export function aRunFact(daysAgo: number, change: Partial<CostedRun> & { readonly metrics?: RunFact["metrics"] } = {}): RunFact {
  const { metrics = {}, ...run } = change;
  const endedAt = EVIDENCE_NOW - daysAgo * DAY_MS;
  return {
    run: aCostedRun(`r${daysAgo}`, { startedAt: endedAt - 3_600_000, endedAt, config: "churn/mlops.yaml", ...run }),
    byHand: null,
    metrics,
  };
}

/** A check so many days ago. */
export function aCheck(daysAgo: number, change: Partial<MonitoringResult> = {}): MonitoringResult {
  return {
    ...{ version: 1, product: "churn", config: "churn/mlops.yaml", config_sha256: "", checked_at: EVIDENCE_NOW - daysAgo * DAY_MS },
    ...{ tool: "mlops 1", commit: null, dirty: null, status: "ok", verdict: "Nothing drifted.", window: null, reference: null, live: null },
    ...{ drift: null, kpis: [], problems: [] },
    ...change,
  };
}

/** Evidence of checks, the newest first. */
export function checksOf(...results: readonly MonitoringResult[]): ProductEvidence["checks"] {
  return { results, starts: results.map((result) => ({ at: result.checked_at, by: result.started_by ?? null })) };
}

/** A training that was asked for by a person and ended well. */
export function aJob(daysAgo: number, change: Partial<TrainingJob> = {}): TrainingJob {
  const at = EVIDENCE_NOW - daysAgo * DAY_MS;
  const status = { state: "succeeded", message: null, startedAt: at, endedAt: at + 1000, exitCode: 0, tasks: [], webUrl: null } as const;
  return {
    ...{
      schema: 1,
      id: `churn-${daysAgo}`,
      product: "churn",
      config: "churn/mlops.yaml",
      engine: "local",
      planHash: "h",
      fingerprint: null,
    },
    ...{
      reason: { kind: "manual", text: "Asked for." },
      againBecause: null,
      phase: "submitted",
      handle: null,
      outcome: null,
      createdAt: at,
      by: "Ana",
    },
    status,
    ...change,
  } as TrainingJob;
}

/** A release to production that went well. */
export function aRelease(daysAgo: number, version: string, change: Partial<DeploymentEntry> = {}): DeploymentEntry {
  return {
    ...{ at: new Date(EVIDENCE_NOW - daysAgo * DAY_MS).toISOString(), deployment: `d-${version}`, intent: "deploy", product: "churn" },
    ...{ target: "production", type: "ray_serve", model: "churn", version, previous: null, digest: null, commit: null, plan: "p" },
    ...{ gate: { decision: "pass", hash: "" }, state: "succeeded", serves: version, who: "Ana", reason: null, message: null },
    ...change,
  };
}
