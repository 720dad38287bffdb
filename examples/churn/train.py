"""Trains the churn model: `python train.py`, or with other values: `python train.py --set learning_rate=0.05`."""

import argparse
import os

import matplotlib
import mlflow
import numpy as np
import pandas as pd
import yaml
from mlflow.models import infer_signature
from sklearn.compose import make_column_transformer
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.inspection import permutation_importance
from sklearn.linear_model import SGDClassifier
from sklearn.metrics import classification_report, f1_score, log_loss, precision_score, recall_score, roc_auc_score
from sklearn.model_selection import train_test_split
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import OneHotEncoder, OrdinalEncoder, StandardScaler

matplotlib.use("Agg")
from matplotlib import pyplot  # noqa: E402

TARGET = "churn"
CATEGORIES = ["state", "international_plan", "voice_mail_plan"]
TAGS = {"team": "growth", "owner": "ana.ruiz@example.org"}


def load(path):
    frame = pd.read_csv(path)
    return frame.drop(columns=TARGET), (frame[TARGET] == "yes").astype(int)


def encode(params, columns):
    numbers = [name for name in columns if name not in CATEGORIES]
    if params["model"] == "logistic":
        return make_column_transformer((StandardScaler(), numbers), (OneHotEncoder(handle_unknown="ignore"), CATEGORIES))
    unknown = {"handle_unknown": "use_encoded_value", "unknown_value": -1}
    return make_column_transformer(("passthrough", numbers), (OrdinalEncoder(**unknown), CATEGORIES))


def epochs(params, x, y):
    """Yields the model after each epoch (logistic) or after each new tree (boosting)."""
    if params["model"] == "logistic":
        model = SGDClassifier(
            loss="log_loss", alpha=params["l2"] / 1000, learning_rate="constant", eta0=params["learning_rate"], random_state=params["seed"]
        )
        weights = np.where(y == 1, (y == 0).sum() / (y == 1).sum(), 1.0) if params["class_weight"] == "balanced" else np.ones(len(y))
        for _ in range(params["epochs"]):
            yield model.partial_fit(x, y, classes=[0, 1], sample_weight=weights)
    elif params["model"] == "boosting":
        model = HistGradientBoostingClassifier(
            learning_rate=params["learning_rate"],
            max_leaf_nodes=params["max_leaf_nodes"],
            l2_regularization=params["l2"],
            class_weight=None if params["class_weight"] == "none" else "balanced",
            warm_start=True,
            random_state=params["seed"],
        )
        for trees in range(1, params["epochs"] + 1):
            yield model.set_params(max_iter=2 * trees).fit(x, y)
    else:
        raise ValueError(f"Unknown model {params['model']!r}: choose logistic or boosting")


def train(params, register):
    mlflow.log_params(params)
    features, target = load("data/train.csv")
    test_features, test_target = load("data/test.csv")
    for frame, labels, name, context in ((features, target, "train", "training"), (test_features, test_target, "test", "testing")):
        dataset = mlflow.data.from_pandas(frame.assign(churn=labels), source=f"data/{name}.csv", targets=TARGET, name=f"churn-{name}")
        mlflow.log_input(dataset, context=context)
    fit_x, val_x, fit_y, val_y = train_test_split(features, target, test_size=0.2, stratify=target, random_state=params["seed"])
    encoder = encode(params, features.columns).fit(fit_x)
    for epoch, model in enumerate(epochs(params, encoder.transform(fit_x), fit_y), start=1):
        fitted = model.predict_proba(encoder.transform(fit_x))[:, 1]
        validated = model.predict_proba(encoder.transform(val_x))[:, 1]
        losses = {"train_log_loss": log_loss(fit_y, fitted), "val_log_loss": log_loss(val_y, validated)}
        mlflow.log_metrics({**losses, "val_auc": roc_auc_score(val_y, validated)}, step=epoch)
        if losses["val_log_loss"] > 5:
            raise FloatingPointError(f"Training diverged in epoch {epoch}: the validation loss is {losses['val_log_loss']:.1f}")
    scores = model.predict_proba(encoder.transform(test_features))[:, 1]
    labels = (scores >= params["threshold"]).astype(int)
    auc = roc_auc_score(test_target, scores)
    mlflow.log_metrics(
        {
            "auc": auc,
            "f1": f1_score(test_target, labels),
            "precision": precision_score(test_target, labels, zero_division=0),
            "recall": recall_score(test_target, labels),
        }
    )
    pipeline = make_pipeline(encoder, model)
    explain(pipeline, test_features, test_target, labels, params["seed"])
    if register:
        mlflow.sklearn.log_model(
            pipeline,
            name="model",
            signature=infer_signature(features, model.predict(encoder.transform(features))),
            pip_requirements="requirements.txt",
            registered_model_name="churn-classifier",
            serialization_format="cloudpickle",
        )
    return auc


def explain(pipeline, features, target, labels, seed):
    mlflow.log_text(classification_report(target, labels), "classification_report.txt")
    importance = permutation_importance(pipeline, features, target, scoring="roc_auc", n_repeats=2, random_state=seed)
    table = pd.DataFrame({"feature": features.columns, "importance": importance.importances_mean.round(5)})
    table = table.sort_values("importance", ascending=False)
    mlflow.log_text(table.to_csv(index=False, lineterminator="\n"), "importance.csv")
    figure, axes = pyplot.subplots(figsize=(5, 3), dpi=72)
    top = table.head(8).iloc[::-1]
    axes.barh(top["feature"], top["importance"], color="#3b7dd8")
    axes.set_xlabel("loss of AUC when shuffled")
    figure.tight_layout()
    mlflow.log_figure(figure, "plots/importance.png")
    pyplot.close(figure)


def run(params, options, name=None, nested=False):
    with mlflow.start_run(run_name=name, nested=nested, tags=TAGS, description=options.note):
        try:
            return train(params, options.register)
        except Exception as error:
            mlflow.set_tag("error", f"{type(error).__name__}: {error}")
            raise


def sweep(params, options):
    """One parent run, and a nested run for each value: `--sweep learning_rate=0.02,0.05,0.1`."""
    key, _, values = options.sweep.partition("=")
    with mlflow.start_run(run_name=options.name, tags={**TAGS, "sweep": key}, description=options.note):
        mlflow.log_params({"swept": key, "values": values})
        child = argparse.Namespace(note=None, register=False)
        scores = [run({**params, key: yaml.safe_load(value)}, child, f"{key}={value}", nested=True) for value in values.split(",")]
        mlflow.log_metric("best_auc", max(scores))


def main(arguments=None):
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--set", action="append", default=[], metavar="KEY=VALUE", help="a value instead of the one in params.yaml")
    parser.add_argument("--sweep", metavar="KEY=V1,V2")
    parser.add_argument("--name", help="the run's name")
    parser.add_argument("--note", help="the run's description")
    parser.add_argument("--experiment", default="churn/boosting")
    parser.add_argument("--register", action="store_true", help="log the model and register a new version")
    options = parser.parse_args(arguments)
    with open("params.yaml", encoding="utf-8") as file:
        params = yaml.safe_load(file)
    params.update((key, yaml.safe_load(value)) for key, _, value in (item.partition("=") for item in options.set))
    mlflow.set_tracking_uri(os.environ.get("MLFLOW_TRACKING_URI", "sqlite:///mlflow.db"))
    mlflow.set_experiment(options.experiment)
    if options.sweep:
        sweep(params, options)
    else:
        run(params, options, name=options.name)


if __name__ == "__main__":
    main()
