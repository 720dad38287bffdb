"""A training script that takes its steps when told to: one command per line of standard input, one JSON answer per line.

    start NAME          a run in the experiment "training" → its id
    log RUN KEY N       N steps of a metric
    finish RUN
    register RUN NAME   a version of a registered model → its number
"""

import json
import sys
import time

from mlflow import MlflowClient
from mlflow.exceptions import MlflowException

# MLflow prints to standard output as well, which holds our answers only.
answers, sys.stdout = sys.stdout, sys.stderr
client = MlflowClient()
experiment = client.get_experiment_by_name("training")
experiment_id = experiment.experiment_id if experiment else client.create_experiment("training")


def register(run_id, name):
    try:
        client.create_registered_model(name)
    except MlflowException:
        pass  # It is there already.
    return client.create_model_version(name, f"runs:/{run_id}/model", run_id=run_id, await_creation_for=0).version


for line in sys.stdin:
    command, *words = line.split()
    answer = None
    if command == "start":
        answer = client.create_run(experiment_id, run_name=words[0]).info.run_id
    elif command == "log":
        run_id, key, count = words
        for step in range(int(count)):
            client.log_metric(run_id, key, 1 / (step + 1), step=step)
    elif command == "finish":
        client.set_terminated(words[0], end_time=int(time.time() * 1000))
    elif command == "register":
        answer = register(*words)
    print(json.dumps(answer), file=answers, flush=True)
