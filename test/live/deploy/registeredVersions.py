"""Registers models with four versions each, which nobody has to load: `python registeredVersions.py URI NAME COUNT`."""

import sys

import mlflow
from mlflow.tracking import MlflowClient

uri, name, count = sys.argv[1], sys.argv[2], int(sys.argv[3])
mlflow.set_tracking_uri(uri)
mlflow.set_registry_uri(uri)
mlflow.set_experiment("releases")
client = MlflowClient()
with mlflow.start_run(run_name="made") as run:
    mlflow.log_metric("f1", 0.8)
    mlflow.log_text("a model", "model/MLmodel")
for number in range(1, count + 1):
    client.create_registered_model("%s %d" % (name, number))
    for _ in range(4):
        client.create_model_version("%s %d" % (name, number), run.info.artifact_uri + "/model", run.info.run_id)
