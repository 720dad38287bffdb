import { quoteForPython } from "../../base/quoteWords";
import { trainingCommand } from "./trainingWorkflow";
import type { TrainingAutomation } from "./trainingAutomation";

/** Where the DAG stands, from the root of the repository. */
export function trainingDagPath({ slug }: Pick<TrainingAutomation, "slug">): string {
  return `dags/mlops_train_${slug.replaceAll("-", "_")}.py`;
}

/** An Airflow 3 DAG of one task, which runs the command without a shell. Owner, purpose and personal data stand where lint's own fix puts them. */
export function trainingDag(automation: TrainingAutomation): string {
  const { owner, personalData, purpose, cron, name, config, causes, timeoutMinutes } = automation;
  const id = `mlops_train_${automation.slug.replaceAll("-", "_")}`;
  const tags = ["mlops", "training", ...(personalData === null ? [] : [`personal_data:${personalData}`])];
  const documentation = `Trains ${name} ${causes.join(", or ")}. Made by MLOps Workbench from ${config}; change train.trigger there and make it anew.

The machine that runs the task needs Node 22.13 or newer, the repository, the data, and what the training needs. MLOPS_REPOSITORY names the
repository where this file does not lie in its folder "dags".`;
  return `import os
import subprocess
from datetime import datetime, timedelta, timezone
from pathlib import Path

from airflow.sdk import dag, task
from airflow.sdk.exceptions import AirflowFailException

DOCUMENTATION = (
${documentation.split("\n").map(pythonLine).join("\n")}
)
COMMAND = [
${trainingCommand(automation)
  .map((word) => `    ${quoteForPython(word)},`)
  .join("\n")}
]
WORDS = {1: "the training failed or is not allowed", 2: "wrong use, or a file that cannot be read", 3: "something could not be judged"}


@dag(
    dag_id=${quoteForPython(id)},
    schedule=${quoteForPython(cron)},
    start_date=datetime(2026, 1, 1, tzinfo=timezone.utc),
    catchup=False,
    max_active_runs=1,
    tags=[${tags.map(quoteForPython).join(", ")}],${owner === null ? "" : `\n    default_args={"owner": ${quoteForPython(owner)}},`}
    description=${quoteForPython(purpose)},
    doc_md=DOCUMENTATION,
)
def ${id}():
    @task(execution_timeout=timedelta(minutes=${timeoutMinutes}), retries=0)
    def train():
        repository = os.environ.get("MLOPS_REPOSITORY", str(Path(__file__).resolve().parents[1]))
        done = subprocess.run(COMMAND, cwd=repository, check=False)
        if done.returncode != 0:
            raise AirflowFailException(f"mlops retrain ended with {done.returncode}: {WORDS.get(done.returncode, 'see the log')}.")

    train()


${id}()
`;
}

/** Strings that stand below each other are one to Python. */
function pythonLine(line: string): string {
  return `    ${quoteForPython(`${line}\n`)}`;
}
