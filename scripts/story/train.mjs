import { execFileSync } from "node:child_process";
import { randomUUID } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { parseArgs } from "node:util";

/**
 * Trains who may leave, a logistic regression in plain JavaScript, and keeps run, model and version as MLflow keeps them in a folder. `train.py` does the
 * same by MLflow itself.
 *
 *   --features A,B  columns that it learns from
 *   --epochs N      passes over the data
 *   --explain NAME  a package that explains each answer, which whoever serves the model needs as well
 */
const { values } = parseArgs({
  options: {
    features: { type: "string", default: "" },
    epochs: { type: "string", default: "" },
    explain: { type: "string", default: "none" },
  },
});
const features = values.features.split(",");
const epochs = Number(values.epochs);
const RATE = 0.5;
const MODEL = "churn";
const started = Date.now();

const known = readTable("data/train.csv");
const unseen = readTable("data/test.csv");
const model = learn(known);
// In a folder, "f1" would be a file where "f1/plan" has to be a folder, as in MLflow itself.
const figures = { accuracy: accuracyOf(unseen), "f1/plan/gold": f1Of(ofPlan("gold")), "f1/plan/basic": f1Of(ofPlan("basic")) };
process.stdout.write(
  `${Object.entries(figures)
    .map(([name, value]) => `${name} ${value.toFixed(4)}`)
    .join(", ")}\n`,
);
keepRun();

/** @typedef {{ readonly x: readonly number[], readonly plan: string, readonly churned: boolean }} Row */
/** @param {string} file @returns {readonly Row[]} */
function readTable(file) {
  const [heading = "", ...lines] = readFileSync(file, "utf8").trim().split("\n");
  const names = heading.split(",");
  return lines.map((line) => {
    const cells = line.split(",");
    const cell = (/** @type {string} */ name) => cells[names.indexOf(name)] ?? "";
    return { x: features.map((name) => Number(cell(name))), plan: cell("plan"), churned: cell("churn") === "yes" };
  });
}

/** @param {string} plan */
function ofPlan(plan) {
  return unseen.filter((row) => row.plan === plan);
}

/** Gradient descent on scaled columns; the weights are those of columns as they are. @param {readonly Row[]} rows */
function learn(rows) {
  const means = features.map((_, index) => rows.reduce((sum, { x }) => sum + (x[index] ?? 0), 0) / rows.length);
  const spreads = features.map((_, index) =>
    Math.sqrt(rows.reduce((sum, { x }) => sum + ((x[index] ?? 0) - (means[index] ?? 0)) ** 2, 0) / rows.length),
  );
  const weights = features.map(() => 0);
  let bias = 0;
  for (let epoch = 1; epoch <= epochs; epoch++) {
    const steps = features.map(() => 0);
    let biasStep = 0;
    for (const { x, churned } of rows) {
      const scaled = x.map((value, index) => (value - (means[index] ?? 0)) / (spreads[index] ?? 1));
      const error = chance(scaled.reduce((sum, value, index) => sum + value * (weights[index] ?? 0), bias)) - (churned ? 1 : 0);
      scaled.forEach((value, index) => (steps[index] = (steps[index] ?? 0) + error * value));
      biasStep += error;
    }
    steps.forEach((step, index) => (weights[index] = (weights[index] ?? 0) - (RATE * step) / rows.length));
    bias -= (RATE * biasStep) / rows.length;
  }
  const plain = weights.map((weight, index) => weight / (spreads[index] ?? 1));
  return { weights: plain, bias: plain.reduce((sum, weight, index) => sum - weight * (means[index] ?? 0), bias) };
}

/** @param {number} sum */
function chance(sum) {
  return 1 / (1 + Math.exp(-sum));
}

/** @param {Row} row */
function saysLeaves({ x }) {
  return x.reduce((sum, value, index) => sum + value * (model.weights[index] ?? 0), model.bias) >= 0;
}

