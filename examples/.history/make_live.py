"""Writes churn/data/reference.csv and churn/data/scored.csv: what the churn model met at work. Needs: pip install -r churn/requirements.txt.

The reference is the test set with the model's answers. The live data are rows of the test set, drawn anew for twelve weeks; churn/data/README.md
says what was changed from which week on. Model, draws and changes have fixed seeds, so that the files stay the same.
"""

import sys
from pathlib import Path

import numpy as np
import pandas as pd
import yaml

EXAMPLES = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).resolve().parent.parent
CHURN = EXAMPLES / "churn"
sys.path.insert(0, str(CHURN))
sys.dont_write_bytecode = True

import train as training  # noqa: E402

FIRST = pd.Timestamp("2026-08-24T06:00:00Z")
WEEKS = 12
ROWS = 240
LABELLED_WEEKS = 9


def fit():
    params = yaml.safe_load((CHURN / "params.yaml").read_text(encoding="utf-8"))
    features, target = training.load(CHURN / "data" / "train.csv")
    encoder = training.encode(params, features.columns).fit(features)
    *_, model = training.epochs(params, encoder.transform(features), target)
    return lambda rows: model.predict_proba(encoder.transform(rows))[:, 1]


def scored(frame: pd.DataFrame, predict) -> pd.DataFrame:
    calls = frame["number_customer_service_calls"].astype("float64")
    score = predict(frame.drop(columns="churn").assign(number_customer_service_calls=calls))
    return frame.assign(score=score.round(3), predicted=np.where(score.round(3) >= 0.5, "yes", "no"))


def week(test: pd.DataFrame, number: int, random: np.random.Generator) -> pd.DataFrame:
    offer = max(0, number - 6)
    weight = np.where(test["international_plan"] == "yes", 1 + 0.5 * offer, 1.0)
    rows = test.iloc[random.choice(len(test), ROWS, p=weight / weight.sum())].copy()
    # A flat rate: people talk longer by day, more of them each week.
    longer = 1 + 0.05 * offer
    rows["total_day_minutes"] = (rows["total_day_minutes"] * longer).round(1)
    rows["total_day_charge"] = (rows["total_day_charge"] * longer).round(2)
    # A broken export, from the tenth week on.
    calls = rows["number_customer_service_calls"].astype("Int64")
    rows["number_customer_service_calls"] = calls.mask(random.random(ROWS) < (0.12 if number >= 10 else 0.0))
    # A competitor's offer: customers leave whom the model does not expect to.
    leaves = random.random(ROWS) < 0.03 * offer
    rows["churn"] = np.where(leaves, "yes", rows["churn"])
    seconds = np.sort(random.integers(0, 7 * 24 * 3600 - 7 * 3600, ROWS))
    times = FIRST + pd.to_timedelta(7 * 24 * 3600 * (number - 1) + seconds, unit="s")
    rows.insert(0, "scored_at", times.strftime("%Y-%m-%dT%H:%M:%SZ"))
    return rows


def main() -> None:
    predict = fit()
    test = pd.read_csv(CHURN / "data" / "test.csv")
    random = np.random.default_rng(23)
    reference = scored(test, predict)
    frames = [week(test, number, random) for number in range(1, WEEKS + 1)]
    live = []
    for number, frame in enumerate(frames, start=1):
        table = scored(frame.drop(columns="scored_at"), predict)
        table.insert(0, "scored_at", frame["scored_at"].to_numpy())
        # Whether somebody left is known three weeks later.
        live.append(table if number <= LABELLED_WEEKS else table.assign(churn=""))
    for name, frame in (("reference", reference), ("scored", pd.concat(live))):
        path = CHURN / "data" / f"{name}.csv"
        frame.to_csv(path, index=False, lineterminator="\n")
        print(f"{path.relative_to(EXAMPLES)}: {len(frame)} rows, {path.stat().st_size} bytes")


if __name__ == "__main__":
    main()
