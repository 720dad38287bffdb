"""Reads runs with MLflow's Python client and prints how long it took: readWithClient.py URI first|all REPEATS

Importing MLflow and opening the store are not counted. The digest is that of runsDigest.ts.
"""

import hashlib
import json
import math
import struct
import sys
import time

from mlflow.tracking import MlflowClient

uri, amount, repeats = sys.argv[1], sys.argv[2], int(sys.argv[3])
client = MlflowClient(uri)
experiment_ids = [e.experiment_id for e in client.search_experiments()]


def read():
    if amount == "first":
        return list(client.search_runs(experiment_ids, max_results=100))
    runs, token = [], None
    while True:
        page = client.search_runs(experiment_ids, max_results=1000, page_token=token)
        runs += page
        token = page.token
        if not token:
            return runs


seconds = []
for _ in range(repeats):
    start = time.perf_counter()
    runs = read()
    seconds.append(time.perf_counter() - start)

digest = hashlib.sha256()
for run in runs:
    digest.update(f"{run.info.run_id}\n".encode())
    for key, value in sorted(run.data.metrics.items()):
        digest.update(key.encode())
        digest.update(b"NaN" if math.isnan(value) else struct.pack("<d", value))
    for key, value in sorted(run.data.params.items()):
        digest.update(f"{key}={value}\n".encode())
print(json.dumps({"seconds": sorted(seconds)[len(seconds) // 2], "count": len(runs), "digest": digest.hexdigest()}))
