"""What a user of Evidently would run: evidentlyReport.py REFERENCE CURRENT default|psi. Prints seconds, memory and scores as JSON."""

import json
import os
import resource
import sys
import time

os.environ["DO_NOT_TRACK"] = "1"
start = time.perf_counter()

import pandas as pd  # noqa: E402
from evidently import Dataset, Report  # noqa: E402
from evidently.presets import DataDriftPreset  # noqa: E402

imported = time.perf_counter()


def read(path):
    return pd.read_parquet(path) if path.endswith(".parquet") else pd.read_csv(path)


reference, current = (Dataset.from_pandas(read(path)) for path in sys.argv[1:3])
loaded = time.perf_counter()
preset = DataDriftPreset(method="psi") if sys.argv[3] == "psi" else DataDriftPreset()
metrics = Report([preset]).run(current, reference).dict()["metrics"]
done = time.perf_counter()
scores = {
    metric["config"]["column"]: float(metric["value"]) for metric in metrics if "column" in metric.get("config", {})
}
print(
    json.dumps(
        {
            "import_seconds": imported - start,
            "read_seconds": loaded - imported,
            "report_seconds": done - loaded,
            "megabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
            "scores": scores,
        }
    )
)
