import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

import { readConfig } from "../../src/core/config/readConfig";
import { coveredHash } from "../../src/core/governance/coveredSections";
import { modelDigest } from "../../src/core/deployment/modelDigest";

const sha256 = (text: string): string => createHash("sha256").update(text).digest("hex");

/** Bytes of each model; what is hashed grows with it. */
const MODEL_BYTES = 100_000;
export const TODAY = "2026-11-24";

/** Writes a repository of products that may all go to production: evaluated, approved and checked, with a registry of their models beside them. */
export function writeGatedProducts(root: string, count: number): readonly string[] {
  const write = (path: string, text: string): void => {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  };
  const git = (email: string, ...args: readonly string[]): string =>
    execFileSync("git", ["-c", `user.email=${email}`, "-c", `user.name=${email}`, "-c", "commit.gpgsign=false", ...args], {
      cwd: root,
      encoding: "utf8",
    }).trim();
  const products = Array.from({ length: count }, (_, index) => ({ name: `model-${index}`, folder: `team-${index % 20}/model-${index}` }));
  git("leo@example.org", "init", "--quiet", "--initial-branch=main");
  write(".gitignore", "mlruns\nlogs\n");
  const texts = new Map<string, string>();
  for (const [index, { name, folder }] of products.entries()) {
    const digest = writeModel(root, `team-${index % 20}/mlruns`, name, index, write);
    const text = productText(name, digest, index);
    texts.set(folder, text);
    write(`${folder}/mlops.yaml`, text);
    write(`${folder}/train.py`, `print(${index})\n`);
    write(`${folder}/requirements.lock`, "scikit-learn==1.7.2\n");
    write(`${folder}/data/train.csv`, `a,b\n${index},2\n`);
    write(`${folder}/data/test.csv`, `a,b\n${index},4\n`);
    write(`${folder}/docs/on-call.md`, "# On call\n");
    write(`${folder}/docs/rollback.md`, "# Way back\n");
    write(`${folder}/reports/quality.json`, "{}\n");
  }
  git("leo@example.org", "add", "-A");
  git("leo@example.org", "commit", "--quiet", "-m", "Add products", "--date=2026-11-18T09:00:00Z");
  const evaluated = git("leo@example.org", "rev-parse", "HEAD");
  for (const { name, folder } of products) {
    write(`${folder}/reports/eval.json`, JSON.stringify({ f1: 0.85, model_version: "1", commit: evaluated }));
    write(`${folder}/.mlops/monitoring/${name}/20261123T090000.000Z.json`, JSON.stringify(monitoringResult(name, `${folder}/mlops.yaml`)));
  }
  git("ana@example.org", "add", "-A");
  git("ana@example.org", "commit", "--quiet", "-m", "Evaluate", "--date=2026-11-19T09:00:00Z");
  const head = git("ana@example.org", "rev-parse", "HEAD");
  for (const { name, folder } of products) {
    const { value: product } = readConfig(texts.get(folder) ?? "");
    write(
      `${folder}/.mlops/signoffs/2026-11-20-launch-mia.yaml`,
      `subject: launch\nwho: {name: Mia Berg, email: mia@example.org, role: requirements}\nwhen: 2026-11-20T09:00:00Z\ncommit: ${head}\n` +
        `model: {name: ${name}, version: "1", digest: "${product.model?.digest ?? ""}"}\nconfig_sha256: ${coveredHash("launch", product, sha256)}\n` +
        `decision: approve\nstatement: I read the report on all groups and the targets hold.\n`,
    );
  }
  git("mia@example.org", "add", "-A");
  git("mia@example.org", "commit", "--quiet", "-m", "Approve", "--date=2026-11-20T09:00:00Z");
  return products.map(({ folder }) => `${folder}/mlops.yaml`);
}

