"""Fresh data from a seed, with what NannyML, river and scikit-learn say of them, as one line of JSON."""

import json
import math
import sys
import warnings

import nannyml as nml
import numpy as np
import pandas as pd
from nannyml.chunk import PeriodBasedChunker, SizeBasedChunker
from river import drift
from sklearn import metrics as skm

warnings.filterwarnings("ignore")

CONTINUOUS = ["jensen_shannon", "hellinger", "kolmogorov_smirnov", "wasserstein"]
CATEGORICAL = ["jensen_shannon", "hellinger", "l_infinity", "chi2"]
CBPE_METRICS = ["roc_auc", "f1", "precision", "recall", "specificity", "accuracy"]


def plain(values):
    return [None if v is None or (isinstance(v, float) and math.isnan(v)) else (v.item() if hasattr(v, "item") else v) for v in values]


def columns_of(frame):
    kinds = {"i": "integer", "f": "float", "b": "boolean", "M": "time"}
    columns = []
    for name in frame.columns:
        kind = kinds.get(frame[name].dtype.kind, "text")
        values = frame[name]
        if kind == "time":
            values = values.map(lambda t: t.value / 1e6)
        if kind == "boolean":
            values = values.map(str)
        columns.append({"name": name, "kind": kind, "values": plain(values.tolist())})
    return columns


def marks(detector, values):
    drifts, warned = [], []
    before = False
    for i, value in enumerate(values):
        detector.update(value)
        if detector.drift_detected:
            drifts.append(i)
        now = bool(getattr(detector, "warning_detected", False))
        if now and not before:
            warned.append(i)
        before = now
    return {"drifts": drifts, "warnings": warned}


def streams(rng):
    steps = np.concatenate([rng.normal(m, s, int(n)) for m, s, n in zip(rng.normal(0, 2, 6), rng.uniform(0.2, 2, 6), rng.integers(50, 700, 6))])
    errors = np.concatenate([(rng.random(int(n)) < p).astype(float) for p, n in zip(rng.uniform(0.02, 0.6, 6), rng.integers(100, 700, 6))])
    walk = np.cumsum(rng.normal(0, 1, 1500)) * 10 ** rng.uniform(-3, 3)
    found = []
    for name, values in {"steps": steps, "errors": errors, "walk": walk}.items():
        values = [float(v) for v in values]
        answer = {
            "name": name,
            "values": values,
            "adwin": marks(drift.ADWIN(), values),
            "adwin_each": marks(drift.ADWIN(clock=1, delta=0.05), values),
            "page_hinkley": marks(drift.PageHinkley(), values),
            "page_hinkley_strict": marks(drift.PageHinkley(min_instances=10, delta=0.1, threshold=5, alpha=1, mode="up"), values),
        }
        if name == "errors":
            answer["ddm"] = marks(drift.binary.DDM(), values)
            answer["eddm"] = marks(drift.binary.EDDM(), values)
        found.append(answer)
    return found


def table(rng, rows, shift, start):
    x = rng.normal(shift, 1 + shift / 3, rows)
    skewed = rng.exponential(2 + shift, rows)
    score = 1 / (1 + np.exp(-(1.5 * x + rng.normal(0, 0.5, rows))))
    city = rng.choice(["Ulm", "Graz", 'a "b", c', "Łódź", "new"], rows, p=[0.4, 0.3, 0.2 - shift / 10, 0.1, shift / 10] if shift else [0.4, 0.3, 0.2, 0.1, 0])
    frame = pd.DataFrame(
        {
            "x": np.where(rng.random(rows) < 0.04, np.nan, x),
            "skewed": skewed,
            "count": rng.poisson(3 + shift, rows),
            # NaN, as read_csv gives it: the imputer of the reconstruction takes None for a category.
            "city": pd.Series(city, dtype=object).mask(rng.random(rows) < 0.05, np.nan),
            "flag": rng.random(rows) < 0.3 + shift / 5,
            "score": score,
            "prediction": (score >= 0.5).astype(int),
            "time": pd.Timestamp(start) + pd.to_timedelta(rng.integers(0, 100 * 86_400, rows), unit="s"),
        }
    )
    # Miscalibrated on purpose: the decision to calibrate must not hang on a hair.
    frame["label"] = (rng.random(rows) < score**2).astype(int)
    return frame


def chunked(frame_result, keys):
    reference = frame_result.filter(period="reference").data
    analysis = frame_result.filter(period="analysis").data
    return {key: {"reference": plain(reference[path].tolist()), "current": plain(analysis[path].tolist())} for key, path in keys.items()}


def univariate(reference, current, chunker):
    answers = []
    for methods, names in ((CONTINUOUS, ["x", "skewed", "count", "score"]), (CATEGORICAL, ["city", "flag"])):
        calculator = nml.UnivariateDriftCalculator(
            column_names=names,
            continuous_methods=methods if methods is CONTINUOUS else None,
            categorical_methods=methods if methods is CATEGORICAL else None,
            chunker=chunker,
        )
        calculator.fit(reference)
        result = calculator.calculate(current)
        for name in names:
            for method in methods:
                path = (name, method)
                found = chunked(result, {"value": (*path, "value"), "alert": (*path, "alert"), "upper": (*path, "upper_threshold")})
                answers.append({"column": name, "method": method, **found})
    return answers


