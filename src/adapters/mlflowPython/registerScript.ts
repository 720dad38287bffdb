/**
 * Registers one model with the product's own MLflow, 2 or 3. It looks again whether the run has a version, since a minute may have passed.
 * MLflow 3 does not note the run of a logged model's version by itself in every release, so that the run is given.
 */
export const REGISTER_SCRIPT = `
import json, sys
import mlflow
from mlflow.tracking import MlflowClient

wish = json.loads(sys.argv[1])
mlflow.set_tracking_uri(wish["uri"])
mlflow.set_registry_uri(wish["uri"])
client = MlflowClient()
known = [v for v in client.search_model_versions("run_id='%s'" % wish["runId"]) if v.name == wish["model"]]
if known:
    version = max(known, key=lambda v: int(v.version))
else:
    version = mlflow.register_model(wish["modelUri"], wish["model"], tags=wish["tags"])
    client.update_model_version(version.name, version.version, description=wish["description"])
print("mlops-registered:%s" % version.version)
`;
