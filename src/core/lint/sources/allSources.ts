import { airflow } from "./airflow";
import { argo } from "./argo";
import { azureMl } from "./azureMl";
import { databricks } from "./databricks";
import { dvc } from "./dvc";
import { githubActions } from "./githubActions";
import { kedro } from "./kedro";
import { kubeflow } from "./kubeflow";
import { mlproject } from "./mlproject";
import type { PipelineSource } from "./pipelineSource";
import { prefect } from "./prefect";
import { ray } from "./ray";
import { zenml } from "./zenml";

/** All formats, those with names of their own first, because the first that knows a file reads it. */
export const ALL_SOURCES: readonly PipelineSource[] = [
  dvc,
  mlproject,
  githubActions,
  prefect,
  kedro,
  databricks,
  azureMl,
  kubeflow,
  argo,
  ray,
  zenml,
  airflow,
];

/** Whether the name allows a file to be a pipeline of another tool: cheap, to pick the files whose text is looked at. */
export function mayBePipeline(path: string): boolean {
  return ALL_SOURCES.some((source) => source.matches(path));
}

/** The format of a file, told by its name and its content; undefined for a file of something else. */
export function sourceOf(path: string, text: string): PipelineSource | undefined {
  return ALL_SOURCES.find((source) => source.matches(path) && source.detect(path, text));
}
