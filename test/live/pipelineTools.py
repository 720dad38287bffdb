"""Hands pipeline files to the tools that they are made for. Prints what each tool read as JSON, or ends with the tool's error."""

import contextlib
import importlib.util
import json
import os
import sys


def kubeflow(file):
    from kfp import components

    return {"name": components.load_component_from_file(file).name}


def argo(file):
    import yaml
    from hera.workflows import models

    documents = yaml.safe_load_all(open(file))
    read = [getattr(models, one["kind"]).model_validate(one) for one in documents if one["apiVersion"].startswith("argoproj.io")]
    return {"annotations": [one.metadata.annotations for one in read]}


def azure_ml(file):
    from azure.ai.ml import load_job

    os.makedirs(os.path.join(os.path.dirname(file), "src"), exist_ok=True)
    job = load_job(file)
    return {"tags": dict(job.tags), "description": job.description}


def zenml(file):
    from zenml.config.pipeline_run_configuration import PipelineRunConfiguration

    read = PipelineRunConfiguration.from_yaml(file)
    return {"extra": read.extra, "tags": read.tags}


def databricks(file):
    import yaml
    from databricks.bundles.jobs import Job

    jobs = [Job.from_dict(one) for one in yaml.safe_load(open(file))["resources"]["jobs"].values()]
    return {"tags": [job.tags for job in jobs], "description": [job.description for job in jobs]}


def kedro(file):
    from kedro.config import OmegaConfigLoader
    from kedro.io.core import AbstractDataset

    catalog = OmegaConfigLoader(os.path.dirname(os.path.dirname(file)), base_env="base", default_run_env="base")["catalog"]
    made = {name: AbstractDataset.from_config(name, dict(config)) for name, config in catalog.items() if not name.startswith("_")}
    return {name: dataset.metadata for name, dataset in made.items()}


def prefect(file):
    import yaml
    from prefect.cli.deploy._models import PrefectYamlModel

    read = PrefectYamlModel.model_validate(yaml.safe_load(open(file)))
    return {"deployments": [[one.name, one.tags, one.description] for one in read.deployments]}


def airflow(file):
    from airflow.sdk import DAG

    spec = importlib.util.spec_from_file_location("dags_of_test", file)
    module = importlib.util.module_from_spec(spec)
    made = []
    original = DAG.__attrs_post_init__

    def noticed(self):
        original(self)
        made.append(self)

    DAG.__attrs_post_init__ = noticed
    spec.loader.exec_module(module)
    return {dag.dag_id: [sorted({task.owner for task in dag.tasks}), sorted(dag.tags), dag.description] for dag in made}


with contextlib.redirect_stdout(sys.stderr):
    result = globals()[sys.argv[1]](sys.argv[2])
print(json.dumps(result))