/** As MLflow lays out a registered version in a folder; each team has a registry, and each model an experiment. @returns the digest of its files. */
function writeModel(root: string, store: string, name: string, index: number, write: (path: string, text: string) => void): string {
  const runId = index.toString(16).padStart(32, "a");
  const experiment = String(index + 1);
  const run = `${store}/${experiment}/${runId}`;
  write(
    `${store}/${experiment}/meta.yaml`,
    `artifact_location: ${root}/${store}/${experiment}\nexperiment_id: '${experiment}'\nlifecycle_stage: active\nname: ${name}\n`,
  );
  const files = { MLmodel: `flavors: {sklearn: {}}\nname: ${name}\n`, "model.pkl": `${index}`.padEnd(MODEL_BYTES, "w") };
  write(
    `${run}/meta.yaml`,
    `artifact_uri: ${root}/${run}/artifacts\nexperiment_id: '${experiment}'\nlifecycle_stage: active\nrun_id: ${runId}\nrun_name: good\nstart_time: 1700000000000\nend_time: 1700000060000\nstatus: 3\nuser_id: ana\n`,
  );
  write(`${run}/metrics/f1`, "1700000060000 0.85 0\n");
  Object.entries(files).forEach(([path, text]) => write(`${run}/artifacts/model/${path}`, text));
  const times = "creation_timestamp: 1700000000000\nlast_updated_timestamp: 1700000000000\n";
  write(`${store}/models/${name}/meta.yaml`, `name: ${name}\n${times}`);
  const place = `${root}/${run}/artifacts/model`;
  write(
    `${store}/models/${name}/version-1/meta.yaml`,
    `name: ${name}\nversion: '1'\ncurrent_stage: None\nstatus: READY\nrun_id: ${runId}\nsource: ${place}\nstorage_location: ${place}\n${times}`,
  );
  return (
    modelDigest(
      Object.entries(files).map(([path, text]) => ({ path, sha256: sha256(text) })),
      sha256,
    ) ?? ""
  );
}

function productText(name: string, digest: string, index: number): string {
  return `version: 1
name: ${name}
purpose: Predict which customers may leave, so that support can call them first.
stage: staging
owner: {name: Ana Ruiz, email: ana@example.org, deputy: leo@example.org}
roles:
  operator: {team: ml-ops, email: ml-ops@example.org, on_call: docs/on-call.md}
  requirements: {name: Mia Berg, email: mia@example.org, deputy: leo@example.org}
  data_steward: {name: Sam Oduya, email: sam@example.org, deputy: leo@example.org}
  compliance: {name: Ines Roth, email: ines@example.org, deputy: leo@example.org}
risk: minimal
ai_act: {role: provider, prohibited_check: {answer: no, by: ines@example.org, date: 2026-08-30}, annex_iii: [], annex_i: none, profiling: no}
personal_data: no
pipeline: train.py
train: {engine: local, command: [python, train.py], code: [train.py], environment: requirements.lock, params: {seed: 7}, trigger: {on_drift: fail}, resources: {timeout: 2h, cpus: 2}}
tracking: {uri: ../mlruns, experiment: ${name}}
model: {registry: mlflow, name: ${name}, version: "1", digest: "${digest}", license: proprietary}
data:
  - {path: data/train.csv, use: train, version: {sha256: ${sha256(`a,b\n${index},2\n`)}}, license: internal, verified: {by: sam@example.org, date: 2026-10-20, report: reports/quality.json}}
  - {path: data/test.csv, use: test, version: {sha256: ${sha256(`a,b\n${index},4\n`)}}, license: internal, verified: {by: sam@example.org, date: 2026-10-20, report: reports/quality.json}}
kpis: [{name: f1, target: ">= 0.80", warn: ">= 0.82", data: data/test.csv}]
evaluation: {report: reports/eval.json, date: 2026-11-20, signed_by: mia@example.org}
monitoring: {reference: data/train.csv, live: logs/scored.csv, window: {by: week}, drift: {psi_warn: 0.1, psi_fail: 0.25}, labels: {source: contracts, delay: 21 days}, checks: {every: 7 days}, alert: [{to: ml-ops@example.org}]}
deploy: {targets: {production: {type: mlflow_alias, alias: champion}}, rollback: {to: "13", how: docs/rollback.md, tested: 2026-10-01}}
cost: {budget: 100 EUR/month, owner: ana@example.org, max_replicas: 2, idle_shutdown: 30m, artifact_retention: 1 year, log_retention: 90 days}
review: {every: 6 months, last: 2026-11-10}
`;
}

function monitoringResult(product: string, config: string): object {
  return {
    ...{
      version: 1,
      product,
      config,
      config_sha256: "",
      checked_at: Date.parse("2026-11-23T09:00:00Z"),
      tool: "mlops 1.0.0",
      commit: null,
    },
    ...{
      dirty: null,
      status: "ok",
      verdict: "Nothing has drifted.",
      window: null,
      reference: null,
      live: null,
      drift: null,
      kpis: [],
      problems: [],
    },
  };
}
