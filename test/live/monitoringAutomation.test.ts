import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterAll, describe, expect, it } from "vitest";

import { type MonitoringAutomation, monitoringDag } from "../../src/core/monitoring/automation";

const folder = mkdtempSync(join(tmpdir(), "mlops-monitoring-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function python(): string {
  const venv = process.env["MLOPS_VENV_PIPELINES"];
  if (venv === undefined) {
    throw new Error('MLOPS_VENV_PIPELINES is not set: run the live tests with "npm run test:live".');
  }
  return join(venv, "bin", "python");
}

/** Imports a DAG file as Airflow does, and can run its task's own function. */
const SCRIPT = `
import contextlib, importlib.util, json, os, sys
with contextlib.redirect_stdout(sys.stderr):
    from airflow.sdk import DAG
    made = []
    original = DAG.__attrs_post_init__
    def noticed(self):
        original(self)
        made.append(self)
    DAG.__attrs_post_init__ = noticed
    spec = importlib.util.spec_from_file_location("monitoring_dag", sys.argv[1])
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    answer = {}
    for dag in made:
        answer[dag.dag_id] = {
            "schedule": str(dag.schedule), "catchup": dag.catchup, "max_active_runs": dag.max_active_runs, "tags": sorted(dag.tags),
            "tasks": [[task.task_id, task.owner, task.retries, task.execution_timeout.total_seconds()] for task in dag.tasks],
        }
    if len(sys.argv) > 2:
        try:
            made[0].tasks[0].python_callable()
            answer["outcome"] = "success"
        except Exception as error:
            answer["outcome"] = f"{type(error).__name__}: {error}"
print(json.dumps(answer))
`;

function airflow(name: string, text: string, ...args: readonly string[]): Record<string, unknown> {
  mkdirSync(join(folder, "dags"), { recursive: true });
  const [file, script] = [join(folder, "dags", name), join(folder, "read.py")];
  writeFileSync(file, text);
  writeFileSync(script, SCRIPT);
  const env = { ...process.env, HOME: folder, AIRFLOW_HOME: join(folder, "airflow"), MLOPS_REPOSITORY: folder };
  const output = execFileSync(python(), [script, file, ...args], { env, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });
  return JSON.parse(output) as Record<string, unknown>;
}

describe("the generated DAG", () => {
  const ALL: MonitoringAutomation = { source: { kind: "copy" }, products: null, cron: "23 4 * * 1" };

  it("is one to Airflow, with its schedule and one task that ends", () => {
    expect(airflow("mlops_monitoring.py", monitoringDag({ ...ALL, owner: "ana@example.org" }))).toEqual({
      mlops_monitoring: {
        schedule: "23 4 * * 1",
        catchup: false,
        max_active_runs: 1,
        tags: ["mlops", "monitoring"],
        tasks: [["check", "ana@example.org", 0, 3600]],
      },
    });
  });

  it.each([
    [0, "success"],
    [1, "AirflowFailException: mlops monitor ended with 1: drift or a KPI failed."],
    [3, "AirflowFailException: mlops monitor ended with 3: something could not be judged."],
  ])("runs the command in the repository, and fails with what %i means", (code, outcome) => {
    mkdirSync(join(folder, ".mlops"), { recursive: true });
    writeFileSync(
      join(folder, ".mlops/mlops.cjs"),
      `process.exit(process.argv[2] === "monitor" && process.argv[4] === "--due" ? ${code} : 9);\n`,
    );
    expect(airflow(`run_${code}.py`, monitoringDag(ALL), "run")["outcome"]).toBe(outcome);
  });
});
