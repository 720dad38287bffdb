import { readFileSync } from "node:fs";
import { basename } from "node:path";
import { toPolicy } from "../../src/core/config/policy";
import { readPolicyFile } from "../../src/core/config/readConfig";
import type { PipelineContext, PipelineFacts, PipelineRule } from "../../src/core/lint/pipelineRule";
import type { LintResult } from "../../src/core/lint/runLint";
import { runPipelineLint } from "../../src/core/lint/runPipelineLint";
import { sourceOf } from "../../src/core/lint/sources/allSources";
import { type MarkedText, readMarkedText } from "./markedText";

/** Where a fixture of a format would stand in a workspace, by the format's folder. */
const PATHS: Readonly<Record<string, string>> = {
  dvc: "churn/dvc.yaml",
  mlproject: "churn/MLproject",
  kubeflow: "churn/pipeline.yaml",
  argo: "churn/workflow.yaml",
  ray: "churn/ray-job.yaml",
  azureMl: "churn/job.yml",
  zenml: "churn/configs/train.yaml",
  githubActions: ".github/workflows/train.yml",
  databricks: "churn/databricks.yml",
  kedro: "churn/conf/base/catalog.yml",
  prefect: "churn/prefect.yaml",
  airflow: "dags/churn.py",
};

/** A fixture of a format of pipeline files. */
export interface PipelineCase extends MarkedText {
  readonly file: string;
  /** Its path in the workspace. */
  readonly path: string;
}

export function readPipelineCase(tool: string, file: string): PipelineCase {
  const path = PATHS[tool];
  if (path === undefined) {
    throw new Error(`No path is set for ${tool} (${basename(file)}).`);
  }
  return { ...readMarkedText(readFileSync(file, "utf8")), file, path };
}

/** One person is known from git, nobody from CODEOWNERS, and a product links the file but says nothing. */
export function pipelineFacts(path: string, facts: Partial<PipelineFacts> = {}): PipelineFacts {
  return {
    codeowners: { known: true, value: [] },
    owners: {
      known: true,
      value: [{ email: "ana@example.org", handle: null, name: "Ana Ruiz", source: "git", commits: 9, lastCommit: "2026-11-20" }],
    },
    outer: { known: true, value: [] },
    products: { known: true, value: [{ path: "mlops.yaml", product: { pipeline: path } }] },
    ...facts,
  };
}

export interface PipelineWorld {
  readonly facts?: Partial<PipelineFacts>;
  /** The policy's text. */
  readonly policy?: string;
  readonly today?: string;
}

/** @throws Error for a text that is no pipeline. */
function pipelineContext(path: string, text: string, { facts, policy = "", today = "2026-11-24" }: PipelineWorld = {}): PipelineContext {
  const source = sourceOf(path, text);
  if (source === undefined) {
    throw new Error(`${path} is no pipeline.`);
  }
  return {
    source,
    file: source.read(path, text),
    policy: toPolicy(readPolicyFile(policy).value),
    facts: pipelineFacts(path, facts),
    today,
  };
}

export function lintPipeline(path: string, text: string, world: PipelineWorld = {}, rules?: readonly PipelineRule[]): LintResult {
  return runPipelineLint(pipelineContext(path, text, world), rules);
}
