/**
 * DAGs of trainings. `train` does what its parameters say, by MLflow's own Python, since Airflow's has none; the tags come with the run's
 * configuration. `sample_…` are those of the shared suite: each notes its starts in a file of its folder.
 */
export const trainingDags = (python: string, folder: string): string => `
import json, os, subprocess, time
from datetime import datetime
from airflow.sdk import Param, dag, get_current_context, task

@dag(dag_id="train", schedule=None, start_date=datetime(2026, 1, 1), catchup=False, is_paused_upon_creation=False, params={
    "lr": Param(0.1, type="number", minimum=0, maximum=1, description="Step size."), "mode": Param("ok", enum=["ok", "bad", "slow", "mlflow"]), "note": "", "layers": [64]})
def train():
    @task
    def fit():
        context = get_current_context()
        params, conf = context["params"], context["dag_run"].conf
        print("PARAMS " + json.dumps([params["lr"], params["note"], params["layers"], conf["mlops"]["job"]]))
        if params["mode"] == "bad":
            raise ValueError("no data")
        for step in range(15 if params["mode"] == "slow" else 0):
            print(f"step {step}.", flush=True)
            time.sleep(1)
        if params["mode"] == "mlflow":
            env = {**os.environ, "MLFLOW_TRACKING_URI": "sqlite:///${folder}/mlflow.db", "MLFLOW_RUN_CONTEXT": json.dumps(conf["mlops"]["run_context"])}
            subprocess.run(["${python}", "-c", "import mlflow\\nwith mlflow.start_run(): mlflow.log_metric('f1', 1)"], env=env, check=True)
    fit()

@dag(dag_id="asleep", schedule=None, start_date=datetime(2026, 1, 1), catchup=False, is_paused_upon_creation=True)
def asleep():
    @task
    def nothing():
        print("awake")
    nothing()

def sample(kind):
    @dag(dag_id=f"sample_{kind}", schedule=None, start_date=datetime(2026, 1, 1), catchup=False, is_paused_upon_creation=False, params={"text": ""})
    def build():
        @task
        def fit():
            with open(f"${folder}/starts-{kind}.txt", "a") as file:
                file.write("x")
            print("begin", flush=True)
            if kind == "fail":
                raise ValueError("no data")
            if kind == "echo":
                print(json.dumps(get_current_context()["params"]["text"], ensure_ascii=False))
            time.sleep(600 if kind == "long" else 0.5)
            print("done")
        fit()
    build()

for kind in ["succeed", "fail", "long", "echo"]:
    sample(kind)
train()
asleep()
`;
