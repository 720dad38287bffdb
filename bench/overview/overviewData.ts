import { spawnSync } from "node:child_process";
import { copyFileSync, mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { DatabaseSync } from "node:sqlite";

import { CHAIN_START, chainLine } from "../../src/core/governance/hashChain";
import { resultName } from "../../src/core/monitoring/resultName";
import { sha256Of } from "../../src/cli/report/openReport";

const DAY = 86_400_000;
export const NOW = Date.UTC(2026, 10, 30, 12);
const CHECKS = 6;
const JOBS = 3;

/** A workspace of products that share one database, each with checks, trainings and deployments; made anew. @returns how many models no file owns. */
export function writeOverviewData(root: string, products: number, runs: number): number {
  const write = (path: string, text: string): void => {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  };
  write(".mlops/policy.yaml", "version: 1\nprices: {currency: EUR, instances: {cpu-8: 0.42, gpu-a10: 1.30}}\nstack: {pipeline: dvc}\n");
  for (let index = 0; index < products; index++) {
    writeProduct(`team-${index % 20}/model-${index}`, index, write);
  }
  git(root, ["init", "-q"]);
  git(root, ["add", "."]);
  git(root, ["commit", "-q", "-m", "All models"]);
  return fillDatabase(join(root, "mlflow.db"), products, runs);
}

function writeProduct(folder: string, index: number, write: (path: string, text: string) => void): void {
  const name = `model-${index}`;
  write(
    `${folder}/mlops.yaml`,
    `version: 1
name: ${name}
purpose: Predict which customers may leave, so that support can call them first.
stage: ${index % 3 === 0 ? "production" : "development"}
pipeline: dvc.yaml
tracking: {uri: ../../mlflow.db, experiment: ${name}}
train: {engine: dvc, trigger: {on_drift: fail}, resources: {instance: ${index % 4 === 0 ? "gpu-a10" : "cpu-8"}, timeout: 2h}}
model: {name: ${name}}
roles:
  owner: {name: Ana Ruiz, email: person${index % 20}@example.org, deputy: leo@example.org, team: team-${index % 20}}
  operator: {email: ml-ops@example.org}
kpis: [{name: f1, target: ">= 0.80", data: data/test.csv}]
data: [{path: data/train.csv, use: train}, {path: data/test.csv, use: test}]
monitoring: {reference: data/train.csv, live: logs/scored.csv, checks: {every: 7 days}}
deploy: {targets: {production: {type: ray_serve, address: "http://127.0.0.1:8265", application: m${index}}}}
cost: {budget: 90 EUR/month}
risk: minimal
personal_data: no
review: {every: 6 months, last: 2026-08-10}
`,
  );
  write(`${folder}/dvc.yaml`, "stages:\n  train:\n    cmd: python train.py\n    deps: [train.py, data/train.csv]\n    outs: [model.pkl]\n");
  write(`${folder}/data/train.csv`, `id,plan,usage\n${index},a,1\n`);
  write(`${folder}/data/test.csv`, `id,plan,usage\n${index + 100_000},b,2\n`);
  for (let check = 0; check < CHECKS; check++) {
    const at = NOW - (check * 7 + 1) * DAY;
    const status = (index + check) % 9 === 0 ? "fail" : "ok";
    const kpi = {
      name: "f1",
      value: 0.8 + (((index * 7 + check * 3) % 20) - 5) / 100,
      target: ">= 0.80",
      warn: null,
      status,
      verdict: "f1 was measured.",
    };
    const result = {
      ...{
        version: 1,
        product: name,
        config: `${folder}/mlops.yaml`,
        config_sha256: "",
        checked_at: at,
        tool: "mlops 1",
        commit: null,
        dirty: null,
      },
      ...{
        status,
        verdict: status === "ok" ? "Nothing drifted." : "3 of 20 columns drifted.",
        window: null,
        reference: null,
        live: null,
        drift: null,
      },
      kpis: [{ ...kpi, by: null, group: null, rows: 500, kind: "measured", source: "logs/scored.csv" }],
      problems: [],
    };
    write(`${folder}/.mlops/monitoring/${name}/${resultName(at)}`, JSON.stringify(result));
  }
  for (let job = 0; job < JOBS; job++) {
    const at = NOW - (job * 9 + 2) * DAY;
    const id = `${name}-${new Date(at).toISOString().slice(0, 19).replace(/[-:]/g, "").replace("T", "-")}-0000${job.toString(16).padStart(2, "0")}`;
    const status = { state: "succeeded", message: null, startedAt: at, endedAt: at + 600_000, exitCode: 0, progress: null, tasks: [] };
    const kept = {
      ...{ schema: 1, id, product: name, config: `${folder}/mlops.yaml`, engine: "dvc", planHash: "h", fingerprint: null },
      ...{
        reason: { kind: job % 2 === 0 ? "manual" : "drift", text: "Asked for." },
        againBecause: null,
        phase: "submitted",
        handle: null,
        status,
      },
      ...{ outcome: null, createdAt: at, by: "Ana Ruiz" },
    };
    write(`${folder}/.mlops/jobs/${id}/job.json`, JSON.stringify(kept));
  }
  const entry = (days: number, version: string): object => ({
    ...{
      at: new Date(NOW - days * DAY).toISOString(),
      deployment: `${name}-${version}`,
      intent: "deploy",
      product: name,
      target: "production",
    },
    ...{
      type: "ray_serve",
      model: name,
      version,
      previous: null,
      digest: null,
      commit: null,
      plan: "p",
      gate: { decision: "pass", hash: "" },
    },
    ...{ state: "succeeded", serves: version, who: "Ana Ruiz", reason: null, message: null },
  });
  const first = chainLine(entry(40, "1"), CHAIN_START, sha256Of);
  write(
    `${folder}/.mlops/deployments.jsonl`,
    first + chainLine(entry(5, "2"), (JSON.parse(first) as { readonly hash: string }).hash, sha256Of),
  );
}

function fillDatabase(path: string, products: number, runs: number): number {
  copyFileSync(join(process.cwd(), "test", "fixtures", "mlflow", "v3-sqlite", "mlflow.db"), path);
  const db = new DatabaseSync(path, { enableForeignKeyConstraints: false });
  const tables = [
    "metrics",
    "latest_metrics",
    "params",
    "tags",
    "inputs",
    "runs",
    "registered_model_aliases",
    "model_versions",
    "registered_models",
  ];
  db.exec("PRAGMA synchronous = OFF; PRAGMA journal_mode = MEMORY; BEGIN");
  [...tables, "experiments"].forEach((table) => db.exec(`DELETE FROM ${table}`));
  const insert = (table: string, columns: readonly string[]): ((values: readonly (string | number)[]) => void) => {
    const statement = db.prepare(`INSERT INTO ${table} (${columns.join(", ")}) VALUES (${columns.map(() => "?").join(", ")})`);
    return (values) => void statement.run(...values);
  };
  const experiment = insert("experiments", ["experiment_id", "name", "lifecycle_stage", "workspace"]);
  const model = insert("registered_models", ["name", "creation_time", "last_updated_time", "workspace"]);
  const version = insert("model_versions", ["name", "version", "creation_time", "current_stage", "status", "workspace"]);
  const alias = insert("registered_model_aliases", ["name", "alias", "version", "workspace"]);
  const run = insert("runs", [
    ...["run_uuid", "name", "user_id", "status", "start_time", "end_time", "lifecycle_stage", "artifact_uri", "experiment_id"],
  ]);
  const [param, tag] = (["params", "tags"] as const).map((table) => insert(table, ["key", "value", "run_uuid"]));
  const metric = insert("latest_metrics", ["key", "value", "timestamp", "run_uuid", "step", "is_nan"]);
  const unowned = Math.ceil(products / 10);
  for (let index = 0; index < products + unowned; index++) {
    model([`model-${index}`, NOW, NOW, "default"]);
    for (let count = 1; count <= 3; count++) {
      version([`model-${index}`, count, NOW - count * DAY, "None", "READY", "default"]);
    }
    alias([`model-${index}`, "champion", 2, "default"]);
  }
  for (let index = 0; index < products; index++) {
    experiment([index + 1, `model-${index}`, "active", "default"]);
  }
  for (let index = 0; index < runs; index++) {
    const id = index.toString(16).padStart(32, "0");
    const start = NOW - (index % 60) * DAY - index * 1000;
    run([
      id,
      `run ${index}`,
      "ana",
      index % 15 === 0 ? "FAILED" : "FINISHED",
      start,
      start + 1_800_000,
      "active",
      "/x",
      (index % products) + 1,
    ]);
    for (let key = 0; key < 8; key++) {
      param?.([`param_${key}`, String(index + key), id]);
    }
    tag?.(["mlflow.runName", `run ${index}`, id]);
    tag?.(["mlflow.source.type", index % 2 === 0 ? "LOCAL" : "JOB", id]);
    tag?.(["mlflow.user", "ana", id]);
    tag?.(["mlflow.source.git.commit", id, id]);
    for (const key of ["f1", "auc", "loss", "precision", "recall", "rmse"]) {
      metric([key, (index % 100) / 100, start, id, 10, 0]);
    }
  }
  db.exec("COMMIT");
  db.close();
  return unowned;
}

function git(root: string, args: readonly string[]): void {
  spawnSync("git", ["-c", "user.name=Ana", "-c", "user.email=ana@example.org", "-c", "commit.gpgsign=false", ...args], { cwd: root });
}
