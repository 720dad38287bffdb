import type { Dirent } from "node:fs";
import { readdir, realpath, stat } from "node:fs/promises";
import { join } from "node:path";

import type { CancelSignal } from "../../core/base/cancel";
import { isToolFolder } from "../../core/lint/workspace/toolFolders";
import { inFolder } from "../../core/lint/workspace/workspacePath";
import { isInside } from "./isInside";

export interface ListedFiles {
  /** Relative to the root, with forward slashes; sorted by UTF-16 code units. */
  readonly files: readonly string[];
  /** Sentences about what is not listed. */
  readonly problems: readonly string[];
}

/** More files are data, of which nobody wrote each. */
const MOST_FILES = 200_000;
const MOST_DEPTH = 40;
/** The disk answers this many at a time without hurting others. */
const AT_ONCE = 16;
/** What marks a folder that a tool filled, whatever its name: an environment of Python or conda, a cache. */
const MARKS: ReadonlySet<string> = new Set(["pyvenv.cfg", "conda-meta", "CACHEDIR.TAG"]);

/** Lists the files of a folder, those of tools left out. A linked folder is passed over, because what it leads to is listed where it is. */
export async function listFiles(root: string, signal: CancelSignal): Promise<ListedFiles> {
  const files: string[] = [];
  const problems: string[] = [];
  const realRoot = await realpath(root);
  let level = [""];
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > MOST_DEPTH) {
      problems.push(`Folders more than ${MOST_DEPTH} levels deep were not looked into.`);
      break;
    }
    const next: string[] = [];
    for (let from = 0; from < level.length; from += AT_ONCE) {
      signal.throwIfAborted();
      const some = level.slice(from, from + AT_ONCE);
      const listed = await Promise.all(some.map((folder) => listFolder(root, realRoot, folder, problems)));
      for (const one of listed) {
        files.push(...one.files);
        next.push(...one.folders);
      }
      if (files.length > MOST_FILES) {
        problems.push(`The folder has more than ${MOST_FILES.toLocaleString("en-US")} files; what lies deeper was not looked at.`);
        return { files: files.sort(), problems };
      }
    }
    level = next;
  }
  return { files: files.sort(), problems };
}

async function listFolder(
  root: string,
  realRoot: string,
  folder: string,
  problems: string[],
): Promise<{ readonly files: string[]; readonly folders: string[] }> {
  const files: string[] = [];
  const folders: string[] = [];
  for (const entry of await entriesOf(root, folder, problems)) {
    const path = inFolder(folder, entry.name);
    if (entry.isDirectory()) {
      if (!isToolFolder(path)) {
        folders.push(path);
      }
    } else if (entry.isFile() || (entry.isSymbolicLink() && (await leadsToFile(join(root, path), realRoot)))) {
      files.push(path);
    }
  }
  return { files, folders };
}

/** None for a folder that a tool filled, or that nobody may read. */
async function entriesOf(root: string, folder: string, problems: string[]): Promise<readonly Dirent[]> {
  try {
    const entries = await readdir(join(root, folder), { withFileTypes: true });
    return folder !== "" && (entries.some(({ name }) => MARKS.has(name)) || isRunStore(entries)) ? [] : entries;
  } catch (error) {
    if (folder === "") {
      throw error;
    }
    problems.push(`The folder ${folder} cannot be listed: ${(error as NodeJS.ErrnoException).code ?? String(error)}.`);
    return [];
  }
}

/** A store of runs under another name than mlruns: experiments are folders with numbers as names, and the deleted ones lie in `.trash`. */
function isRunStore(entries: readonly Dirent[]): boolean {
  return entries.some(({ name }) => name === ".trash") && entries.some((entry) => entry.isDirectory() && /^\d+$/.test(entry.name));
}

async function leadsToFile(path: string, realRoot: string): Promise<boolean> {
  try {
    const target = await realpath(path);
    return isInside(realRoot, target) && (await stat(target)).isFile();
  } catch {
    return false; // A link that leads nowhere, or round in a circle.
  }
}
