"""Trains the credit score: `python train.py`, or with other values: `python train.py --set l2=0.1`."""

import argparse
import os

import matplotlib
import mlflow
import pandas as pd
import yaml
from mlflow.models import infer_signature
from sklearn.calibration import calibration_curve
from sklearn.compose import make_column_transformer
from sklearn.impute import SimpleImputer
from sklearn.linear_model import SGDClassifier
from sklearn.metrics import brier_score_loss, log_loss, roc_auc_score
from sklearn.model_selection import train_test_split
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import OneHotEncoder, StandardScaler

matplotlib.use("Agg")
from matplotlib import pyplot  # noqa: E402

TARGET = "status"
CATEGORIES = ["home", "marital", "records", "job"]
TAGS = {"team": "risk", "owner": "sam.oduya@example.org"}


def load(path):
    frame = pd.read_csv(path)
    frame[CATEGORIES] = frame[CATEGORIES].fillna("unknown")
    features = frame.drop(columns=TARGET).astype({name: float for name in frame if name not in (TARGET, *CATEGORIES)})
    return features, (frame[TARGET] == "good").astype(int)


def encode(columns):
    numbers = [name for name in columns if name not in CATEGORIES]
    return make_column_transformer(
        (make_pipeline(SimpleImputer(strategy="median"), StandardScaler()), numbers),
        (OneHotEncoder(handle_unknown="ignore"), CATEGORIES),
    )


def epochs(params, x, y):
    """Yields the model after each epoch."""
    rate, seed = params["learning_rate"], params["seed"]
    model = SGDClassifier(loss="log_loss", alpha=params["l2"] / 1000, learning_rate="constant", eta0=rate, random_state=seed)
    for _ in range(params["epochs"]):
        yield model.partial_fit(x, y, classes=[0, 1])


def train(params, options):
    mlflow.log_params(params)
    features, target = load("data/train.csv")
    test_features, test_target = load("data/test.csv")
    for frame, labels, name, context in ((features, target, "train", "training"), (test_features, test_target, "test", "testing")):
        dataset = mlflow.data.from_pandas(
            frame.assign(status=labels), source=f"data/{name}.csv", targets=TARGET, name=f"applications-{name}"
        )
        mlflow.log_input(dataset, context=context)
    if options.without:
        features, test_features = features.drop(columns=options.without), test_features.drop(columns=options.without)
        mlflow.set_tag("without", options.without)
    fit_x, val_x, fit_y, val_y = train_test_split(features, target, test_size=0.2, stratify=target, random_state=params["seed"])
    encoder = encode(features.columns).fit(fit_x)
    for epoch, model in enumerate(epochs(params, encoder.transform(fit_x), fit_y), start=1):
        fitted, validated = (model.predict_proba(encoder.transform(x))[:, 1] for x in (fit_x, val_x))
        mlflow.log_metrics(
            {
                "train_log_loss": log_loss(fit_y, fitted),
                "val_log_loss": log_loss(val_y, validated),
                "val_auc": roc_auc_score(val_y, validated),
            },
            step=epoch,
        )
    scores = model.predict_proba(encoder.transform(test_features))[:, 1]
    auc = roc_auc_score(test_target, scores)
    mlflow.log_metrics({"auc": auc, "gini": 2 * auc - 1, "brier": brier_score_loss(test_target, scores)})
    plot_calibration(test_target, scores)
    if options.register:
        mlflow.sklearn.log_model(
            make_pipeline(encoder, model),
            "model",
            signature=infer_signature(features, model.predict(encoder.transform(features))),
            pip_requirements="requirements.txt",
            registered_model_name=options.register,
        )


def plot_calibration(target, scores):
    observed, predicted = calibration_curve(target, scores, n_bins=8, strategy="quantile")
    figure, axes = pyplot.subplots(figsize=(3.6, 3), dpi=72)
    axes.plot([0, 1], [0, 1], color="#bbbbbb", linewidth=1)
    axes.plot(predicted, observed, marker="o", color="#3b7dd8")
    axes.set_xlabel("predicted probability of good")
    axes.set_ylabel("observed share")
    figure.tight_layout()
    mlflow.log_figure(figure, "plots/calibration.png")
    pyplot.close(figure)


def run(params, options):
    with mlflow.start_run(run_name=options.name, tags=TAGS, description=options.note):
        train(params, options)


def main(arguments=None):
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--set", action="append", default=[], metavar="KEY=VALUE", help="a value instead of the one in params.yaml")
    parser.add_argument("--without", metavar="COLUMN")
    parser.add_argument("--name", help="the run's name")
    parser.add_argument("--note", help="the run's description")
    parser.add_argument("--experiment", default="credit-scoring")
    parser.add_argument("--register", metavar="MODEL", help="log the model and register a new version of MODEL")
    options = parser.parse_args(arguments)
    with open("params.yaml", encoding="utf-8") as file:
        params = yaml.safe_load(file)
    params.update((key, yaml.safe_load(value)) for key, _, value in (item.partition("=") for item in options.set))
    mlflow.set_tracking_uri(os.environ.get("MLFLOW_TRACKING_URI", "sqlite:///mlflow.db"))
    mlflow.set_experiment(options.experiment)
    run(params, options)


if __name__ == "__main__":
    main()
