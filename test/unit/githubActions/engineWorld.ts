import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { expect, onTestFinished } from "vitest";

import { createGithubActionsEngine, type GithubActionsOptions } from "../../../src/adapters/githubActions/githubActionsEngine";
import { NEVER_CANCELLED } from "../../../src/core/base/cancel";
import type { EngineAction, EngineFacts, JobDraft, TrainingEngine } from "../../../src/core/training/trainingEngine";
import type { TrainSpec } from "../../../src/core/training/trainSpec";
import { GithubServer } from "../../fakes/githubServer";
import { trainSpec } from "../../builders/retrainPlan";

/** Takes all inputs, ours among them, and names its runs after their jobs. */
export const WORKFLOW = `name: Train
run-name: Training \${{ inputs.mlops_job }}
on:
  workflow_dispatch:
    inputs:
      lr: {type: number, default: 0.1, description: How fast it learns.}
      data: {type: choice, options: [full, sample]}
      fast: {type: boolean}
      note: {description: For the log.}
      mlops_job: {type: string}
      mlops_fingerprint: {type: string}
      mlops_run_context: {type: string}
jobs:
  train: {runs-on: ubuntu-latest, steps: [{run: python train.py}]}
`;

/** Says nothing of its runs. */
export const PLAIN_WORKFLOW = `on:
  workflow_dispatch:
    inputs:
      lr: {type: number}
jobs: {train: {runs-on: ubuntu-latest, steps: [{run: python train.py}]}}
`;

export interface World {
  readonly server: GithubServer;
  readonly spec: TrainSpec;
  readonly engine: TrainingEngine;
  /** Another window or process. */
  readonly another: (options?: Partial<GithubActionsOptions>) => TrainingEngine;
  readonly draft: (part?: Partial<JobDraft>) => JobDraft;
  readonly plan: (
    part?: Partial<JobDraft>,
  ) => Promise<{ readonly draft: JobDraft; readonly action: EngineAction; readonly facts: EngineFacts }>;
}

/** A repository with a workflow, here and on a server that answers as GitHub does. What the server objects to fails the test. */
export async function githubWorld(workflow = WORKFLOW, { enterprise = false } = {}): Promise<World> {
  const server = new GithubServer({ enterprise });
  await server.start();
  const folder = mkdtempSync(join(tmpdir(), "github-actions-"));
  onTestFinished(async () => {
    await server.end();
    rmSync(folder, { recursive: true, force: true });
    expect(server.violations).toEqual([]);
  });
  mkdirSync(join(folder, ".github/workflows"), { recursive: true });
  writeFileSync(join(folder, ".github/workflows/train.yml"), workflow);
  server.push("train.yml", workflow);
  const spec = specIn(folder);
  const another = (options: Partial<GithubActionsOptions> = {}): TrainingEngine =>
    createGithubActionsEngine({
      origin: () => Promise.resolve({ remote: server.remote, root: folder }),
      token: (host) => Promise.resolve(host === "github.com" ? server.token : null),
      apiUrl: () => server.url,
      timeoutMs: 5000,
      pausesMs: [5, 20, 50],
      ...options,
    });
  const engine = another();
  const draft = (part: Partial<JobDraft> = {}): JobDraft => {
    const params = part.params ?? { lr: 0.2 };
    return {
      jobId: jobIdOf(new Date()),
      spec,
      params,
      overrides: part.overrides ?? params,
      tags: { "mlops.job": "x", "mlops.fingerprint": "f00d" },
      consents: [],
      ...part,
    };
  };
  const plan: World["plan"] = async (part) => {
    const [made, facts] = [draft(part), await engine.inspect(spec, NEVER_CANCELLED)];
    return { draft: made, facts, action: engine.action(made, facts) };
  };
  return { server, spec, engine, another, draft, plan };
}

let count = 0;

/** As plans name their jobs. */
export function jobIdOf(date: Date): string {
  const [day = "", time = ""] = date.toISOString().split("T");
  count += 1;
  return `churn-${day.replaceAll("-", "")}-${time.slice(0, 8).replaceAll(":", "")}-${count.toString(16).padStart(6, "0")}`;
}

function specIn(folder: string): TrainSpec {
  return trainSpec({ root: folder, folder, engine: "github_actions", command: [], githubActions: { workflow: "train.yml", ref: null } });
}
