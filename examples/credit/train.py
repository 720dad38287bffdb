"""Trains the credit score: `python train.py`, or with other values: `python train.py --set model=scorecard`."""

import argparse
import os

import matplotlib
import mlflow
import numpy as np
import pandas as pd
import yaml
from mlflow.models import infer_signature
from sklearn.calibration import calibration_curve
from sklearn.compose import make_column_transformer
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.impute import SimpleImputer
from sklearn.linear_model import SGDClassifier
from sklearn.metrics import brier_score_loss, log_loss, roc_auc_score
from sklearn.model_selection import train_test_split
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import OneHotEncoder, OrdinalEncoder, StandardScaler

matplotlib.use("Agg")
from matplotlib import pyplot  # noqa: E402

TARGET = "status"
CATEGORIES = ["home", "marital", "records", "job"]
TAGS = {"team": "risk", "owner": "sam.oduya@example.org"}
AGE_BANDS = {"under_30": (0, 30), "30_to_44": (30, 45), "45_and_over": (45, 200)}


def load(path):
    frame = pd.read_csv(path)
    frame[CATEGORIES] = frame[CATEGORIES].fillna("unknown")
    features = frame.drop(columns=TARGET).astype({name: float for name in frame if name not in (TARGET, *CATEGORIES)})
    return features, (frame[TARGET] == "good").astype(int)


def encode(params, columns):
    numbers = [name for name in columns if name not in CATEGORIES]
    categories = [name for name in columns if name in CATEGORIES]
    if params["model"] == "scorecard":
        return make_column_transformer(
            (make_pipeline(SimpleImputer(strategy="median"), StandardScaler()), numbers),
            (OneHotEncoder(handle_unknown="ignore"), categories),
        )
    unknown = {"handle_unknown": "use_encoded_value", "unknown_value": -1}
    return make_column_transformer(("passthrough", numbers), (OrdinalEncoder(**unknown), categories))


def epochs(params, x, y):
    """Yields the model after each epoch (scorecard) or after each two trees (boosting)."""
    if params["model"] == "scorecard":
        rate, seed = params["learning_rate"], params["seed"]
        model = SGDClassifier(loss="log_loss", alpha=params["l2"] / 1000, learning_rate="constant", eta0=rate, random_state=seed)
        for _ in range(params["epochs"]):
            yield model.partial_fit(x, y, classes=[0, 1])
    elif params["model"] == "boosting":
        model = HistGradientBoostingClassifier(
            learning_rate=params["learning_rate"],
            max_leaf_nodes=params["max_leaf_nodes"],
            l2_regularization=params["l2"],
            warm_start=True,
            random_state=params["seed"],
        )
        for trees in range(1, params["epochs"] + 1):
            yield model.set_params(max_iter=2 * trees).fit(x, y)
    else:
        raise ValueError(f"Unknown model {params['model']!r}: choose scorecard or boosting")


def approval(params, age, scores):
    """The share of approved applications by age band, and the lowest share divided by the highest."""
    approved = scores >= params["min_good_probability"]
    rates = {band: approved[(age >= low) & (age < high)].mean() for band, (low, high) in AGE_BANDS.items()}
    by_band = {f"approval_rate.{band}": rate for band, rate in rates.items()}
    return {"approval_rate": approved.mean(), **by_band, "selection_rate_ratio": min(rates.values()) / max(rates.values())}


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
    encoder = encode(params, features.columns).fit(fit_x)
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
    mlflow.log_metrics(approval(params, load("data/test.csv")[0]["age"], scores))
    plot_calibration(test_target, scores)
    deciles = np.array_split(test_target.to_numpy()[np.argsort(scores)], 10)
    mlflow.log_table(pd.DataFrame({"decile": range(1, 11), "good_share": [decile.mean() for decile in deciles]}), "deciles.json")
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


def run(params, options, name=None, nested=False):
    with mlflow.start_run(run_name=name, nested=nested, tags=TAGS, description=options.note):
        train(params, options)


def ablate(params, options):
    """One parent run, and a nested run without each of the columns: `--ablate age,marital`."""
    with mlflow.start_run(run_name=options.name, tags=TAGS, description=options.note):
        mlflow.log_params({**params, "columns": options.ablate})
        for column in options.ablate.split(","):
            run(params, argparse.Namespace(note=None, register=None, without=column), name=f"without {column}", nested=True)


def main(arguments=None):
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--set", action="append", default=[], metavar="KEY=VALUE", help="a value instead of the one in params.yaml")
    parser.add_argument("--ablate", metavar="COLUMN,COLUMN")
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
    if options.ablate:
        ablate(params, options)
    else:
        run(params, options, name=options.name)


if __name__ == "__main__":
    main()
