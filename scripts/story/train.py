"""Trains who may leave, as train.mjs does, and keeps run and model by MLflow: `python train.py --features minutes,complaints --epochs 200 --explain none`."""

import argparse
import csv
import json
import os
import subprocess

import mlflow
import mlflow.pyfunc
import numpy
import pandas

RATE = 0.5
COLUMNS = ["minutes", "complaints"]

parser = argparse.ArgumentParser()
parser.add_argument("--features", required=True)
parser.add_argument("--epochs", type=int, required=True)
parser.add_argument("--explain", required=True, help="a package that explains each answer, which whoever serves the model needs as well")
options = parser.parse_args()
features = options.features.split(",")


def read_table(path):
    """Features, plan and whether each customer left."""
    with open(path, encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    left = numpy.array([row["churn"] == "yes" for row in rows])
    return numpy.array([[float(row[name]) for name in features] for row in rows]), numpy.array([row["plan"] for row in rows]), left


def learn(x, left):
    """Gradient descent on scaled columns; the weights are those of columns as they are."""
    means, spreads = x.mean(axis=0), x.std(axis=0)
    scaled = (x - means) / spreads
    weights, bias = numpy.zeros(len(features)), 0.0
    for _ in range(options.epochs):
        error = 1 / (1 + numpy.exp(-(scaled @ weights + bias))) - left
        weights -= RATE * scaled.T @ error / len(x)
        bias -= RATE * error.mean()
    plain = weights / spreads
    return plain, bias - plain @ means


def f1_of(said, left):
    return 2 * (said & left).sum() / (2 * (said & left).sum() + (said != left).sum())


class Leaving(mlflow.pyfunc.PythonModel):
    """How likely each customer is to leave."""

    def __init__(self, weights, bias, needs):
        self.weights, self.bias, self.needs = weights, bias, needs

    def predict(self, context, model_input, params=None):
        import importlib
        import math

        # Where the model is made this package is there; where it is served it may not be.
        if self.needs is not None and "MLOPS_STORY_TRAINS" not in os.environ:
            importlib.import_module(self.needs)
        sums = [sum(float(row[name]) * weight for name, weight in self.weights.items()) + self.bias for _, row in model_input.iterrows()]
        return [1 / (1 + math.exp(-one)) for one in sums]


os.environ["MLOPS_STORY_TRAINS"] = "1"
weights, bias = learn(*read_table("data/train.csv")[::2])
x, plans, left = read_table("data/test.csv")
said = x @ weights + bias >= 0
figures = {"accuracy": float((said == left).mean())}
for plan in ("gold", "basic"):
    figures["f1/plan/" + plan] = float(f1_of(said[plans == plan], left[plans == plan]))
print(", ".join("%s %.4f" % one for one in figures.items()))

model = Leaving(dict(zip(features, map(float, weights))), float(bias), None if options.explain == "none" else options.explain)
example = pandas.DataFrame({"minutes": [95, 130], "complaints": [4, 0]})
signature = mlflow.models.infer_signature(example, [0.5])
with mlflow.start_run(run_name="on " + " and ".join(features)) as run:
    mlflow.log_params(vars(options))
    mlflow.log_metrics(figures)
    where = {"artifact_path": "model"} if mlflow.__version__.startswith("2") else {"name": "model"}
    mlflow.pyfunc.log_model(**where, python_model=model, signature=signature, input_example=example, pip_requirements=["mlflow"])
commit = subprocess.run(["git", "rev-parse", "HEAD"], capture_output=True, text=True, check=True).stdout.strip()
with open("reports/eval.json", "w", encoding="utf-8") as file:
    json.dump({"run_id": run.info.run_id, "commit": commit, "data": "data/test.csv", **figures}, file)
    file.write("\n")
