import { constants, type Dirent, type Stats } from "node:fs";
import { open, readdir, realpath, stat } from "node:fs/promises";
import { join } from "node:path";

import { AppError } from "../../core/base/appError";
import type { CancelSignal } from "../../core/base/cancel";
import { oneLine } from "../../core/base/oneLine";
import type { ArtifactEntry } from "../../core/tracking/artifact";
import { isInside } from "./isInside";

/** How many entries of a folder are asked for their size at a time. */
const STAT_BATCH = 64;

/**
 * Lists one level of a local artifact folder: directories first, then by name.
 * A root that does not exist is an empty list, because MLflow makes the folder only when the first file is logged.
 * A link that leaves the root is listed as a file of unknown size; reading it says why it is not followed.
 * @param root absolute path of the owner's artifact folder.
 * @param path relative to the root, with `/`; "" is the root.
 */
export async function listLocalArtifacts(root: string, path: string, signal: CancelSignal): Promise<readonly ArtifactEntry[]> {
  signal.throwIfAborted();
  const found = await resolveInside(root, path);
  if (found === null) {
    return [];
  }
  const entries = await readdir(found.target, { withFileTypes: true }).catch((error: unknown) => {
    throw toArtifactError(error, path);
  });
  const listed: ArtifactEntry[] = [];
  for (let start = 0; start < entries.length; start += STAT_BATCH) {
    signal.throwIfAborted();
    const batch = entries.slice(start, start + STAT_BATCH);
    const described = await Promise.all(batch.map((entry) => describeEntry(found.root, found.target, path, entry)));
    listed.push(...described.filter((entry) => entry !== null));
  }
  return listed.sort(compareEntries);
}

/**
 * Reads one file of a local artifact folder.
 * @param path relative to the root, with `/`.
 * @throws AppError `artifact/too-large` above `maxBytes`, `artifact/outside-root`, `artifact/not-found`, `store/unreadable`.
 */
export async function readLocalArtifact(
  root: string,
  path: string,
  options: { readonly maxBytes: number },
  signal: CancelSignal,
): Promise<Uint8Array> {
  signal.throwIfAborted();
  const found = await resolveInside(root, path);
  if (found === null) {
    throw notFound(path);
  }
  try {
    // Asked before opening, because opening a named pipe waits for its writer.
    if (!(await stat(found.target)).isFile()) {
      throw new AppError("artifact/not-found", `"${oneLine(path)}" is not a file.`, { remedy: "List it as a folder instead." });
    }
    // The last name was resolved already; a link put in its place since then is not followed. Windows lacks the flag, and
    // `undefined` counts as no bit.
    const file = await open(found.target, constants.O_RDONLY | constants.O_NOFOLLOW);
    try {
      const { size } = await file.stat();
      if (size > options.maxBytes) {
        throw tooLarge(path, size, options.maxBytes);
      }
      // One byte more than expected, so that a file that grows while it is read is noticed.
      const buffer = Buffer.alloc(Math.min(size, options.maxBytes) + 1);
      let filled = 0;
      while (filled < buffer.length) {
        signal.throwIfAborted();
        const { bytesRead } = await file.read(buffer, filled, Math.min(buffer.length - filled, 4 * 1024 * 1024), filled);
        if (bytesRead === 0) {
          break;
        }
        filled += bytesRead;
      }
      return buffer.subarray(0, Math.min(filled, size));
    } finally {
      await file.close();
    }
  } catch (error) {
    throw toArtifactError(error, path);
  }
}

/**
 * The real path of a folder or file below an artifact root, for a model that is a part of a run's artifacts.
 * @throws AppError `artifact/not-found`, `artifact/outside-root`.
 */
export async function resolveLocalArtifact(root: string, path: string): Promise<string> {
  const found = await resolveInside(root, path);
  if (found === null) {
    throw notFound(path);
  }
  return found.target;
}

