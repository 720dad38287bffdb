"""Records the tracking store of one product: `python record.py PRODUCT FOLDER`, where FOLDER is a prepared copy of the examples.

It carries out .history/plan.yaml: each run is made by the train.py and params.yaml of its own commit, under MLflow itself. Only the
clock and the identifiers are set, so that the history spans months and comes out the same each time. `npm run examples:record` calls it
for all three products.
"""

import base64
import contextlib
import json
import os
import random
import re
import sqlite3
import subprocess
import sys
import time
import types
import uuid
from datetime import UTC, datetime
from pathlib import Path

EPOCH_SECONDS = 12
DIED = 137  # the exit code of a process that was killed


class Clock:
    """Stands still except where the plan or an epoch moves it on. A millisecond for each look of MLflow keeps events in order;
    other libraries look more or less often from machine to machine, so that theirs do not count."""

    def __init__(self):
        self.now = 0.0

    def set(self, at):
        moment = at if isinstance(at, datetime) else datetime.fromisoformat(at)
        self.now = moment.replace(tzinfo=UTC).timestamp()

    def time(self):
        if sys._getframe(1).f_globals.get("__name__", "").startswith("mlflow"):
            self.now += 0.001
        return self.now


def seed_everything(number):
    """Run ids, experiment ids and the names that MLflow makes up come from here."""
    source = random.Random(number)
    uuid.uuid4 = lambda: uuid.UUID(int=source.getrandbits(128), version=4)
    random.seed(number)


def patch_mlflow(clock):
    time.time = clock.time
    import mlflow.models.model
    from mlflow.tracking.context.git_context import GitRunContext

    GitRunContext.in_context = lambda self: False  # the plan names the commit

    class Frozen(datetime):
        @classmethod
        def now(cls, tz=None):
            return datetime.fromtimestamp(clock.time(), tz)

        @classmethod
        def utcnow(cls):
            return datetime.fromtimestamp(clock.time(), UTC).replace(tzinfo=None)

    mlflow.models.model.datetime = Frozen  # the MLmodel file names the time of its making


def code_of(folder, commit, product):
    """The train.py of a commit as a module, with that commit's params.yaml in place."""
    sources = {}
    for name in ("train.py", "params.yaml"):
        sources[name] = subprocess.check_output(["git", "show", f"{commit}:{product}/{name}"], cwd=folder, text=True)
    Path("params.yaml").write_text(sources["params.yaml"], encoding="utf-8")
    module = types.ModuleType("train")
    module.__file__ = "train.py"
    exec(compile(sources["train.py"], "train.py", "exec"), module.__dict__)
    return module


def carry_out_run(entry, product, folder, hashes, clock):
    import mlflow

    clock.set(entry["at"])
    commit = entry["commit"]
    context = {"mlflow.user": entry["by"], "mlflow.source.name": "train.py", "mlflow.source.type": "LOCAL"}
    if commit == "none":
        context.update({"mlflow.source.name": f"{product}.ipynb", "mlflow.source.type": "NOTEBOOK"})
    else:
        context.update({"mlflow.source.git.commit": hashes[commit - 1], "mlflow.source.git.branch": "main"})
    os.environ["MLFLOW_RUN_CONTEXT"] = json.dumps(context)
    os.environ["LOGNAME"] = entry["by"]
    original, epoch_length = mlflow.log_metrics, random.Random(str(entry["at"]))

    def log_metrics(metrics, step=None, **others):
        clock.now += entry.get("seconds", EPOCH_SECONDS) * epoch_length.uniform(0.85, 1.2)
        original(metrics, step=step, **others)
        if step is not None and step == entry.get("dies_at"):
            os._exit(DIED)  # as a killed process: MLflow gets no chance to end the run

    module = code_of(folder, hashes[0 if commit == "none" else commit - 1], product)
    mlflow.log_metrics = log_metrics
    try:
        with open(os.devnull, "w", encoding="utf-8") as silence, contextlib.redirect_stderr(silence), contextlib.redirect_stdout(silence):
            module.main(list(entry["run"]))
        if entry.get("fails"):
            raise SystemExit(f"{entry['run']} was expected to fail")
    except Exception as error:
        if not entry.get("fails"):
            raise
        print(f"  failed as planned: {error}")
    finally:
        mlflow.log_metrics = original


