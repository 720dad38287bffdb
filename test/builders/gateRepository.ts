import { createHash } from "node:crypto";
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

import { modelDigest } from "../../src/core/deployment/modelDigest";
import { type CliResult, mlops } from "./memoryHost";
import { SignOffRepository, type Written } from "./signOffRepository";

const sha256 = (text: string): string => createHash("sha256").update(text).digest("hex");

const MODEL_FILES = { MLmodel: "flavors: {python_function: {}}\n", "model.pkl": "weights of 14", "data/köln.txt": "a\n" };

/** Digest of the model's files, as the product's file and sign-offs name it. */
export const REAL_DIGEST =
  modelDigest(
    Object.entries(MODEL_FILES).map(([path, text]) => ({ path, sha256: sha256(text) })),
    sha256,
  ) ?? "";

/** A product of minimal risk that may go to production once somebody approved it. */
export const GATED = `version: 1
name: churn
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
tracking: {uri: mlruns, experiment: churn}
model: {registry: mlflow, name: churn, version: "14", digest: "${REAL_DIGEST}", license: proprietary}
data:
  - {path: data/train.csv, use: train, version: {sha256: ${sha256("a,b\n1,2\n")}}, license: internal, verified: {by: sam@example.org, date: 2026-10-20, report: reports/quality.json}}
  - {path: data/test.csv, use: test, version: {sha256: ${sha256("a,b\n3,4\n")}}, license: internal, verified: {by: sam@example.org, date: 2026-10-20, report: reports/quality.json}}
kpis: [{name: f1, target: ">= 0.80", warn: ">= 0.82", data: data/test.csv}]
evaluation: {report: reports/eval.json, date: 2026-11-20, signed_by: mia@example.org}
monitoring: {reference: data/train.csv, live: logs/scored.csv, window: {by: week}, drift: {psi_warn: 0.1, psi_fail: 0.25}, labels: {source: contracts, delay: 21 days}, checks: {every: 7 days}, alert: [{to: ml-ops@example.org}]}
deploy: {targets: {production: {type: mlflow_alias, alias: champion}, staging: {type: mlflow_alias, alias: challenger}}, rollback: {to: "13", how: docs/rollback.md, tested: 2026-10-01}}
cost: {budget: 100 EUR/month, owner: ana@example.org, max_replicas: 2, idle_shutdown: 30m, artifact_retention: 1 year, log_retention: 90 days}
review: {every: 6 months, last: 2026-11-10}
`;

const LAUNCH = ".mlops/signoffs/2026-11-20-launch-mia.yaml";

/** A real repository with a product, the files of its model in a real registry, an evaluation, and the sign-off that it needs. */
export class GateRepository extends SignOffRepository {
  /** @param text the product's file. */
  constructor(private readonly text = GATED) {
    super();
    this.writeAll({
      "train.py": "print('trains')\n",
      "requirements.lock": "scikit-learn==1.7.2\n",
      "data/train.csv": "a,b\n1,2\n",
      "data/test.csv": "a,b\n3,4\n",
      "docs/on-call.md": "# On call\n",
      "docs/rollback.md": "# Way back\n",
      "reports/quality.json": "{}\n",
      ".gitignore": "mlruns\nlogs\n",
      "mlops.yaml": text,
    });
    const commit = this.commitAs("leo@example.org", { day: "2026-11-18" });
    this.evaluate({ f1: 0.85, model_version: "14", commit });
    this.commitAs("ana@example.org", { day: "2026-11-19" });
    this.register14();
  }

  writeAll(files: Readonly<Record<string, string>>): void {
    Object.entries(files).forEach(([path, text]) => this.write(path, text));
  }

  evaluate(figures: object): void {
    this.write("reports/eval.json", `${JSON.stringify(figures)}\n`);
  }

  /** Mia approves the product as it stands, and commits that. */
  approve(written: Written = {}): void {
    this.write(LAUNCH, this.signOff(this.text, written));
    this.commitAs(written.email ?? "mia@example.org");
  }

  gate(args: readonly string[] = [], now = Date.parse("2026-11-24T12:00:00Z")): Promise<CliResult> {
    const target = args.includes("--target") ? [] : ["--target", "production"];
    return mlops(["gate", "mlops.yaml", ...target, ...args], { cwd: this.path, now, env: {} });
  }

  /** A registry as MLflow lays it out. */
  private register14(): void {
    const run = "mlruns/1/r14r14r14r14r14r14r14r14r14r14r1";
    const put = (path: string, text: string): void => {
      mkdirSync(dirname(join(this.path, path)), { recursive: true });
      writeFileSync(join(this.path, path), text);
    };
    put("mlruns/1/meta.yaml", `artifact_location: ${this.path}/mlruns/1\nexperiment_id: '1'\nlifecycle_stage: active\nname: churn\n`);
    put(
      `${run}/meta.yaml`,
      `artifact_uri: ${this.path}/${run}/artifacts\nexperiment_id: '1'\nlifecycle_stage: active\nrun_id: r14r14r14r14r14r14r14r14r14r14r1\nrun_name: good\nstart_time: 1700000000000\nend_time: 1700000060000\nstatus: 3\nuser_id: ana\n`,
    );
    put(`${run}/metrics/f1`, "1700000060000 0.85 0\n");
    Object.entries(MODEL_FILES).forEach(([path, text]) => put(`${run}/artifacts/model/${path}`, text));
    // MLflow adds this when it registers a version; it is no part of the model.
    put(`${run}/artifacts/model/registered_model_meta`, "model_name: churn\nmodel_version: '14'\n");
    put("mlruns/models/churn/meta.yaml", "name: churn\ncreation_timestamp: 1700000000000\nlast_updated_timestamp: 1700000000000\n");
    put(
      "mlruns/models/churn/version-14/meta.yaml",
      `name: churn\nversion: '14'\ncurrent_stage: None\nstatus: READY\nrun_id: r14r14r14r14r14r14r14r14r14r14r1\nsource: ${this.path}/${run}/artifacts/model\nstorage_location: ${this.path}/${run}/artifacts/model\ncreation_timestamp: 1700000000000\nlast_updated_timestamp: 1700000000000\n`,
    );
  }
}
