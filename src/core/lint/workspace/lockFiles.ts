import type { CancelSignal } from "../../base/cancel";
import type { Fact } from "../lintFacts";
import type { FileIndex } from "./fileIndex";
import type { WorkspaceFiles } from "./lintPorts";
import { readParsed } from "./readParsed";
import { foldersUp, inFolder, relativePath } from "./workspacePath";

/** Files that always pin each package. */
const LOCK =
  /^(?:uv\.lock|poetry\.lock|pdm\.lock|Pipfile\.lock|pixi\.lock|pylock(?:\..+)?\.toml|(?:.+[.-])?conda-lock\.ya?ml|requirements.*\.lock)$/;
/** A file that pins each package only where every line does. */
const REQUIREMENTS = /^(?:.*-)?requirements.*\.txt$/;

/** The files that pin the packages of a product: those in its folder, else in the nearest folder above that has any. */
export async function gatherLockFiles(
  folder: string,
  files: WorkspaceFiles,
  index: FileIndex,
  signal: CancelSignal,
): Promise<Fact<readonly string[]>> {
  for (const place of foldersUp(folder)) {
    const found: string[] = [];
    for (const name of index.namesIn(place)) {
      if (LOCK.test(name) || (REQUIREMENTS.test(name) && (await isPinned(inFolder(place, name), files, signal)))) {
        found.push(relativePath(folder, inFolder(place, name)));
      }
    }
    if (found.length > 0) {
      return { known: true, value: found };
    }
  }
  return { known: true, value: [] };
}

async function isPinned(path: string, files: WorkspaceFiles, signal: CancelSignal): Promise<boolean> {
  try {
    return (await readParsed(files, path, pinsAll, signal)) === true;
  } catch {
    signal.throwIfAborted();
    return false; // A file that cannot be read is not worth a link.
  }
}

/** Whether each requirement names one version or one file; a file that takes in others cannot tell. */
function pinsAll(text: string): boolean {
  const lines = text
    .replaceAll(/\\\r?\n/g, " ")
    .split(/\r?\n/)
    .map((line) => line.replace(/(?:^|\s)#.*$/, "").trim())
    .filter((line) => line !== "");
  const requirements = lines.filter((line) => !line.startsWith("-"));
  const takesIn = lines.some((line) => /^(?:-r|--requirement|-e|--editable)\b/.test(line));
  return (
    requirements.length > 0 && !takesIn && requirements.every((line) => /===?\s*[^\s*=;,]+(?:\s|;|$)|--hash=|@\s*\S+#sha256=/.test(line))
  );
}
