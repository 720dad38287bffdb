import { mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterAll, beforeAll, expect, it } from "vitest";

import { openSqliteStore } from "../../src/adapters/mlflowSqlite/openSqliteStore";
import type { Store } from "../../src/core/tracking/store";
import type { TrainingNeed } from "../../src/core/training/need/judgeNeed";
import type { RetrainPlan } from "../../src/core/training/retrainPlan";
import type { TrainingJob } from "../../src/core/training/trainingJob";
import { buildCommandLine, type CommandLine } from "../contract/commandLineBundle";
import { never } from "./liveStore";
import { pythonEnv } from "./mlflowServer";

interface Report {
  readonly code: number | null;
  readonly plan: RetrainPlan;
  readonly job: TrainingJob | null;
  readonly needed: TrainingNeed | null;
}

const TRAIN = `import sys
import mlflow, mlflow.pyfunc

class Same(mlflow.pyfunc.PythonModel):
    def predict(self, context, model_input, params=None):
        return model_input

open("starts.txt", "a").write("x")
with mlflow.start_run():
    mlflow.log_params({"lr": float(sys.argv[1]), "depth": int(sys.argv[2])})
    mlflow.log_metric("f1", 0.9)
    if sys.argv[2] == "4":
        mlflow.pyfunc.log_model(name="model", python_model=Same(), pip_requirements=["mlflow"])
`;
const FILE = (register: string): string => `version: 1
name: churn
owner: ana@example.org
model: {name: churn-model}
tracking: {uri: "sqlite:///mlflow.db", experiment: churn}
data: [{path: data.csv, use: train}]
kpis: [{name: f1, target: ">= 0.8"}]
train:
  engine: local
  command: [python, train.py, "{lr}", "{depth}"]
  code: [train.py]
  params: {lr: 0.1, depth: 3}
  trigger: {on_new_data: true}
  register: ${register}
`;

let folder: string;
let cli: CommandLine;

beforeAll(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), "mlops-retrain-")));
  const env = Object.fromEntries(Object.entries(pythonEnv(3)).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])));
  cli = buildCommandLine(env);
  writeFileSync(join(folder, "train.py"), TRAIN);
  writeFileSync(join(folder, "data.csv"), "a,b\n1,2\n");
  writeFileSync(join(folder, "mlops.yaml"), FILE("never"));
});
afterAll(() => {
  cli.dispose();
  rmSync(folder, { recursive: true, force: true });
});

async function retrain(...more: readonly string[]): Promise<Report> {
  const { code, stdout, stderr } = await cli.run(folder, "retrain", ".", "--yes", "--json", ...more);
  return { code, ...(JSON.parse(stdout === "" ? JSON.stringify({ stderr }) : stdout) as Omit<Report, "code">) };
}

async function inStore<T>(read: (store: Store) => Promise<T>): Promise<T> {
  const store = await openSqliteStore(join(folder, "mlflow.db"), never);
  try {
    return await read(store);
  } finally {
    store.dispose();
  }
}

const runs = () =>
  inStore(async (store) => {
    const { items } = await store.searchRuns({ experimentIds: ["1"], lifecycle: "active", pageSize: 10 }, never);
    return items;
  });
const starts = (): number => readFileSync(join(folder, "starts.txt"), "utf8").length;

it("trains into the real MLflow once, tells repetitions by tags, names a change, and registers where the file says so", async () => {
  const first = await retrain("--if-needed", "--reason", "It’s “time”; $(id)");
  expect(first).toMatchObject({ code: 0, needed: { kind: "needed" }, job: { status: { state: "succeeded" } } });
  const [run] = await runs();
  expect(Object.fromEntries(run?.tags ?? [])).toMatchObject({
    "mlops.job": first.job?.id,
    "mlops.fingerprint": first.plan.fingerprint.value,
    "mlops.reason": "data_change: It’s “time”; $(id)",
    "mlops.parts": expect.stringContaining('["data","data.csv"') as string,
  });
  expect(first.job?.outcome).toMatchObject({
    runs: [{ runId: run?.runId, status: "FINISHED" }],
    kpis: [{ name: "f1", value: 0.9, status: "pass" }],
    registered: null,
  });

  // Nothing of the job is left here: the store alone tells.
  rmSync(join(folder, ".mlops"), { recursive: true });
  const same = await retrain();
  expect(same).toMatchObject({ code: 1, job: null, plan: { redundancy: { kind: "redundant", past: { run: { runId: run?.runId } } } } });
  expect(await retrain("--if-needed")).toMatchObject({ code: 0, job: null, needed: { kind: "not_needed" } });
  expect(starts()).toBe(1);

  writeFileSync(join(folder, "mlops.yaml"), FILE("targets_met"));
  const changed = await retrain("--param", "depth=4");
  expect(changed.plan.redundancy).toMatchObject({
    kind: "changed",
    changes: [{ kind: "param", name: "depth", change: "changed", text: "depth: 3 → 4" }],
  });
  expect(changed).toMatchObject({ code: 0, job: { outcome: { registered: { model: "churn-model", version: "1" } } } });
  expect(starts()).toBe(2);
  const versions = await inStore((store) => store.searchModelVersions("churn-model", { pageSize: 10 }, never));
  expect(versions.items.map(({ version, runId, tags }) => [version, runId, tags.get("mlops.job")])).toEqual([
    ["1", changed.job?.outcome?.runs[0]?.runId, changed.job?.id],
  ]);
});
