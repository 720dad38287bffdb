"""An application of Ray Serve as docs/guide/deploy.md shows it: it loads the version that the environment names, and answers with its number."""

import os

from ray import serve
from starlette.requests import Request


@serve.deployment(ray_actor_options={"num_cpus": 0}, graceful_shutdown_timeout_s=1, graceful_shutdown_wait_loop_s=0.1)
class Model:
    def __init__(self, version: str):
        if version == "13":
            raise ValueError("the weights of version 13 are damaged")
        self.version = version

    async def __call__(self, request: Request):
        body = await request.json()
        if self.version == "15":
            raise ValueError("version 15 was trained on other columns")
        rows = body["inputs"] if "inputs" in body else body["dataframe_split"]["data"]
        return {"predictions": [self.version for _ in rows]}


def build(args):
    version = os.environ["MLOPS_MODEL_VERSION"]
    if version == "14":
        raise LookupError("there is no version 14")
    return Model.bind(version)
