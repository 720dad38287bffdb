"""Measures drift of columns with the real Evidently and scipy. Takes a file of cases, one JSON text a line; prints their answers likewise."""

import json
import sys
import warnings

warnings.filterwarnings("ignore")

import numpy as np
import pandas as pd
from evidently.core.datasets import infer_column_type
from evidently.legacy.calculations import stattests
from evidently.legacy.calculations.stattests.registry import get_stattest
from evidently.legacy.core import ColumnType
from scipy import stats

NUMERICAL = ["psi", "kl_div", "jensenshannon", "hellinger", "wasserstein", "ed", "ks", "cramer_von_mises", "anderson", "es", "mannw", "t_test"]
CATEGORICAL = ["psi", "kl_div", "jensenshannon", "hellinger", "chisquare", "g_test", "z", "fisher_exact"]


def series(kind, values):
    if kind == "text":
        return pd.Series(values, dtype=object)
    return pd.Series(values, dtype={"integer": "int64", "float": "float64", "boolean": "bool"}[kind])


def clean(values):
    """As `get_one_column_drift` does."""
    return values.replace([-np.inf, np.inf], np.nan).dropna()


def attempt(measure):
    try:
        result = measure()
    except Exception as error:
        return {"error": f"{type(error).__name__}: {error}"}
    score = float(result.drift_score) if hasattr(result, "drift_score") else float(result)
    answer = {"score": score if np.isfinite(score) else None}
    if hasattr(result, "drifted"):
        answer.update(drifted=bool(result.drifted), threshold=result.actual_threshold)
    return answer


def numerical_extra(reference, current):
    reference, current = reference.to_numpy(dtype=float), current.to_numpy(dtype=float)
    small = {}
    if max(len(reference), len(current)) <= 20:
        # Evidently's copy of the exact test counts in half precision, or fails to add a signed to an unsigned number.
        small["cramer_von_mises"] = attempt(lambda: stats.cramervonmises_2samp(reference, current).pvalue)
    if len(np.union1d(reference, current)) <= 4:
        # Fewer directions vary than the test has, and scipy's pseudoinverse can take the rounding in the others for one.
        small["es"] = attempt(lambda: epps_singleton(reference, current))
    return {
        **small,
        "mannw_two_sided": attempt(lambda: stats.mannwhitneyu(reference, current)[1]),
        "welch_t": attempt(lambda: stats.ttest_ind(reference, current, equal_var=False)[1]),
        "psi_quantile": attempt(lambda: decile_psi(reference, current)),
    }


def epps_singleton(reference, current):
    """As scipy's, with a rank that rounding does not sway."""
    m, n = len(reference), len(current)
    spread = stats.iqr(np.hstack([reference, current]))
    if spread == 0 or min(m, n) < 5:
        raise ValueError("no spread, or too few rows")
    points = np.array([0.4, 0.8]).reshape(-1, 1) / (spread / 2)
    left, right = [np.vstack([np.cos(points * side), np.sin(points * side)]) for side in (reference, current)]
    covariance = (m + n) / m * np.cov(left, bias=True) + (m + n) / n * np.cov(right, bias=True)
    difference = left.mean(axis=1) - right.mean(axis=1)
    statistic = (m + n) * difference @ np.linalg.pinv(covariance, rcond=1e-10) @ difference
    if max(m, n) < 25:
        statistic /= 1 + (m + n) ** -0.45 + 10.1 * (m**-1.7 + n**-1.7)
    return stats.chi2.sf(statistic, np.linalg.matrix_rank(covariance, tol=1e-10 * np.abs(covariance).max()))


def decile_psi(reference, current):
    inner = np.unique(np.quantile(reference, np.linspace(0, 1, 11)))[1:-1]
    if len(inner) == 0:
        # One value fills the reference: below it, that value, above it.
        value = np.quantile(reference, 0.5)
        shares = [np.array([(side < value).mean(), (side == value).mean(), (side > value).mean()]) for side in (reference, current)]
    else:
        edges = np.concatenate([[-np.inf], inner, [np.inf]])
        shares = [np.histogram(side, edges)[0] / len(side) for side in (reference, current)]
    p, q = [np.where(side == 0, 1e-4, side) for side in shares]
    return np.sum((p - q) * np.log(p / q))


def categorical_extra(reference, current):
    counts = pd.DataFrame({"reference": reference.value_counts(), "current": current.value_counts()}).fillna(0)
    p, q = counts["reference"] / len(reference), counts["current"] / len(current)

    def cramers_v():
        statistic = stats.chi2_contingency(counts.T, correction=False)[0]
        return np.sqrt(statistic / counts.to_numpy().sum())

    return {
        "tvd": attempt(lambda: np.abs(p - q).sum() / 2),
        "l_infinity": attempt(lambda: np.abs(p - q).max()),
        "cramers_v": attempt(cramers_v),
    }


def answer(case):
    raw = [series(case[side]["kind"], case[side]["values"]) for side in ("reference", "current")]
    kind = ColumnType.Numerical if case["type"] == "num" else ColumnType.Categorical
    reference, current = [clean(side) for side in raw]
    answers = {}
    for name in NUMERICAL if case["type"] == "num" else CATEGORICAL:
        test = getattr(stattests.registry, "_registered_stat_tests")[name][kind]
        answers[name] = attempt(lambda: test(reference.copy(), current.copy(), kind, None))
    answers.update((numerical_extra if case["type"] == "num" else categorical_extra)(reference, current))
    chosen = get_stattest(reference, current, kind, None)
    return {
        "name": case["name"],
        "types": [infer_column_type(side).value for side in raw],
        "chosen": {"id": chosen.name, **attempt(lambda: chosen(reference.copy(), current.copy(), kind, None))},
        "answers": answers,
    }


for line in open(sys.argv[1], encoding="utf-8"):
    print(json.dumps(answer(json.loads(line))), flush=True)