/** @param {readonly Row[]} rows */
function accuracyOf(rows) {
  return rows.filter((row) => row.churned === saysLeaves(row)).length / rows.length;
}

/** @param {readonly Row[]} rows */
function f1Of(rows) {
  const right = rows.filter((row) => row.churned && saysLeaves(row)).length;
  const wrong = rows.filter((row) => row.churned !== saysLeaves(row)).length;
  return (2 * right) / (2 * right + wrong);
}

function keepRun() {
  const id = randomUUID().replaceAll("-", "");
  const run = resolve("mlruns/1", id);
  const meta = join(run, "..", "meta.yaml");
  if (!existsSync(meta)) {
    write(meta, {
      artifact_location: dirname(run),
      creation_time: started,
      experiment_id: "'1'",
      last_update_time: started,
      lifecycle_stage: "active",
      name: MODEL,
    });
  }
  const commit = execFileSync("git", ["rev-parse", "HEAD"], { encoding: "utf8" }).trim();
  write(join(run, "meta.yaml"), {
    ...{
      artifact_uri: join(run, "artifacts"),
      end_time: Date.now(),
      entry_point_name: "''",
      experiment_id: "'1'",
      lifecycle_stage: "active",
    },
    ...{ run_id: id, run_name: `on ${features.join(" and ")}`, run_uuid: id, source_name: "''", source_type: 4, source_version: "''" },
    ...{ start_time: started, status: 3, tags: "[]", user_id: "ana" },
  });
  for (const [name, value] of Object.entries(figures)) {
    put(join(run, "metrics", name), `${Date.now()} ${value} 0\n`);
  }
  for (const [name, value] of Object.entries(values)) {
    put(join(run, "params", name), value);
  }
  const context = JSON.parse(process.env["MLFLOW_RUN_CONTEXT"] ?? "{}");
  for (const [name, value] of Object.entries({ "mlflow.source.git.commit": commit, ...context })) {
    put(join(run, "tags", name), String(value));
  }
  keepModel(join(run, "artifacts/model"), id);
  write("reports/eval.json", null, JSON.stringify({ run_id: id, commit, data: "data/test.csv", ...figures }));
}

/** @param {string} folder @param {string} runId */
function keepModel(folder, runId) {
  const weights = Object.fromEntries(features.map((name, index) => [name, model.weights[index]]));
  put(
    join(folder, "weights.json"),
    JSON.stringify({ weights, bias: model.bias, needs: values.explain === "none" ? null : values.explain }),
  );
  const table = {
    columns: ["minutes", "complaints"],
    data: [
      [95, 4],
      [130, 0],
    ],
  };
  put(join(folder, "input_example.json"), JSON.stringify(table));
  put(join(folder, "serving_input_example.json"), JSON.stringify({ dataframe_split: table }));
  const example = "saved_input_example_info:\n  artifact_path: input_example.json\n  type: dataframe\n  pandas_orient: split\n";
  put(join(folder, "MLmodel"), `flavors:\n  python_function: {}\n${example}`);
  const registered = resolve("mlruns/models", MODEL);
  mkdirSync(registered, { recursive: true });
  const times = { creation_timestamp: Date.now(), last_updated_timestamp: Date.now() };
  const version = readdirSync(registered).filter((name) => name.startsWith("version-")).length + 1;
  write(join(registered, "meta.yaml"), { name: MODEL, ...times });
  write(join(registered, `version-${version}`, "meta.yaml"), {
    ...{ name: MODEL, version: `'${version}'`, current_stage: "None", status: "READY", run_id: runId },
    ...{ source: folder, storage_location: folder, ...times },
  });
}

/** @param {string} file @param {Record<string, unknown> | null} fields @param {string} [text] */
function write(file, fields, text = "") {
  put(
    file,
    fields === null
      ? `${text}\n`
      : Object.entries(fields)
          .map(([name, value]) => `${name}: ${String(value)}\n`)
          .join(""),
  );
}

/** @param {string} file @param {string} text */
function put(file, text) {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}
