import type { CancelSignal } from "../../base/cancel";
import type { PipelineFacts, ProductFile } from "../pipelineRule";
import { toRepositoryFacts } from "../repositoryFacts";
import type { LintResult } from "../runLint";
import { runPipelineLint } from "../runPipelineLint";
import type { LintOptions } from "./fileLint";
import { findPolicy } from "./findPolicy";
import type { LintPorts } from "./lintPorts";
import { type ReadPipeline, readPipeline } from "./pipelineFiles";
import { folderOf } from "./workspacePath";

/** Judges a pipeline file of another tool. @param products of the whole workspace. */
export async function lintPipeline(
  { source, file }: ReadPipeline,
  products: readonly ProductFile[],
  { settings, today }: LintOptions,
  ports: LintPorts,
  signal: CancelSignal,
): Promise<LintResult> {
  const policy = await findPolicy(folderOf(file.path), ports.files, signal);
  const outer = await Promise.all(source.outerFiles(file.path).map((path) => readPipeline(path, ports.files, signal)));
  const facts: PipelineFacts = {
    ...(await ownersOf(file.path, today, ports, signal)),
    outer: { known: true, value: outer.flatMap((one) => (one === null ? [] : [one.file])) },
    products: { known: true, value: products },
  };
  return runPipelineLint({ source, file, policy, facts, today }, undefined, settings);
}

async function ownersOf(
  path: string,
  today: string,
  { repositories }: LintPorts,
  signal: CancelSignal,
): Promise<Pick<PipelineFacts, "codeowners" | "owners">> {
  const repository = await repositories.find(folderOf(path), signal);
  if (!repository.known) {
    return { codeowners: repository, owners: repository };
  }
  const { activity, codeowners, toRepository } = repository.value;
  const config = toRepository(path);
  return {
    codeowners: { known: true, value: codeowners?.ownersOf(config) ?? [] },
    owners: toRepositoryFacts({ activity, codeowners, config, training: [], today }).owners,
  };
}
