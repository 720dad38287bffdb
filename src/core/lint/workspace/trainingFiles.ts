import type { CancelSignal } from "../../base/cancel";
import type { Product } from "../../config/product";
import { readDvcStages } from "./dvcOutputs";
import type { FileIndex } from "./fileIndex";
import type { WorkspaceFiles } from "./lintPorts";
import { isPattern, matchingFiles } from "./matchingFiles";
import { readParsed } from "./readParsed";
import { folderOf, resolvePath } from "./workspacePath";

const CODE = /\.(?:py|ipynb|r|rmd|jl|scala|sql|sh|bash|ps1)$/i;

/**
 * The files whose change makes another model: the pipeline with the code that its stages run, the code that is named, and the scripts of
 * the command. Paths are in the workspace; a folder stands for what is in it.
 */
export async function trainingFiles(
  product: Product,
  folder: string,
  files: WorkspaceFiles,
  index: FileIndex,
  signal: CancelSignal,
): Promise<readonly string[]> {
  const { code, command } = product.train ?? {};
  const pipeline = product.pipeline === undefined ? null : resolvePath(folder, product.pipeline);
  const named = (code ?? []).flatMap((path) => {
    const place = path === undefined ? null : resolvePath(folder, path);
    return place === null ? [] : isPattern(place) && !index.hasFile(place) ? matchingFiles(place, index) : [place];
  });
  const stages = pipeline === null ? [] : await codeOfStages(pipeline, files, index, signal);
  return [...new Set([...(pipeline === null ? [] : [pipeline]), ...named, ...scriptsOf(command ?? [], folder, index), ...stages])];
}

/** The code that the stages of a dvc.yaml depend on. */
async function codeOfStages(pipeline: string, files: WorkspaceFiles, index: FileIndex, signal: CancelSignal): Promise<readonly string[]> {
  if (!pipeline.endsWith("dvc.yaml") || !index.hasFile(pipeline)) {
    return [];
  }
  try {
    const stages = (await readParsed(files, pipeline, readDvcStages, signal))?.stages ?? [];
    return stages.flatMap(({ workingFolder, dependencies }) => {
      const working = resolvePath(folderOf(pipeline), workingFolder ?? ".") ?? folderOf(pipeline);
      return dependencies.filter((path) => CODE.test(path)).flatMap((path) => resolvePath(working, path) ?? []);
    });
  } catch {
    signal.throwIfAborted();
    return []; // The pipeline's own file is still known.
  }
}

/** Arguments that name a file, and `-m package.module`. A command of one item is a line for a shell. */
function scriptsOf(
  command: readonly (string | number | boolean | null | undefined)[],
  folder: string,
  index: FileIndex,
): readonly string[] {
  const words = command.flatMap((word) => (typeof word === "string" ? (command.length === 1 ? word.split(/\s+/) : [word]) : []));
  return words.flatMap((word, at) => {
    const modulePath = word.replaceAll(".", "/");
    const names =
      words[at - 1] === "-m" ? [`${modulePath}.py`, `${modulePath}/__main__.py`, `src/${modulePath}.py`] : CODE.test(word) ? [word] : [];
    const places = names.map((name) => resolvePath(folder, name)).filter((place) => place !== null);
    return places.find((place) => index.hasFile(place)) ?? [];
  });
}
