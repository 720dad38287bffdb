"""Records what the real MLflow answers to filters and orders, accepted and refused, on a committed contract store.

    python test/live/recordFilterAnswers.py test/fixtures/mlflow/v3-sqlite test/fixtures/mlflow/filterAnswers.v3.json

Run it with the MLflow that made the store. Runs are named by their key in `expected.json`, so that recording the stores
again changes little here; `{key}` in a filter stands for that run's id.
"""

import json
import os
import shutil
import sys
import tempfile
from pathlib import Path

import mlflow
from mlflow.tracking import MlflowClient

store, target = Path(sys.argv[1]).resolve(), Path(sys.argv[2]).resolve()
expected = json.loads((store / "expected.json").read_text())
run_ids = expected["runIdOf"]
key_of = {run_id: key for key, run_id in run_ids.items()}

FILTERS = r"""
metrics.acc > 0.6
metrics.acc>0.6
metric.acc >= 0.77
metrics.acc = 0.77
metrics.acc != 0.77
metrics.acc < 0.5
metrics.acc <= .5
metrics.acc > -1
metrics.acc > 5e-1
metrics.acc > 5E-1
metrics.acc < 1.
metrics.acc > 5e+1
metrics.acc > +0.5
metrics.acc > - 0.5
metrics.acc > 0x1
metrics.acc > 1_0
metrics.acc > nan
metrics.acc > '0.5'
metrics.acc > "0.5"
metrics.acc >
metrics.acc
metrics.acc == 0.77
metrics.acc <> 0.77
metrics.acc ~ 0.77
metrics.acc LIKE '0.7%'
metrics.acc IN (0.77)
metrics.acc IS NULL
metrics.acc NOT NULL
metrics.`val/acc` < 0.5
metrics."val/acc" < 0.5
metrics.'val/acc' < 0.5
metrics.val/acc < 0.5
`metrics`.acc > 0.6
"metrics".acc > 0.6
Metrics.acc > 0.6
metrics. acc > 0.6
metrics .acc > 0.6
metrics.only.some = 1
metrics.score > 0
metrics.score < 0
metrics.score <= 0
metrics.score = 0
metrics.score != 0
metrics.score > 1e308
metrics.score < 1e999
metrics.score > -1e999
metrics.nan_only != 1
metrics.nan_only = 0
metrics.nan_last <= 5
metrics.huge = 1e300
metrics.tiny > 0
metrics.`größe/maß` = 2.5
metrics.größe > 1
metrics.`a b` = 3
metrics.a b = 3
metrics.__proto__ = 1
metrics.missing > 0
metrics.f1(macro) > 0.5
metrics.acc[0] > 0.5
metrics.1st > 0
metrics.12th > 0
metrics.in > 0
metrics.end > 0
params.optimizer = 'adam'
params.optimizer = "adam"
params.optimizer = `adam`
params.optimizer = adam
parameters.optimizer = 'adam'
parameter.optimizer = 'adam'
param.optimizer = 'adam'
params.optimizer != 'adam'
params.optimizer LIKE 'adam%'
params.optimizer like 'adam%'
params.optimizer ILIKE 'adam%'
params.optimizer ILIKE 'ADAMW'
params.optimizer LIKE 'adamw'
params.optimizer LIKE '%dam_'
params.optimizer NOT LIKE 'adam%'
params.optimizer RLIKE 'adam.*'
params.optimizer > 'adam'
params.optimizer IN ('adam')
params.optimizer = ('adam')
params.lr = 0.1
params.lr = '0.1'
params.lr IS NULL
params.lr is null
params.lr IS NOT NULL
params.lr IS NOT  NULL
params.lr IS NULL AND metrics.acc > 0
params.empty = ''
params.`with space` = ' padded '
params.größe = 'ß'
params.größe ILIKE 'SS'
params.json LIKE '{"a"%'
params.lines LIKE 'first%'
params.lines LIKE '%third_'
params.quote LIKE 'it''s%'
params.quote LIKE "it's%"
params.quote LIKE '50\%%'
params.quote LIKE '50%'
params.html = "<script>alert('x')</script>"
params.looks.like.number = '1e3'
params.`looks.like.number` = '1e3'
params.`group/sub/alpha` = '0.5'
tags.owner = 'Alice'
tag.owner ILIKE 'alice'
tags.owner LIKE 'alice'
tags.owner != 'bob'
tags.release IS NOT NULL
tags.release IS NULL AND tags.owner IS NOT NULL
tags.mlflow.parentRunId = '{sweep}'
tags.`mlflow.parentRunId` = '{sweep}'
tags.`wild card` LIKE '50\%\_off'
tags.letters ILIKE 'mixed'
status = 'FINISHED' AND metrics.acc > 0.7
attributes.status = 'FAILED'
attribute.status != 'FINISHED'
attr.status = 'KILLED'
run.status = 'SCHEDULED'
status = 'finished'
status IN ('FAILED', 'KILLED')
status IS NULL
Status = 'FAILED'
run_name = 'failed'
run_name LIKE 'resnet-0%'
`run name` ILIKE 'RESNET-1_'
attributes."Run name" = 'failed'
run name = 'failed'
run_name LIKE '%🚀'
run_name LIKE '%名前_🚀'
run_name LIKE 'line%two'
start_time > 1750060060000
created >= 1750060060000
attributes.Created < 1750000000000
start_time > 1750060060000.5
start_time > '1750060060000'
start_time LIKE '175%'
end_time < 1750006000000
end_time != 0
user_id = 'alice'
artifact_uri LIKE '%/artifacts'
run_id = '{failed}'
run_id IN ('{resnet-03}', '{resnet-04}')
run_id IN ('{resnet-03}',)
run_id IN ("{resnet-03}")
run_id NOT IN ('{resnet-03}', '{resnet-04}') AND params.optimizer IS NOT NULL
run_id IN ()
run_id IN '{resnet-03}'
run_id IN (1)
attributes.run_id LIKE '%'
duration > 5
lifecycle_stage = 'active'
experiment_id = '1'
dataset.name = 'churn-train'
datasets.name LIKE 'churn-%'
dataset.name != 'churn-train'
dataset.name IN ('churn-val', 'other')
dataset.digest = '1234e567'
dataset.context = 'validation'
dataset.context NOT IN ('validation')
dataset.name = 'churn-train' AND dataset.context = 'validation'
dataset.source = 's3'
dataset.name > 'a'
params.optimizer = 'adam' and metrics.acc > 0.5 And tags.owner = 'bob'
params.optimizer = 'adam' metrics.acc > 0.5
params.optimizer = 'adam', metrics.acc > 0.5
params.optimizer = 'adam' OR metrics.acc > 0.5
(params.optimizer = 'adam')
NOT params.optimizer = 'adam'
AND params.optimizer = 'adam'
params.optimizer = 'adam' AND
params.optimizer = 'adam';
params.optimizer = 'adam' -- comment
/* comment */ params.optimizer = 'adam'
params.optimizer = 'ad' 'am'
params.optimizer = 'adam
0.6 < metrics.acc
'adam' = params.optimizer
foo.acc > 0.6
acc > 0.6
metrics > 0.6
hello
AND
""".strip("\n").split("\n") + [
    "",
    "   ",
    "\n metrics.acc > 0.6\n\tAND\n params.optimizer = 'adam' ",
    "params.lines = 'first\nsecond\r\n\tthird\n'",
    "run_id IN ('{resnet-03}',\n '{resnet-04}')",
]

