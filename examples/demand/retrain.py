"""Trains a plain forecast with nothing but Python itself: `python retrain.py`, or Retrain in the editor.

A linear model by stochastic gradient descent on the same data as `train.py`, which has the better model and needs the packages of requirements.txt.
The run is written as MLflow keeps runs in a folder, so that it stands beside the others.
"""

import sys

if sys.version_info < (3, 8):
    sys.exit("This needs Python 3.8 or newer, and this is Python " + sys.version.split()[0] + ".")

import argparse
import csv
import json
import math
import os
import pathlib
import random
import signal
import time
import urllib.parse
import urllib.request
import uuid
from datetime import date

HERE = pathlib.Path(__file__).resolve().parent
WEATHER = ["temp_min", "temp_max", "wind", "rain", "snow"]
VALIDATION_DAYS = 120
RUNNING, FINISHED, FAILED, KILLED = 1, 3, 4, 5  # As MLflow counts them.


def load(path, weather):
    """Features and riders of each day, in the order of the file."""
    rows = []
    with open(path, encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            day = date.fromisoformat(row["date"])
            angle = 2 * math.pi * day.timetuple().tm_yday / 365.25
            columns = ["riders_14_days_ago", "cubs_home", "bulls_home", *(WEATHER if weather else [])]
            features = [float(day.weekday() == one) for one in range(7)] + [math.sin(angle), math.cos(angle)]
            rows.append((features + [float(row[name]) for name in columns], float(row["riders"])))
    return rows


def scaling(rows):
    """Mean and spread of each feature."""
    columns = list(zip(*(features for features, _ in rows)))
    means = [sum(column) / len(column) for column in columns]
    spreads = [math.sqrt(sum((value - mean) ** 2 for value in column) / len(column)) or 1.0 for column, mean in zip(columns, means)]
    return means, spreads


def scaled(rows, means, spreads):
    return [([(value - mean) / spread for value, mean, spread in zip(features, means, spreads)], riders) for features, riders in rows]


def forecast(weights, features):
    return weights[-1] + sum(weight * value for weight, value in zip(weights, features))


def rmse(weights, rows):
    return math.sqrt(sum((forecast(weights, features) - riders) ** 2 for features, riders in rows) / len(rows))


def train(rows, validation, options, run):
    """Weights, the last of which is the constant."""
    shuffle = random.Random(options.seed)
    weights = [0.0] * (len(rows[0][0]) + 1)
    order = list(rows)
    for epoch in range(1, options.epochs + 1):
        shuffle.shuffle(order)
        rate = options.learning_rate / math.sqrt(epoch)
        for features, riders in order:
            error = forecast(weights, features) - riders
            for index, value in enumerate(features):
                weights[index] -= rate * error * value
            weights[-1] -= rate * error
        fitted = rmse(weights, rows) if all(map(math.isfinite, weights)) else math.inf
        if not fitted < 1000:
            raise FloatingPointError(f"Training diverged in epoch {epoch}: try a smaller learning rate than {options.learning_rate}.")
        error = rmse(weights, validation)
        run.metric("train/rmse", fitted, epoch)
        run.metric("val/rmse", error, epoch)
        print(f"epoch {epoch}/{options.epochs} train/rmse {fitted:.3f} val/rmse {error:.3f}", flush=True)
    return weights


class Run:
    """A run in the folder of a tracking store, as MLflow writes it."""

    def __init__(self, store, experiment, name):
        self.id = uuid.uuid4().hex
        self.name = name
        self.started = now()
        self.experiment = find_experiment(store, experiment)
        self.folder = self.experiment / self.id
        for part in ("metrics", "params", "tags", "artifacts"):
            (self.folder / part).mkdir(parents=True)
        self.end(RUNNING)

    def write(self, path, text, mode="w"):
        target = self.folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        with open(target, mode, encoding="utf-8", newline="\n") as file:
            file.write(text)

    def param(self, name, value):
        self.write(f"params/{name}", str(value))

    def tag(self, name, value):
        self.write(f"tags/{name}", str(value))

    def metric(self, name, value, step=0):
        self.write(f"metrics/{name}", f"{now()} {value} {step}\n", "a")

    def end(self, status):
        lines = {
            "artifact_uri": json.dumps((self.folder / "artifacts").as_uri()),
            "end_time": "null" if status == RUNNING else str(now()),
            "entry_point_name": "''",
            "experiment_id": f"'{self.experiment.name}'",
            "lifecycle_stage": "active",
            "run_id": self.id,
            "run_name": json.dumps(self.name),
            "source_name": "''",
            "source_type": "4",
            "source_version": "''",
            "start_time": str(self.started),
            "status": str(status),
            "tags": "[]",
            "user_id": "''",
        }
        self.write("meta.yaml", "".join(f"{name}: {value}\n" for name, value in lines.items()))


def now():
    """Milliseconds since 1970."""
    return int(time.time() * 1000)


def store_folder(uri):
    parts = urllib.parse.urlsplit(uri)
    if parts.scheme == "file":
        return pathlib.Path(urllib.request.url2pathname(parts.path))
    if len(parts.scheme) > 1:  # One letter is a drive of Windows.
        sys.exit(f"This script writes runs into a folder only, and {parts.scheme} is none. train.py writes to servers and databases.")
    return HERE / uri


def find_experiment(store, name):
    for meta in sorted(store.glob("*/meta.yaml")):
        if f"name: {name}" in meta.read_text(encoding="utf-8").splitlines():
            return meta.parent
    sys.exit(f"There is no experiment {name} in {store}.")


def main(arguments=None):
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--learning-rate", type=float, default=0.001)
    parser.add_argument("--epochs", type=int, default=20)
    parser.add_argument("--weather", choices=["true", "false"], default="true")
    parser.add_argument("--seed", type=int, default=3)
    options = parser.parse_args(arguments)
    weather = options.weather == "true"
    known, test = load(HERE / "data" / "train.csv", weather), load(HERE / "data" / "test.csv", weather)
    means, spreads = scaling(known[:-VALIDATION_DAYS])
    fit, validation = scaled(known[:-VALIDATION_DAYS], means, spreads), scaled(known[-VALIDATION_DAYS:], means, spreads)
    store = store_folder(os.environ.get("MLFLOW_TRACKING_URI", "mlruns"))
    run = Run(store, os.environ.get("MLFLOW_EXPERIMENT_NAME", "demand.daily"), "plain Python")
    tags = {"mlflow.runName": run.name, "mlflow.source.name": "retrain.py", "mlflow.source.type": "LOCAL", "team": "operations"}
    for name, value in {**tags, **json.loads(os.environ.get("MLFLOW_RUN_CONTEXT", "{}"))}.items():
        run.tag(name, value)
    for name, value in {"model": "linear", **vars(options)}.items():
        run.param(name, value)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("It was ended before it was ready."))
    try:
        weights = train(fit, validation, options, run)
    except FloatingPointError as error:
        run.end(FAILED)
        sys.exit(str(error))
    except BaseException:
        run.end(KILLED)
        raise
    errors = [forecast(weights, features) - riders for features, riders in scaled(test, means, spreads)]
    mae = sum(map(abs, errors)) / len(errors)
    run.metric("test/mae", mae)
    run.metric("test/rmse", math.sqrt(sum(error**2 for error in errors) / len(errors)))
    run.write("artifacts/model.json", json.dumps({"means": means, "spreads": spreads, "weights": weights}, indent=1) + "\n")
    run.end(FINISHED)
    print(f"test/mae {mae:.3f} thousand riders a day")


if __name__ == "__main__":
    main()
