"""Registers versions 1 and 2, which answer with their number, and 3, which loads and fails when it is asked; each with an input example: `python releasedModels.py URI MODEL`."""

import os
import sys

import mlflow
import mlflow.pyfunc
import pandas


class Numbered(mlflow.pyfunc.PythonModel):
    def __init__(self, number):
        self.number = number

    def predict(self, context, model_input, params=None):
        # MLflow asks it to save it.
        if self.number == "3" and "SAVING" not in os.environ:
            raise ValueError("the scaler was trained on other columns")
        return [self.number] * len(model_input)


os.environ["SAVING"] = "1"
mlflow.set_tracking_uri(sys.argv[1])
mlflow.set_registry_uri(sys.argv[1])
mlflow.set_experiment("released")
example = pandas.DataFrame({"amount": [1.5, 2.5], "country": ["de", "fr"]})
for number in ("1", "2", "3"):
    with mlflow.start_run():
        where = {"name": "model"} if mlflow.__version__.startswith("3") else {"artifact_path": "model"}
        mlflow.pyfunc.log_model(
            **where,
            python_model=Numbered(number),
            signature=mlflow.models.infer_signature(example, ["1"]),
            input_example=example,
            registered_model_name=sys.argv[2],
            pip_requirements=["mlflow"],
        )
