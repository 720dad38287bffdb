import { createHash } from "node:crypto";

import type { AppError } from "../../src/core/base/appError";
import { NEVER_CANCELLED, type CancelSignal } from "../../src/core/base/cancel";
import { EMPTY_POLICY, type Policy } from "../../src/core/config/policy";
import type { DataCheckReport } from "../../src/core/dataCheck/dataCheckReport";
import type { CommitState } from "../../src/core/monitoring/monitoringCheck";
import type { MonitoringResult } from "../../src/core/monitoring/monitoringResult";
import { canonicalJson } from "../../src/core/base/canonicalJson";
import type { Fingerprint, PastTraining, Redundancy } from "../../src/core/training/fingerprint";
import type { RetrainPlan, RetrainWish } from "../../src/core/training/retrainPlan";
import { RetrainPlanner } from "../../src/core/training/retrainPlanner";
import type { RetrainPlannerPorts } from "../../src/core/training/retrainPlannerPorts";
import type { EngineFacts, TrainingEngine } from "../../src/core/training/trainingEngine";
import { trainingTags } from "../../src/core/training/trainingTags";
import type { EngineId, ParamValue } from "../../src/core/training/trainSpec";
import { ScriptedEngine } from "../fakes/scriptedEngine";
import { memoryFiles } from "./memoryFiles";

export const GOOD_FACTS: EngineFacts = {
  health: { ok: true, message: "Python 3.13 is there." },
  fields: [],
  warnings: [],
  consents: [],
  blockers: [],
  python: { path: "/nowhere/.venv/bin/python", version: "3.13.1", from: ".venv" },
};

export const CONFIG = `version: 1
name: Churn Klassifikator
train:
  engine: local
  command: [python, train.py, --lr, "{lr}", --note, "{note}"]
  params: {lr: 0.1, note: none}
  environment: requirements.lock
  resources: {instance: gpu-a10, timeout: 2h}
tracking: {uri: "sqlite:///mlflow.db", experiment: churn}
`;

export const sha256 = (text: string): string => createHash("sha256").update(text).digest("hex");

/** An engine that carries out nothing: it says what it is told to, and makes a command of the draft as real ones do. */
class PlannedEngine extends ScriptedEngine {
  facts: EngineFacts = GOOD_FACTS;
  refuses: AppError | null = null;

  override inspect(): Promise<EngineFacts> {
    this.calls.push("inspect");
    return this.away === null ? Promise.resolve(this.facts) : Promise.reject(this.away);
  }

  override action: TrainingEngine["action"] = ({ spec, params, tags }) => {
    if (this.refuses !== null) {
      throw this.refuses;
    }
    const argv = spec.command.map((word) => word.replace(/\{(\w+)\}/g, (_, name: string) => String(params[name])));
    return { kind: "command", argv, shell: spec.shell, cwd: spec.folder, env: { MLFLOW_RUN_CONTEXT: JSON.stringify(tags) } };
  };
}

/** A workspace and all that is around it, in memory, which a test changes as it likes. */
export class PlannerWorld {
  texts: Record<string, string | null> = { "churn/mlops.yaml": CONFIG };
  readonly engine: PlannedEngine;
  data = "1".repeat(64);
  unknown: readonly string[] = [];
  notKept: string | null = null;
  dataCheck: DataCheckReport | Error = {
    ...{ schema: 1, product: "churn", config: "churn/mlops.yaml", result: "nothing_expected", files: [], findings: [] },
    ...{ notes: [], commit: null, checkedAt: 0, tool: "test" },
  };
  redundancy: Redundancy | Error = { kind: "first" };
  past: readonly PastTraining[] | Error = [];
  running: string | null = null;
  commit: CommitState | null = { commit: "0123456789abcdef", dirty: false };
  policy: Policy | Error = EMPTY_POLICY;
  lastCheck: MonitoringResult | Error | null = null;
  now = Date.UTC(2026, 10, 30, 12);
  isTrusted = true;
  readonly steps: string[] = [];
  /** What the last fingerprint was asked for. */
  params: Readonly<Record<string, ParamValue>> = {};

  constructor(engine: EngineId = "local") {
    this.engine = new PlannedEngine(engine);
  }

  get planner(): RetrainPlanner {
    const orFail = <T>(value: T | Error): Promise<T> => (value instanceof Error ? Promise.reject(value) : Promise.resolve(value));
    const world = {
      files: memoryFiles(this.texts),
      engines: new Map([[this.engine.id, this.engine]]),
      fingerprint: (_, __, params) => {
        this.params = params;
        return Promise.resolve(this.fingerprintOf(params));
      },
      redundancy: () => orFail(this.redundancy),
      pastTrainings: () => orFail(this.past),
      trainingTags,
      dataCheck: () => orFail(this.dataCheck),
      runningWith: () => Promise.resolve(this.running),
      commit: () => Promise.resolve(this.commit),
      policy: () => orFail(this.policy),
      lastCheck: () => orFail(this.lastCheck),
      now: () => this.now,
      randomId: () => "a1b2c3d4",
      sha256,
      isTrusted: () => this.isTrusted,
      toAbsolute: (path) => (path === "" ? "/nowhere" : `/nowhere/${path}`),
    } satisfies RetrainPlannerPorts;
    return new RetrainPlanner(world);
  }

  plan(changes: Partial<RetrainWish> = {}, signal: CancelSignal = NEVER_CANCELLED): Promise<RetrainPlan> {
    const wish: RetrainWish = {
      ...{ config: "churn/mlops.yaml", engine: null, params: {}, reason: { kind: "manual", text: "Asked for." } },
      ...{ againBecause: null, consents: [], ...changes },
    };
    return this.planner.plan(wish, (step) => this.steps.push(step), signal);
  }

  outdated(plan: RetrainPlan): Promise<readonly string[]> {
    return this.planner.outdated(plan, NEVER_CANCELLED);
  }

  private fingerprintOf(params: Readonly<Record<string, ParamValue>>): Fingerprint {
    const parts: Fingerprint["parts"] = [
      { kind: "data", name: "data/train.csv", hash: `sha256:${this.data}`, size: 12_345, from: "read" },
      ...Object.entries(params).map(([name, value]) => ({
        ...{ kind: "param" as const, name, hash: `sha256:${sha256(canonicalJson(value))}`, size: null, from: "value" as const },
      })),
    ];
    const value = this.unknown.length === 0 ? sha256(canonicalJson(parts)) : null;
    return { value, parts, unknown: this.unknown, ...(this.notKept === null ? {} : { notKept: this.notKept }) };
  }
}

/** An earlier training with all that may be known of one. */
export function pastTraining(changes: Partial<PastTraining> = {}): PastTraining {
  return {
    ...{ jobId: "churn-1", run: { storeId: "s", experimentId: "1", runId: "r1", name: "swift-cat" }, endedAt: Date.UTC(2026, 10, 1) },
    ...{ durationMs: 600_000, kpis: { f1: 0.82 }, cost: { amount: 1.2, currency: "EUR" }, commit: "fedcba9876543210", params: {} },
    ...changes,
  };
}

/** What blocks a plan, by what was looked at. */
export function blocks(plan: RetrainPlan): readonly string[] {
  return plan.checks.filter(({ result }) => result === "block").map(({ id, message }) => `${id}: ${message}`);
}