/** Splits an artifact path and refuses whatever could leave the root, on any system. */
export function artifactPathSegments(path: string): readonly string[] {
  const isDrive = /^[A-Za-z]:[\\/]/.test(path) || (process.platform === "win32" && path.includes(":"));
  const isAbsolute = path.startsWith("/") || path.startsWith("\\");
  if (isDrive || isAbsolute || path.includes("\0") || path.split(/[\\/]/).includes("..")) {
    throw outsideRoot(path);
  }
  return path.split("/").filter((segment) => segment !== "" && segment !== ".");
}

/** The real paths of the root and of the entry; null where the root itself is asked for and does not exist. */
async function resolveInside(root: string, path: string): Promise<{ root: string; target: string } | null> {
  const segments = artifactPathSegments(path);
  try {
    const realRoot = await realpath(root);
    const target = segments.length === 0 ? realRoot : await realpath(join(realRoot, ...segments));
    if (!isInside(realRoot, target)) {
      throw outsideRoot(path);
    }
    return { root: realRoot, target };
  } catch (error) {
    const translated = toArtifactError(error, path);
    if (segments.length === 0 && translated.code === "artifact/not-found") {
      return null;
    }
    throw translated;
  }
}

async function describeEntry(root: string, folder: string, path: string, entry: Dirent): Promise<ArtifactEntry | null> {
  const relativePath = [...artifactPathSegments(path), entry.name].join("/");
  const file = join(folder, entry.name);
  const unknown: ArtifactEntry = {
    path: relativePath,
    isDirectory: false,
    size: null,
    modifiedTime: null,
  };
  let info: Stats;
  try {
    if (entry.isSymbolicLink() && !isInside(root, await realpath(file))) {
      return unknown;
    }
    info = await stat(file);
  } catch (error) {
    // An entry removed since the folder was read is no entry; a broken link or one without permission is still shown.
    return isMissing(error) && !entry.isSymbolicLink() ? null : { ...unknown, isDirectory: entry.isDirectory() };
  }
  const isDirectory = info.isDirectory();
  return {
    path: relativePath,
    isDirectory,
    size: isDirectory ? null : info.size,
    modifiedTime: Math.trunc(info.mtimeMs),
  };
}

function compareEntries(a: ArtifactEntry, b: ArtifactEntry): number {
  if (a.isDirectory !== b.isDirectory) {
    return a.isDirectory ? -1 : 1;
  }
  return a.path < b.path ? -1 : a.path > b.path ? 1 : 0;
}

function isMissing(error: unknown): boolean {
  const code = errorCode(error);
  // ENAMETOOLONG: no file can have such a name. ELOOP: links that only lead to each other.
  return code === "ENOENT" || code === "ENOTDIR" || code === "ENAMETOOLONG" || code === "ELOOP";
}

function errorCode(error: unknown): string | undefined {
  return error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : undefined;
}

function toArtifactError(error: unknown, path: string): AppError {
  if (error instanceof AppError) {
    return error;
  }
  if (error instanceof Error && error.name === "AbortError") {
    throw error;
  }
  if (isMissing(error)) {
    return notFound(path, error);
  }
  const code = errorCode(error);
  const reason = code === "EACCES" || code === "EPERM" ? "you have no permission to read it" : (code ?? String(error));
  return new AppError("store/unreadable", `The artifact "${oneLine(path)}" could not be read: ${reason}.`, {
    remedy: "Check the permissions of the file and try again.",
    cause: error,
  });
}

function notFound(path: string, cause?: unknown): AppError {
  return new AppError("artifact/not-found", `There is no artifact "${oneLine(path)}".`, {
    remedy: "It may have been moved or deleted; refresh the list.",
    cause,
  });
}

function outsideRoot(path: string): AppError {
  return new AppError("artifact/outside-root", `The artifact path "${oneLine(path)}" leaves the artifact folder and is not followed.`);
}

function tooLarge(path: string, size: number, maxBytes: number): AppError {
  const toMb = (bytes: number): string => `${(bytes / 1024 / 1024).toFixed(1)} MB`;
  return new AppError(
    "artifact/too-large",
    `The artifact "${oneLine(path)}" has ${toMb(size)}, more than the limit of ${toMb(maxBytes)}.`,
    {
      remedy: "Open it with another program.",
    },
  );
}
