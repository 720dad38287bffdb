"""Trains nothing and logs a model all the same: `python loggedModel.py URI EXPERIMENT`. Prints the run's id."""

import sys

import mlflow
import mlflow.pyfunc


class Same(mlflow.pyfunc.PythonModel):
    def predict(self, context, model_input, params=None):
        return model_input


mlflow.set_tracking_uri(sys.argv[1])
mlflow.set_experiment(sys.argv[2])
with mlflow.start_run(run_name="made") as run:
    mlflow.log_metric("f1", 0.9)
    where = {"name": "model"} if mlflow.__version__.startswith("3") else {"artifact_path": "model"}
    mlflow.pyfunc.log_model(**where, python_model=Same(), pip_requirements=["mlflow"])
print("run:" + run.info.run_id)
