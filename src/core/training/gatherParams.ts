import type { CancelSignal } from "../base/cancel";
import type { WorkspaceFiles } from "../lint/workspace/lintPorts";
import { reasonOf } from "../lint/workspace/reasonOf";
import { folderOf, inFolder } from "../lint/workspace/workspacePath";
import type { ParamField } from "./paramField";
import { commandFields } from "./paramSources/commandFields";
import { mergeFields } from "./paramSources/mergeFields";
import type { MlprojectEntry } from "./paramSources/mlprojectFields";
import { type ParamsFile, paramsFileFields } from "./paramSources/paramsFileFields";
import type { ParamValue, TrainSpec } from "./trainSpec";

export interface GatheredParams {
  readonly fields: readonly ParamField[];
  readonly lists: ParamsFile["lists"];
  /** What the file of parameters itself says, by name. */
  readonly written: ReadonlyMap<string, ParamValue | null>;
  /** Why the file of parameters cannot be read, one sentence; null where it can. */
  readonly problem: string | null;
}

const DVC_PARAMS = "params.yaml";

/** Where parameters are beside mlops.yaml: the file that it names; for DVC, which looks there by itself, a `params.yaml` beside the pipeline. */
export async function paramsFileOf(spec: TrainSpec, files: Pick<WorkspaceFiles, "look">, signal: CancelSignal): Promise<string | null> {
  if (spec.paramsFile !== null || spec.engine !== "dvc") {
    return spec.paramsFile;
  }
  const path = inFolder(folderOf(spec.pipeline ?? spec.config), DVC_PARAMS);
  return (await files.look(path, signal)).kind === "file" ? path : null;
}

/**
 * All parameters that a person may set. A DAG and a workflow take only what they declare, so that files of this machine count for the others.
 * @param declared by the engine.
 */
export async function gatherParams(
  spec: TrainSpec,
  declared: readonly ParamField[],
  project: MlprojectEntry | string | null,
  files: Pick<WorkspaceFiles, "readText">,
  signal: CancelSignal,
): Promise<GatheredParams> {
  const isHere = spec.engine === "local" || spec.engine === "dvc" || spec.engine === "ray";
  const file = isHere && spec.paramsFile !== null ? await readParams(spec.paramsFile, files, signal) : NO_FILE;
  const entry = isHere && project !== null && typeof project !== "string" ? project.fields : [];
  const merged = mergeFields([declared, entry, file.fields], spec.params, spec.config);
  const known = new Set(merged.map(({ name }) => name));
  const fields = [...merged, ...commandFields(spec.command).filter(({ name }) => !known.has(name))];
  const written = new Map(file.fields.map(({ name, value }) => [name, value]));
  return { fields, lists: file.lists, written, problem: file.problem };
}

const NO_FILE: ParamsFile = { fields: [], lists: {}, problem: null };

async function readParams(path: string, files: Pick<WorkspaceFiles, "readText">, signal: CancelSignal): Promise<ParamsFile> {
  try {
    const text = await files.readText(path, signal);
    return text === null ? { ...NO_FILE, problem: `The file of parameters ${path} is not there.` } : paramsFileFields(text, path);
  } catch (error) {
    signal.throwIfAborted();
    return { ...NO_FILE, problem: `The file of parameters ${path} cannot be read: ${reasonOf(error)}.` };
  }
}
