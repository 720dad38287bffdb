"""Trains the ridership forecast: `python train.py`, or `python train.py --set learning_rate=0.0005`."""

import argparse
import os

os.environ.setdefault("MLFLOW_ALLOW_FILE_STORE", "true")  # MLflow 3 opens an mlruns folder only when told to.

import matplotlib
import mlflow
import numpy as np
import pandas as pd
import yaml
from sklearn.linear_model import SGDRegressor
from sklearn.metrics import mean_absolute_error, mean_absolute_percentage_error, root_mean_squared_error
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

matplotlib.use("Agg")
from matplotlib import pyplot  # noqa: E402

TARGET = "riders"
WEATHER = ["temp_min", "temp_max", "wind", "rain", "snow"]
TAGS = {"team": "operations", "owner": "mia.berg@example.org"}


def load(path, weather):
    frame = pd.read_csv(path, parse_dates=["date"])
    features = pd.get_dummies(frame["date"].dt.dayofweek, prefix="day", dtype=float)
    angle = 2 * np.pi * frame["date"].dt.dayofyear / 365.25
    features = features.assign(season_sin=np.sin(angle), season_cos=np.cos(angle))
    columns = ["riders_14_days_ago", "cubs_home", "bulls_home", *(WEATHER if weather else [])]
    return pd.concat([features, frame[columns].astype(float)], axis=1), frame[TARGET], frame["date"]


def choose(params):
    return SGDRegressor(alpha=params["alpha"], learning_rate="constant", eta0=params["learning_rate"], random_state=params["seed"])


def train(params, fit, test):
    """Trains on `fit`, whose last 120 days are for validation, and returns the model and its forecast for `test`."""
    features, target, _ = fit
    fit_x, fit_y, val_x, val_y = features[:-120], target[:-120], features[-120:], target[-120:]
    scaler, model = StandardScaler().fit(fit_x), choose(params)
    for epoch in range(1, params["epochs"] + 1):
        model.partial_fit(scaler.transform(fit_x), fit_y)
        error = root_mean_squared_error(val_y, model.predict(scaler.transform(val_x)))
        fitted = root_mean_squared_error(fit_y, model.predict(scaler.transform(fit_x)))
        mlflow.log_metrics({"train/rmse": fitted, "val/rmse": error}, step=epoch)
        if not error < 1000:
            raise FloatingPointError(f"Training diverged in epoch {epoch}: the validation error is {error:.3g}")
    pipeline = make_pipeline(scaler, model)
    forecast = pipeline.predict(test[0])
    mlflow.log_metrics(
        {
            "test/mae": mean_absolute_error(test[1], forecast),
            "test/rmse": root_mean_squared_error(test[1], forecast),
            "test/mape": mean_absolute_percentage_error(test[1], forecast),
        }
    )
    return pipeline, forecast


def log_forecast(test, forecast):
    table = pd.DataFrame({"date": test[2].dt.strftime("%Y-%m-%d"), "riders": test[1], "forecast": forecast.round(3)})
    mlflow.log_text(table.head(60).to_csv(index=False, lineterminator="\n"), "forecast.csv")
    figure, axes = pyplot.subplots(figsize=(6, 2.6), dpi=72)
    axes.plot(test[2][:60], test[1][:60], label="riders", color="#888888")
    axes.plot(test[2][:60], forecast[:60], label="forecast", color="#3b7dd8", linestyle="--")
    axes.set_ylabel("thousands a day")
    axes.legend()
    figure.autofmt_xdate()
    figure.tight_layout()
    mlflow.log_figure(figure, "plots/forecast.png")
    pyplot.close(figure)


def run(params, options):
    with mlflow.start_run(run_name=options.name, tags=TAGS, description=options.note):
        mlflow.log_params(params)
        fit, test = load("data/train.csv", params["weather"]), load("data/test.csv", params["weather"])
        _, forecast = train(params, fit, test)
        log_forecast(test, forecast)


def main(arguments=None):
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--set", action="append", default=[], metavar="KEY=VALUE", help="a value instead of the one in params.yaml")
    parser.add_argument("--name", help="the run's name")
    parser.add_argument("--note", help="the run's description")
    parser.add_argument("--experiment", default="demand.daily")
    options = parser.parse_args(arguments)
    with open("params.yaml", encoding="utf-8") as file:
        params = yaml.safe_load(file)
    params.update((key, yaml.safe_load(value)) for key, _, value in (item.partition("=") for item in options.set))
    mlflow.set_tracking_uri(os.environ.get("MLFLOW_TRACKING_URI", "mlruns"))
    mlflow.set_experiment(options.experiment)
    run(params, options)


if __name__ == "__main__":
    main()
