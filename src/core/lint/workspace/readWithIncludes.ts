import type { CancelSignal } from "../../base/cancel";
import type { Include } from "../../config/yaml/nodeReader";
import { YAML_LIMITS } from "../../config/yaml/limits";
import { toUserText } from "../../base/appError";
import { folderOf, resolvePath } from "./workspacePath";
import type { WorkspaceFiles } from "./lintPorts";

type Included = ReturnType<Include>;

/**
 * Reads a configuration with the files that it includes: the reader asks for them at once, the disk answers later, so the text is read
 * again until nothing more is asked for.
 * @param read reads the text with the includes that are there.
 */
export async function readWithIncludes<T>(
  path: string,
  read: (include: Include) => T,
  files: Pick<WorkspaceFiles, "readText">,
  signal: CancelSignal,
): Promise<T> {
  const folder = folderOf(path);
  const known = new Map<string, Included>();
  for (let round = 0; round <= YAML_LIMITS.includes; round++) {
    const missing = new Set<string>();
    const result = read((included) => {
      const text = known.get(included);
      if (text === undefined) {
        missing.add(included);
      }
      return text ?? "";
    });
    if (missing.size === 0) {
      return result;
    }
    for (const included of missing) {
      known.set(included, await readIncluded(resolvePath(folder, included), files, signal));
    }
  }
  return read((included) => known.get(included) ?? { error: "too many files include each other" });
}

async function readIncluded(path: string | null, files: Pick<WorkspaceFiles, "readText">, signal: CancelSignal): Promise<Included> {
  if (path === null) {
    return { error: "it lies outside of this workspace" };
  }
  try {
    return (await files.readText(path, signal)) ?? { error: "there is no such file" };
  } catch (error) {
    signal.throwIfAborted();
    return { error: toUserText(error) };
  }
}
