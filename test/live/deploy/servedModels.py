"""Registers versions 1 and 2, which answer with their number, and 3, which does not load: `python servedModels.py URI MODEL`."""

import os
import sys

import mlflow
import mlflow.pyfunc
import pandas


class Numbered(mlflow.pyfunc.PythonModel):
    def __init__(self, number):
        self.number = number

    def predict(self, context, model_input, params=None):
        return [self.number] * len(model_input)


class Broken(mlflow.pyfunc.PythonModel):
    def load_context(self, context):
        # MLflow 2 loads it once to save it.
        if "SAVING" not in os.environ:
            raise ValueError("the weights are damaged")

    def predict(self, context, model_input, params=None):
        return model_input


os.environ["SAVING"] = "1"
mlflow.set_tracking_uri(sys.argv[1])
mlflow.set_registry_uri(sys.argv[1])
mlflow.set_experiment("served")
example = pandas.DataFrame({"amount": [1.5, 2.5], "country": ["de", "fr"]})
for model in (Numbered("1"), Numbered("2"), Broken()):
    with mlflow.start_run():
        where = {"name": "model"} if mlflow.__version__.startswith("3") else {"artifact_path": "model"}
        signature = mlflow.models.infer_signature(example, ["1"])
        mlflow.pyfunc.log_model(
            **where, python_model=model, signature=signature, registered_model_name=sys.argv[2], pip_requirements=["mlflow"]
        )
