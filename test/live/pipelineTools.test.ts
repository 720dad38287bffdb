import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { applyFix } from "../../src/core/lint/applyFix";
import { lintPipeline } from "../builders/pipelineCase";
import { readMarkedText } from "../builders/markedText";
import { pythonEnv, venvOf } from "./mlflowServer";

const FIXTURES = join(import.meta.dirname, "../fixtures/pipelines");
const folder = mkdtempSync(join(tmpdir(), "mlops-pipelines-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function pipelinesVenv(): string {
  const venv = process.env["MLOPS_VENV_PIPELINES"];
  if (venv === undefined) {
    throw new Error('MLOPS_VENV_PIPELINES is not set: run the live tests with "npm run test:live".');
  }
  return venv;
}

/** The tools write settings to the home folder and ask the network for news, so that they get a home of their own. */
function toolEnv(): NodeJS.ProcessEnv {
  return {
    ...process.env,
    HOME: folder,
    AIRFLOW_HOME: join(folder, "airflow"),
    ZENML_CONFIG_PATH: join(folder, "zenml"),
    ZENML_ANALYTICS_OPT_IN: "false",
    PREFECT_HOME: join(folder, "prefect"),
    DO_NOT_TRACK: "1",
    DVC_NO_ANALYTICS: "1",
  };
}

function fixture(path: string): string {
  return readMarkedText(readFileSync(join(FIXTURES, path), "utf8")).text;
}

function write(path: string, text: string): string {
  const file = join(folder, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
  return file;
}

/** What the real tool makes of a file. @throws Error where it refuses it. */
function readByTool(tool: string, path: string, text: string): unknown {
  const script = join(import.meta.dirname, "pipelineTools.py");
  const output = execFileSync(join(pipelinesVenv(), "bin", "python"), [script, tool, write(path, text)], {
    env: toolEnv(),
    encoding: "utf8",
    stdio: ["ignore", "pipe", "pipe"],
  });
  return JSON.parse(output) as unknown;
}

describe("DVC", () => {
  const dvc = (...args: readonly string[]): string =>
    execFileSync(join(pipelinesVenv(), "bin", "dvc"), args, {
      cwd: join(folder, "dvc"),
      env: toolEnv(),
      encoding: "utf8",
      stdio: ["ignore", "pipe", "pipe"],
    });

  it("reads the file after every fix as before, and its status too", () => {
    const text = fixture("dvc/bad.yaml");
    write("dvc/params.yaml", "seed: 7\n");
    write("dvc/prepare.py", "");
    write("dvc/dvc.yaml", text);
    dvc("init", "--no-scm", "--quiet");
    const before = [dvc("stage", "list", "--all"), dvc("status")];
    const fixes = lintPipeline("dvc.yaml", text).findings.flatMap((finding) => finding.fixes);
    expect(fixes.length).toBeGreaterThan(4);
    for (const fix of fixes) {
      const fixed = applyFix(text, fix);
      expect(fixed.ok && fixed.text !== text, fix.title).toBe(true);
      write("dvc/dvc.yaml", fixed.ok ? fixed.text : "");
      expect([dvc("stage", "list", "--all"), dvc("status")], fix.title).toEqual(before);
    }
    write("dvc/dvc.yaml", fixture("dvc/fixed.yaml"));
    expect([dvc("stage", "list", "--all"), dvc("status")]).toEqual(before);
  });

  it("refuses an owner beside the command, so that the fix writes it into meta", () => {
    write("dvc/dvc.yaml", "stages:\n  a: {cmd: x, owner: ana@example.org}\n");
    expect(() => dvc("stage", "list")).toThrow(/validation failed/);
  });
});

describe("the tool of each format accepts what the fixes write, where it keeps such facts", () => {
  const who = "ana@example.org";

  it("Kubeflow Pipelines, which refuses keys of others", () => {
    const text = fixture("kubeflow/fixed.yaml");
    expect(readByTool("kubeflow", "pipeline.yaml", text)).toEqual({ name: "churn" });
    expect(() => readByTool("kubeflow", "pipeline.yaml", text.replace("pipelineInfo:\n", "pipelineInfo:\n  owner: x\n"))).toThrow(
      /no field named/,
    );
  });

  it("Argo Workflows", () => {
    expect(readByTool("argo", "workflow.yaml", fixture("argo/fixed.yaml"))).toEqual({
      annotations: [
        { purpose: "TODO", personal_data: "unsure", owner: who },
        { "mlops.example.org/owner": who, purpose: "Predict which customers may leave.", personal_data: "unsure" },
      ],
    });
  });

  it("Azure Machine Learning", () => {
    expect(readByTool("azure_ml", "azure/job.yml", fixture("azureMl/fixed.yml"))).toEqual({
      tags: { team: "growth", owner: who, personal_data: "unsure" },
      description: "TODO",
    });
  });

  it("ZenML", () => {
    expect(readByTool("zenml", "run.yaml", fixture("zenml/fixed.yaml"))).toEqual({
      extra: { owner: who, purpose: "TODO", personal_data: "unsure" },
      tags: ["churn"],
    });
  });

  it("Databricks", () => {
    expect(readByTool("databricks", "databricks.yml", fixture("databricks/fixed.yml"))).toEqual({
      tags: [
        { owner: who, personal_data: "unsure" },
        { cost_center: "4711", personal_data: "unsure" },
      ],
      description: ["TODO", "Scores all customers every day."],
    });
  });

  it("Kedro", () => {
    const added = { owner: who, purpose: "TODO", personal_data: "unsure" };
    expect(readByTool("kedro", "kedro/base/catalog.yml", fixture("kedro/fixed.yml"))).toEqual({
      customers: added,
      model: { "kedro-viz": { layer: "models" }, ...added },
    });
  });

  it("Prefect", () => {
    expect(readByTool("prefect", "prefect.yaml", fixture("prefect/fixed.yaml"))).toEqual({
      deployments: [
        ["train", ["churn", `owner:${who}`, "personal_data:unsure"], "TODO"],
        ["score", ["personal_data:unsure", `owner:${who}`], "Score all customers every day."],
      ],
    });
  });

  it("Airflow", () => {
    expect(readByTool("airflow", "dag.py", fixture("airflow/fixed.py"))).toEqual({
      churn_training: [[who], ["personal_data:unsure"], "TODO"],
    });
    expect(readByTool("airflow", "decorated.py", fixture("airflow/fixed-decorator.py"))).toMatchObject({
      churn: [["airflow"], ["churn"], "TODO"],
    });
  });

  it("MLflow projects", () => {
    const project = dirname(write("project/MLproject", fixture("mlproject/fixed.MLproject")));
    write("project/python_env.yaml", "python: '3.11'\n");
    const code = "import sys; from mlflow.projects import _project_spec as s; print(s.load_project(sys.argv[1]).name)";
    const output = execFileSync(join(venvOf(3), "bin", "python"), ["-c", code, project], { env: pythonEnv(3), encoding: "utf8" });
    expect(output.trim()).toBe("churn");
  });
});
