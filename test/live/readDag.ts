import { execFileSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

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
    spec = importlib.util.spec_from_file_location("generated_dag", sys.argv[1])
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

/**
 * What the real Airflow makes of a generated file: its DAGs by id and, with "run", how the task of the first ended.
 * @param folder stands for the repository.
 */
export function readDag(folder: string, name: string, text: string, ...args: readonly "run"[]): Record<string, unknown> {
  mkdirSync(join(folder, "dags"), { recursive: true });
  const [file, script] = [join(folder, "dags", name), join(folder, "read.py")];
  writeFileSync(file, text);
  writeFileSync(script, SCRIPT);
  const env = { ...process.env, HOME: folder, AIRFLOW_HOME: join(folder, "airflow"), MLOPS_REPOSITORY: folder };
  const output = execFileSync(python(), [script, file, ...args], { env, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });
  return JSON.parse(output) as Record<string, unknown>;
}