ORDERS = [
    [],
    ["metrics.acc"],
    ["metrics.acc ASC"],
    ["metrics.acc desc"],
    ["metric.score DESC"],
    ["metrics.score ASC"],
    ["metrics.`val/acc` DESC"],
    ['metrics."val/acc" DESC'],
    ["metrics.val/acc DESC"],
    ["params.lr"],
    ["params.lr DESC", "metrics.acc DESC"],
    ["parameters.optimizer ASC", "attributes.start_time ASC"],
    ["tags.owner DESC"],
    ["tags.mlflow.parentRunId ASC", "run_name DESC"],
    ["status ASC"],
    ["attributes.status DESC", "metrics.loss ASC"],
    ["start_time ASC"],
    ["start_time DESC"],
    ["created ASC"],
    ["attribute.Created DESC"],
    ["end_time ASC"],
    ["end_time DESC"],
    ["run_name"],
    ["run.run_name DESC"],
    ["`run name` ASC"],
    ["run_id ASC"],
    ["user_id", "artifact_uri DESC"],
    ["metrics.missing DESC"],
    ["metrics.acc", "metrics.acc DESC"],
    ["start_time", "created"],
    ["dataset.name"],
    ["duration DESC"],
    ["experiment_id"],
    ["metrics.acc ASCENDING"],
    ["metrics.acc DESC NULLS LAST"],
    ["metrics.acc, params.lr"],
    ["metrics.acc DESC;"],
    [" metrics.acc"],
    ["metrics.acc "],
    ["metrics.a b DESC"],
    ["metrics.`a b` DESC"],
    ["DESC"],
    [""],
]

scratch = Path(tempfile.mkdtemp())
shutil.copy(store / "mlflow.db", scratch / "mlflow.db")
os.chdir(scratch)  # MLflow makes a folder for artifacts where it stands.
client = MlflowClient(f"sqlite:///{scratch / 'mlflow.db'}")
experiment_ids = [e.experiment_id for e in client.search_experiments()]


def answer(filter_string, order_by):
    for key, run_id in run_ids.items():
        filter_string = filter_string.replace("{" + key + "}", run_id)
    try:
        runs = client.search_runs(experiment_ids, filter_string, max_results=1000, order_by=order_by)
    except Exception:  # MLflow refuses some with an MlflowException and stumbles over others.
        return {"refused": True}
    return {"runs": [key_of[r.info.run_id] for r in runs]}


result = {
    "mlflowVersion": mlflow.__version__,
    "filters": [{"filter": f, **answer(f, [])} for f in FILTERS],
    "orders": [{"orderBy": o, **answer("", o)} for o in ORDERS],
}
target.write_text(json.dumps(result, ensure_ascii=False, indent=1) + "\n")
shutil.rmtree(scratch)
print(f"{len(FILTERS)} filters, {len(ORDERS)} orders: {target}")
