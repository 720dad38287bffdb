import { readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { mayBePipeline, sourceOf } from "../../../../src/core/lint/sources/allSources";
import { detectPipelines } from "../../../../src/core/lint/sources/detectPipelines";
import { quartzToCron } from "../../../../src/core/lint/sources/runTimes";
import { readPipelineCase } from "../../../builders/pipelineCase";

const FIXTURES = join(import.meta.dirname, "../../../fixtures/pipelines");
const TOOLS = readdirSync(FIXTURES).filter((name) => !name.includes("."));

describe("detectPipelines", () => {
  it("tells schedule, Python and time limit where a file has them, with paths from a folder", () => {
    const files = TOOLS.flatMap((tool) => {
      const bad = readdirSync(join(FIXTURES, tool)).find((name) => name.startsWith("bad.")) ?? "";
      return [readPipelineCase(tool, join(FIXTURES, tool, bad))];
    });
    const nothing = { schedule: null, python: null, timeout: null };
    expect(detectPipelines(files, "churn")).toEqual([
      { path: "../dags/churn.py", tool: "airflow", schedule: "0 4 * * 1", python: null, timeout: "2h" },
      { path: "workflow.yaml", tool: "argo", schedule: "0 4 * * 1", python: null, timeout: "2h" },
      { path: "job.yml", tool: "azure_ml", schedule: null, python: null, timeout: "1h" },
      { path: "databricks.yml", tool: "databricks", schedule: "0 4 * * 1", python: null, timeout: "2h" },
      { path: "dvc.yaml", tool: "dvc", ...nothing },
      { path: "../.github/workflows/train.yml", tool: "github_actions", schedule: "0 4 * * 1", python: "3.11", timeout: "2h" },
      { path: "pipeline.yaml", tool: "kubeflow", ...nothing },
      { path: "MLproject", tool: "mlflow", ...nothing },
      { path: "prefect.yaml", tool: "prefect", schedule: "0 4 * * 1", python: null, timeout: null },
      { path: "ray-job.yaml", tool: "ray", schedule: "0 4 * * 1", python: null, timeout: "2h" },
      { path: "configs/train.yaml", tool: "zenml", schedule: "0 4 * * 1", python: null, timeout: null },
    ]);
  });

  it.each([
    [".github/workflows/lint.yml", "on: push\n# python train.py\njobs:\n  a:\n    steps:\n      - name: train\n        run: npm test\n"],
    ["docker-compose.yml", "services:\n  train:\n    image: python\n    command: python train.py\n"],
    ["k8s/job.yaml", "apiVersion: batch/v1\nkind: CronJob\nmetadata: {name: train}\n"],
    ["ray/cluster.yaml", "apiVersion: ray.io/v1\nkind: RayCluster\nmetadata: {name: a}\n"],
    ["argo-cd/app.yaml", "apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: {name: a}\n"],
    ["dvc.yaml", "plots:\n  - loss.csv\n"],
    ["conf/base/parameters.yml", "lr: 0.1\n"],
    ["conf/logging.yml", "steps:\n  a: 1\nsettings: {b: 2}\n"],
    ["dags/helper.py", "import datetime\ndef dag(): pass\n"],
    ["mlops.yaml", "version: 1\nname: a\n"],
    ["openapi.yaml", "openapi: 3.0.0\ntags: [{name: a}]\n"],
  ])("leaves %s alone", (path, text) => {
    expect(sourceOf(path, text)?.tool).toBeUndefined();
  });

  it("looks at the text of few kinds of files only", () => {
    expect(["README.md", "src/train.py", "a/package.json", "model.pkl"].filter(mayBePipeline)).toEqual([]);
  });
});

describe("quartzToCron", () => {
  it.each([
    ["0 0 4 ? * 2", "0 4 * * 1"],
    ["0 30 6 ? * MON-FRI", "30 6 * * MON-FRI"],
    ["0 0 */6 * * ?", "0 */6 * * *"],
    ["0 0 4 1 * ? *", "0 4 1 * *"],
    ["0 0 4 ? * 6L", null],
    ["0 4 * * 1", null],
  ])("%s is %s", (quartz, cron) => {
    expect(quartzToCron(quartz)).toBe(cron);
  });
});
