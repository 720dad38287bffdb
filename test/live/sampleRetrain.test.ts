import { execFileSync } from "node:child_process";
import { cpSync, mkdtempSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterAll, beforeAll, expect, it } from "vitest";

import { prepare } from "../../examples/prepare.mjs";
import { root } from "../../scripts/node.mjs";
import type { RetrainPlan } from "../../src/core/training/retrainPlan";
import type { TrainingJob } from "../../src/core/training/trainingJob";
import { buildCommandLine, type CommandLine } from "../contract/commandLineBundle";
import { pythonEnv } from "./mlflowServer";

let folder: string;
let cli: CommandLine;
let env: Record<string, string>;

beforeAll(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), "mlops-sample-retrain-")));
  cpSync(join(root, "examples"), folder, { recursive: true });
  prepare(folder);
  env = Object.fromEntries(Object.entries(pythonEnv(3)).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])));
  cli = buildCommandLine(env);
});
afterAll(() => {
  cli.dispose();
  rmSync(folder, { recursive: true, force: true });
});

async function retrain(...more: readonly string[]) {
  const { code, stdout } = await cli.run(folder, "retrain", "station-demand", "--yes", "--json", ...more);
  return { code, ...(JSON.parse(stdout) as { readonly plan: RetrainPlan; readonly job: TrainingJob | null }) };
}

it("trains in the sample workspace, beside the runs that MLflow wrote, and not the same twice", async () => {
  const { code, job } = await retrain();
  expect(job?.outcome).toMatchObject({
    runs: [{ name: "plain Python", status: "FINISHED" }],
    kpis: [{ name: "test/mae", status: "pass" }],
    champion: { model: "station-demand", version: "2" },
  });
  expect(code).toBe(0);

  // MLflow itself reads what was written in its way.
  const script = `import json, mlflow, sys
mlflow.set_tracking_uri("mlruns")
run = mlflow.get_run(sys.argv[1])
print(json.dumps({"metrics": run.data.metrics, "params": run.data.params, "tags": run.data.tags, "status": run.info.status}))`;
  const text = execFileSync("python", ["-c", script, job?.outcome?.runs[0]?.runId ?? ""], {
    cwd: join(folder, "demand"),
    env: { ...env, MLFLOW_ALLOW_FILE_STORE: "true" },
    encoding: "utf8",
  });
  expect(JSON.parse(text)).toMatchObject({
    status: "FINISHED",
    metrics: { "test/mae": job?.outcome?.kpis[0]?.value },
    params: { learning_rate: "0.001", epochs: "20" },
    tags: { "mlops.job": job?.id, "mlflow.runName": "plain Python" },
  });

  const again = await retrain();
  expect(again).toMatchObject({ code: 1, job: null, plan: { redundancy: { kind: "redundant", past: { run: { name: "plain Python" } } } } });
});

it("fails in the sample workspace with a learning rate that is too large, and says so", async () => {
  const { code, job } = await retrain("--param", "learning_rate=0.1");
  expect(code).toBe(1);
  expect(job).toMatchObject({ status: { state: "failed", exitCode: 1 }, outcome: { runs: [{ status: "FAILED" }] } });
  const log = await cli.run(folder, "jobs", job?.id ?? "", "--log");
  expect(log.stdout).toContain("Training diverged in epoch 1: try a smaller learning rate than 0.1.");
});