def reconstruction(reference, current, chunker):
    calculator = nml.DataReconstructionDriftCalculator(column_names=["x", "skewed", "count", "city", "score"], chunker=chunker)
    calculator.fit(reference)
    result = calculator.calculate(current)
    key = "reconstruction_error"
    return {
        "components": int(calculator._pca.n_components_),
        **chunked(
            result,
            {
                "value": (key, "value"),
                "error": (key, "sampling_error"),
                "lower": (key, "lower_threshold"),
                "upper": (key, "upper_threshold"),
                "alert": (key, "alert"),
            },
        ),
    }


def cbpe(reference, current, chunker):
    estimator = nml.CBPE(
        y_pred="prediction", y_pred_proba="score", y_true="label", metrics=CBPE_METRICS, chunker=chunker, problem_type="classification_binary"
    )
    estimator.fit(reference)
    result = estimator.estimate(current)
    parts = ["value", "realized", "sampling_error", "upper_confidence_boundary", "lower_confidence_boundary", "upper_threshold", "lower_threshold", "alert"]
    return {
        "needs_calibration": bool(estimator.needs_calibration),
        "metrics": {metric: chunked(result, {part: (metric, part) for part in parts}) for metric in CBPE_METRICS},
    }


def nannyml_case(rng, rows, size):
    reference, current = table(rng, rows, 0, "2025-01-01"), table(rng, rows // 2 + 137, 0.4, "2025-04-11")
    chunker = SizeBasedChunker(chunk_size=size, incomplete="append")
    return {
        "size": size,
        "reference": columns_of(reference),
        "current": columns_of(current),
        "univariate": univariate(reference, current, chunker),
        "reconstruction": reconstruction(reference, current, chunker),
        "cbpe": cbpe(reference, current, chunker),
    }


def periods(rng):
    frame = table(rng, 6000, 0, "2025-01-01")
    answers = {}
    for name, offset in (("week", "W"), ("month", "M"), ("day", "D")):
        chunks = PeriodBasedChunker(timestamp_column_name="time", offset=offset).split(frame)
        answers[name] = [
            {"start": c.start_datetime.value // 10**6, "rows": len(c), "mean": float(np.nanmean(c.data["x"]))} for c in chunks
        ]
    return {"columns": columns_of(frame[["time", "x"]]), "by": answers}


def kpis(rng):
    rows = 2000
    label = rng.integers(0, 2, rows)
    score = np.round(np.clip(label * 0.3 + rng.random(rows) * 0.7, 0, 1), 2)
    prediction = (score >= 0.5).astype(int)
    classes = rng.choice(["a", "b", "c", "d"], rows, p=[0.6, 0.2, 0.15, 0.05])
    guess = np.where(rng.random(rows) < 0.6, classes, rng.choice(["a", "b", "c", "e"], rows))
    number = rng.normal(0, 10, rows)
    guessed = number + rng.normal(0, 3, rows)
    tn, fp, _, _ = skm.confusion_matrix(label, prediction).ravel()
    macro = {"average": "macro", "zero_division": 0}
    return {
        "binary": {
            "columns": columns_of(pd.DataFrame({"label": label, "prediction": prediction, "score": score})),
            "answers": {
                "accuracy": skm.accuracy_score(label, prediction),
                "precision": skm.precision_score(label, prediction),
                "recall": skm.recall_score(label, prediction),
                "specificity": tn / (tn + fp),
                "f1": skm.f1_score(label, prediction),
                "macro_f1": skm.f1_score(label, prediction, average="macro"),
                "roc_auc": skm.roc_auc_score(label, score),
                "log_loss": skm.log_loss(label, score),
            },
        },
        "classes": {
            "columns": columns_of(pd.DataFrame({"label": classes, "prediction": guess})),
            "answers": {
                "accuracy": skm.accuracy_score(classes, guess),
                "precision": skm.precision_score(classes, guess, **macro),
                "recall": skm.recall_score(classes, guess, **macro),
                "f1": skm.f1_score(classes, guess, **macro),
            },
        },
        "numbers": {
            "columns": columns_of(pd.DataFrame({"label": number, "prediction": guessed})),
            "answers": {
                "mae": skm.mean_absolute_error(number, guessed),
                "mse": skm.mean_squared_error(number, guessed),
                "rmse": math.sqrt(skm.mean_squared_error(number, guessed)),
                "r2": skm.r2_score(number, guessed),
            },
        },
    }


if __name__ == "__main__":
    rng = np.random.default_rng(int(sys.argv[1]))
    answer = {
        "streams": streams(rng),
        "small": nannyml_case(rng, 4000, 400),
        "large": nannyml_case(rng, 12000, 1500),
        "periods": periods(rng),
        "kpis": kpis(rng),
    }
    print(json.dumps(answer, allow_nan=False, default=float))
