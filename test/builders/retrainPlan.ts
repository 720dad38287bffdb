import type { RetrainPlan } from "../../src/core/training/retrainPlan";
import type { TrainSpec } from "../../src/core/training/trainSpec";
import type { TrainingJob } from "../../src/core/training/trainingJob";
import { newJob } from "../../src/core/training/newJob";

/** Noon of a day, from which plans of tests are. */
export const PLANNED_AT = Date.UTC(2026, 10, 30, 12);

export function trainSpec(changes: Partial<TrainSpec> = {}): TrainSpec {
  return {
    product: "churn",
    config: "mlops.yaml",
    root: "/nowhere",
    folder: "/nowhere",
    engine: "local",
    command: ["python", "train.py"],
    shell: false,
    pipeline: null,
    params: {},
    paramsFile: null,
    tracking: { uri: null, experiment: null },
    resources: { cpus: null, gpus: null, memory: null, instance: null, timeoutMs: null },
    ray: null,
    airflow: null,
    githubActions: null,
    ...changes,
  };
}

/** A plan that nothing speaks against; its hash is not that of its content. */
export function retrainPlan(changes: Partial<RetrainPlan> = {}): RetrainPlan {
  const spec = changes.spec ?? trainSpec();
  return {
    schema: 1,
    intent: "retrain",
    jobId: "churn-20261130-120000-a1b2c3",
    product: "churn",
    config: spec.config,
    configHash: "c".repeat(64),
    engine: spec.engine,
    spec,
    action: { kind: "command", argv: spec.command, shell: false, cwd: spec.folder, env: {} },
    params: [],
    overrides: {},
    tags: {},
    consents: [],
    fingerprint: { value: "f".repeat(64), parts: [], unknown: [] },
    redundancy: { kind: "first" },
    dataCheck: null,
    facts: { health: { ok: true, message: "Python 3.13" }, warnings: [], consents: [], python: null },
    commit: null,
    estimate: { durationMs: null, basedOn: 0, cost: null, note: null },
    reason: { kind: "manual", text: "Somebody asked for it." },
    againBecause: null,
    checks: [],
    steps: [],
    createdAt: PLANNED_AT,
    expiresAt: PLANNED_AT + 900_000,
    hash: "1".repeat(64),
    ...changes,
  };
}

/** A job of such a plan that ran for a minute and ended well. */
export function endedJob(plan: RetrainPlan = retrainPlan(), changes: Partial<TrainingJob> = {}): TrainingJob {
  const job = newJob(plan, PLANNED_AT, "ana");
  return {
    ...job,
    phase: "submitted",
    handle: { engine: plan.engine, jobId: job.id, externalId: job.id, place: null, webUrl: null },
    status: { ...job.status, state: "succeeded", startedAt: PLANNED_AT + 1000, endedAt: PLANNED_AT + 61_000, exitCode: 0 },
    ...changes,
  };
}