def carry_out_call(entry, clock):
    client = client_of()
    clock.set(entry["at"])
    experiments = {experiment.name: experiment.experiment_id for experiment in client.search_experiments()}
    runs = {run.info.run_name: run.info.run_id for run in client.search_runs(list(experiments.values()))}
    known = {"run": runs, "experiment": experiments}
    arguments = {
        key: re.sub(r"\{(run|experiment):(.+)\}", lambda match: known[match[1]][match[2]], value) if isinstance(value, str) else value
        for key, value in entry["with"].items()
    }
    getattr(client, entry["call"])(**arguments)


def client_of():
    from mlflow import MlflowClient

    return MlflowClient(os.environ["MLFLOW_TRACKING_URI"])


def mark_killed(entry, clock):
    client = client_of()
    running = client.search_runs([e.experiment_id for e in client.search_experiments()], "attributes.status = 'RUNNING'")
    newest = max(running, key=lambda run: run.info.start_time)
    clock.now += entry.get("seconds", EPOCH_SECONDS) * (entry["dies_at"] + 1)
    client.set_terminated(newest.info.run_id, status="KILLED")


def tidy(product_folder):
    """Leaves the store as small as it can be, and no folder that MLflow made without need."""
    database = product_folder / "mlflow.db"
    if database.exists():
        with contextlib.closing(sqlite3.connect(database)) as connection:
            connection.execute("VACUUM")
    for folder in sorted(product_folder.rglob("*"), reverse=True):
        if folder.is_dir() and folder.name in ("__pycache__", ".trash") and not any(folder.iterdir()):
            folder.rmdir()


def main():
    product, folder = sys.argv[1], Path(sys.argv[2]).resolve()
    only = int(sys.argv[3]) if len(sys.argv) > 3 else None
    hashes = subprocess.check_output(["git", "log", "--reverse", "--format=%H"], cwd=folder, text=True).split()
    os.chdir(folder / product)
    os.environ.update(
        MLFLOW_TRACKING_URI="mlruns" if product == "demand" else "sqlite:///mlflow.db",
        MLFLOW_ALLOW_FILE_STORE="true",
        MLFLOW_DISABLE_TELEMETRY="true",
        GIT_PYTHON_REFRESH="quiet",
        PYTHONWARNINGS="ignore",
        TZ="UTC",
    )
    import yaml

    plan = yaml.safe_load((folder / ".history" / "plan.yaml").read_text(encoding="utf-8"))[product]
    clock = Clock()
    import mlflow

    patch_mlflow(clock)
    mlflow.set_tracking_uri(os.environ["MLFLOW_TRACKING_URI"])
    params = Path("params.yaml").read_text(encoding="utf-8")
    for index, entry in enumerate(plan):
        if only is not None and index != only:
            continue
        seed_everything(base64.b16encode(f"{product}{index}".encode()).decode())
        if "call" in entry:
            carry_out_call(entry, clock)
        elif "dies_at" in entry and only is None:
            done = subprocess.run([sys.executable, __file__, product, str(folder), str(index)], check=False)
            if done.returncode != DIED:
                raise SystemExit(f"entry {index} of {product} ended with {done.returncode} instead of being killed")
            if entry.get("stopped"):
                clock.set(entry["at"])
                mark_killed(entry, clock)
        else:
            carry_out_run(entry, product, folder, hashes, clock)
        print(f"{product} {index + 1}/{len(plan)}: {entry.get('call') or ' '.join(entry['run']) or 'train.py'}", flush=True)
    Path("params.yaml").write_text(params, encoding="utf-8")
    if only is None:
        tidy(Path.cwd())


main()
