import { afterEach } from "vitest";

import type { TrainSpec } from "../../src/core/training/trainSpec";
import type { FakeRun, GithubServer } from "../fakes/githubServer";
import { finish } from "../fakes/githubServer";
import { githubWorld, type World } from "../unit/githubActions/engineWorld";
import { type SampleKind, trainingEngineSuite } from "./trainingEngineSuite";

const WORKFLOW = `name: Train
run-name: Training \${{ inputs.mlops_job }}
on:
  workflow_dispatch:
    inputs:
      text: {description: What is said.}
      mlops_job: {type: string}
      mlops_run_context: {type: string}
jobs:
  train: {runs-on: ubuntu-latest, steps: [{run: python train.py}]}
`;
/** A run waits for a machine, and then takes so long. */
const STEP_MS = 60;

const worlds = new Map<TrainSpec, World>();
const timers = new Set<NodeJS.Timeout>();
let latest: World | undefined;

afterEach(() => {
  timers.forEach(clearTimeout);
  timers.clear();
});

function later(ms: number, work: () => void): void {
  timers.add(setTimeout(work, ms));
}

/** What a runner of GitHub would do with a run of such a project. */
function carryOut(server: GithubServer, run: FakeRun, kind: SampleKind): void {
  const job = server.job("train");
  run.jobs = [job];
  later(STEP_MS, () => {
    if (run.status === "completed") {
      return;
    }
    run.status = "in_progress";
    Object.assign(job, { status: "in_progress", startedAt: new Date().toISOString(), log: "begin\n" });
    if (kind !== "long") {
      later(STEP_MS, () => {
        job.log = kind === "fail" ? "begin\n" : kind === "echo" ? `${JSON.stringify(run.inputs["text"])}\n` : "begin\ndone ✓\n";
        finish(run, kind === "fail" ? "failure" : "success");
      });
    }
  });
}

async function project(kind: SampleKind): Promise<TrainSpec> {
  const world = await githubWorld(WORKFLOW);
  world.server.onRun = (run) => carryOut(world.server, run, kind);
  worlds.set(world.spec, world);
  latest = world;
  return world.spec;
}

trainingEngineSuite("GitHub Actions", {
  engine: () => {
    if (latest === undefined) {
      throw new Error("There is no repository yet.");
    }
    return latest.another();
  },
  project,
  starts: (spec) => Promise.resolve(worlds.get(spec)?.server.runs.length ?? 0),
  secret: "ghs_secretOfThisTest",
  hint: /^GitHub hands out the log of a job when the job is over\..*\n/,
  patienceMs: 10_000,
});
