import type { CancelSignal } from "../../base/cancel";
import { mayBePipeline, sourceOf } from "../sources/allSources";
import type { PipelineFile, PipelineSource } from "../sources/pipelineSource";
import type { FileIndex } from "./fileIndex";
import type { WorkspaceFiles } from "./lintPorts";
import { configKindOf } from "./lintTarget";
import { parseOnce } from "./readParsed";
import { foldersUp, inFolder, resolvePath } from "./workspacePath";

/** A pipeline file of another tool, with the format that it has. */
export interface ReadPipeline {
  readonly source: PipelineSource;
  readonly file: PipelineFile;
}

/** Files that are open at the same time while many are looked at. */
const AT_ONCE = 32;

/** Which of the paths are pipeline files of other tools, told by name and content, in the order given. */
export async function findPipelines(
  paths: readonly string[],
  files: Pick<WorkspaceFiles, "readText">,
  signal: CancelSignal,
): Promise<readonly ReadPipeline[]> {
  const candidates = paths.filter((path) => mayBePipeline(path) && configKindOf(path) === null);
  const found: ReadPipeline[] = [];
  for (let at = 0; at < candidates.length; at += AT_ONCE) {
    signal.throwIfAborted();
    const read = await Promise.all(candidates.slice(at, at + AT_ONCE).map((path) => readPipeline(path, files, signal)));
    found.push(...read.filter((one) => one !== null));
  }
  return found;
}

/** @returns null for a file that is gone, cannot be read, or is no pipeline. */
export async function readPipeline(
  path: string,
  files: Pick<WorkspaceFiles, "readText">,
  signal: CancelSignal,
): Promise<ReadPipeline | null> {
  let text: string | null;
  try {
    text = await files.readText(path, signal);
  } catch {
    signal.throwIfAborted();
    return null; // What cannot be read cannot be known for a pipeline either.
  }
  return text === null ? null : pipelineOf(path, text);
}

/** Read once for each text and path: a keystroke in one file must not have all others read again. */
export function pipelineOf(path: string, text: string): ReadPipeline | null {
  const byPath = parseOnce(text, newMap);
  let pipeline = byPath.get(path);
  if (pipeline === undefined) {
    const source = sourceOf(path, text);
    pipeline = source === undefined ? null : { source, file: source.read(path, text) };
    byPath.set(path, pipeline);
  }
  return pipeline;
}

function newMap(): Map<string, ReadPipeline | null> {
  return new Map();
}

/**
 * The pipelines that a product may be made by: those in its folder and below, those that stand in a folder above or in its
 * `.github/workflows` or `dags`, and the one it links.
 */
export async function nearPipelines(
  folder: string,
  linked: string | undefined,
  index: FileIndex,
  files: Pick<WorkspaceFiles, "readText">,
  signal: CancelSignal,
): Promise<readonly ReadPipeline[]> {
  const link = linked === undefined ? null : resolvePath(folder, linked);
  const above = foldersUp(folder)
    .slice(1)
    .flatMap((place) => [place, inFolder(place, ".github/workflows"), inFolder(place, "dags")])
    .flatMap((place) => index.namesIn(place).map((name) => inFolder(place, name)));
  const paths = new Set([...index.below(folder), ...above, ...(link === null || !index.hasFile(link) ? [] : [link])]);
  return (await findPipelines([...paths], files, signal)).filter(({ source }) => source.isPipeline);
}
