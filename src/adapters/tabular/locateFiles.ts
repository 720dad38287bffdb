import type { Dirent } from "node:fs";
import { readdir, stat } from "node:fs/promises";
import { isAbsolute, resolve, sep } from "node:path";

import picomatch from "picomatch";

import { AppError } from "../../core/base/appError";
import type { CancelSignal } from "../../core/base/cancel";
import { errnoOf } from "../node/errnoOf";
import { fileError, fileProblem } from "./fileProblem";

export interface LocatedFile {
  /** Absolute. */
  readonly path: string;
  readonly bytes: number;
}

/** More files are not one table. */
const MOST_FILES = 10_000;
const MOST_DEPTH = 40;
const AT_ONCE = 16;

/**
 * The files that paths and patterns name, sorted by path, each once. A path that is a file's name is no pattern, whatever its letters.
 * @throws AppError where one of them names no file.
 */
export async function locateFiles(paths: readonly string[], signal: CancelSignal): Promise<readonly LocatedFile[]> {
  const found = new Map<string, LocatedFile>();
  for (const path of paths) {
    signal.throwIfAborted();
    if (!isAbsolute(path)) {
      throw new AppError("usage", `The path of a table must be absolute, and ${path} is not.`);
    }
    for (const file of await filesOf(path, signal)) {
      found.set(file.path, file);
    }
    if (found.size > MOST_FILES) {
      throw new AppError("file/unreadable", `${path} matches more than ${MOST_FILES.toLocaleString("en-US")} files.`, {
        remedy: "Name fewer with a narrower pattern.",
      });
    }
  }
  if (found.size === 0) {
    throw new AppError("usage", "No file is named.", { remedy: "Name a CSV, Parquet or JSON lines file." });
  }
  return [...found.values()].sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
}

async function filesOf(path: string, signal: CancelSignal): Promise<readonly LocatedFile[]> {
  const pattern = sep === "\\" ? path.replaceAll("\\", "/") : path;
  const { base, isGlob } = picomatch.scan(pattern);
  if (!isGlob) {
    return [await locate(path)];
  }
  try {
    return [await locate(path)];
  } catch {
    // It is a pattern.
  }
  const found: Walk = { isMatch: picomatch(pattern), matches: [], closed: [] };
  await walk(base === "" ? "/" : base, pattern.includes("**") ? MOST_DEPTH : slashes(pattern) - slashes(base), found, signal);
  const { matches, closed } = found;
  const [first] = closed;
  if (matches.length === 0 && first !== undefined) {
    throw fileProblem(first.folder, first.error);
  }
  if (matches.length === 0) {
    throw new AppError("file/unreadable", `No file matches ${path}.`, { remedy: "Check the folder and the pattern." });
  }
  const files: LocatedFile[] = [];
  for (let from = 0; from < matches.length; from += AT_ONCE) {
    signal.throwIfAborted();
    files.push(...(await Promise.all(matches.slice(from, from + AT_ONCE).map((match) => locate(resolve(match))))));
  }
  return files;
}

interface Walk {
  readonly isMatch: (path: string) => boolean;
  readonly matches: string[];
  /** Folders that nobody may look into. */
  readonly closed: { readonly folder: string; readonly error: unknown }[];
}

/** Collects the files below a folder that match, so many levels deep. Folders whose name begins with a point are passed over. */
async function walk(folder: string, depth: number, found: Walk, signal: CancelSignal): Promise<void> {
  const { isMatch, matches } = found;
  signal.throwIfAborted();
  for (const entry of await entriesOf(folder, found)) {
    const path = folder.endsWith("/") ? folder + entry.name : `${folder}/${entry.name}`;
    if (matches.length > MOST_FILES || entry.name.startsWith(".")) {
      continue;
    }
    if (entry.isDirectory()) {
      if (depth > 1) {
        await walk(path, depth - 1, found, signal);
      }
    } else if (isMatch(path) && (entry.isFile() || (await isLinkedFile(path)))) {
      matches.push(path);
    }
  }
}

async function entriesOf(folder: string, { closed }: Walk): Promise<readonly Dirent[]> {
  try {
    return await readdir(folder, { withFileTypes: true });
  } catch (error) {
    const code = errnoOf(error);
    // A folder that is gone, or is none, holds no file.
    if (code === "EACCES" || code === "EPERM") {
      closed.push({ folder, error });
    }
    return [];
  }
}

async function isLinkedFile(path: string): Promise<boolean> {
  return (await stat(path).catch(() => undefined))?.isFile() ?? false;
}

function slashes(path: string): number {
  return path.split("/").length - 1;
}

async function locate(path: string): Promise<LocatedFile> {
  let stats;
  try {
    stats = await stat(path);
  } catch (error) {
    throw fileProblem(path, error);
  }
  if (stats.isDirectory()) {
    throw fileProblem(path, Object.assign(new Error(), { code: "EISDIR" }));
  }
  if (!stats.isFile()) {
    throw fileError(path, "it is no ordinary file");
  }
  if (stats.size === 0) {
    throw fileError(path, "it is empty", "Check what should have written it.");
  }
  return { path, bytes: stats.size };
}
