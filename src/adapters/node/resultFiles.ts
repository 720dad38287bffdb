import { randomUUID } from "node:crypto";
import { link, mkdir, open, readdir, readFile, realpath, rename, rm, stat } from "node:fs/promises";
import { dirname, join } from "node:path";

import { AppError } from "../../core/base/appError";
import type { CancelSignal } from "../../core/base/cancel";
import { oneLine } from "../../core/base/oneLine";
import type { ResultFiles } from "../../core/monitoring/resultStore";
import { isInside } from "./isInside";

/** Larger files are none of ours. */
const LONGEST_TEXT = 5 * 1024 * 1024;

/** What stands in the way of writing, for people. */
const REASONS: Readonly<Record<string, string>> = {
  ENOSPC: "the disk is full",
  EDQUOT: "your share of the disk is used up",
  EROFS: "the disk is read-only",
  EACCES: "you have no right to write there",
  EPERM: "you have no right to write there",
  ENOTDIR: "a file stands where a folder is needed",
};

/**
 * Files of a folder on disk that are added and never changed.
 * @param root absolute path of the workspace.
 */
export function openResultFiles(root: string): ResultFiles {
  return {
    names: (folder, signal) => namesIn(join(root, folder), signal),
    readText: (path, signal) => textOf(join(root, path), path, signal),
    create: (path, text, signal) => create(root, path, text, signal),
  };
}

async function namesIn(folder: string, signal: CancelSignal): Promise<readonly string[]> {
  signal.throwIfAborted();
  try {
    return await readdir(folder);
  } catch (error) {
    if (isGone(error)) {
      return [];
    }
    throw error;
  }
}

async function textOf(place: string, path: string, signal: CancelSignal): Promise<string | null> {
  signal.throwIfAborted();
  try {
    const about = await stat(place);
    if (!about.isFile() || about.size > LONGEST_TEXT) {
      throw new AppError("file/unreadable", `The file ${oneLine(path)} is ${about.isFile() ? "larger than 5 MB" : "no file"}.`);
    }
    return await readFile(place, "utf8");
  } catch (error) {
    if (isGone(error)) {
      return null;
    }
    throw error instanceof AppError ? error : new AppError("file/unreadable", `The system answers ${codeOf(error)}.`, { cause: error });
  }
}

/** Written beside its place, then given its name in one step that fails where the name is taken. */
async function create(root: string, path: string, text: string, signal: CancelSignal): Promise<boolean> {
  signal.throwIfAborted();
  const place = join(root, path);
  const folder = dirname(place);
  let temporary: string | undefined;
  try {
    await mkdir(folder, { recursive: true });
    if (!isInside(await realpath(root), await realpath(folder))) {
      throw unwritable(path, "its folder is a link that leads out of the workspace", undefined);
    }
    temporary = join(folder, `.${randomUUID()}.tmp`);
    const file = await open(temporary, "wx");
    try {
      await file.writeFile(text, "utf8");
      await file.sync();
    } finally {
      await file.close();
    }
    const isCreated = await giveName(temporary, place);
    if (isCreated) {
      await syncFolder(folder);
    }
    return isCreated;
  } catch (error) {
    throw error instanceof AppError ? error : unwritable(path, REASONS[codeOf(error)] ?? `the system answers ${codeOf(error)}`, error);
  } finally {
    if (temporary !== undefined) {
      await rm(temporary, { force: true }).catch(ignoreLeftover);
    }
  }
}

async function giveName(temporary: string, place: string): Promise<boolean> {
  try {
    await link(temporary, place);
    return true;
  } catch (error) {
    if (codeOf(error) === "EEXIST") {
      return false;
    }
    return reserveAndRename(temporary, place);
  }
}

/** For file systems without links, such as exFAT: an empty file holds the name until the whole one takes its place. */
async function reserveAndRename(temporary: string, place: string): Promise<boolean> {
  try {
    await (await open(place, "wx")).close();
  } catch (error) {
    if (codeOf(error) === "EEXIST") {
      return false;
    }
    throw error;
  }
  await rename(temporary, place);
  return true;
}

/** So that the name is there after a power cut too. Windows opens no folders, and nothing is lost without it. */
async function syncFolder(folder: string): Promise<void> {
  try {
    const handle = await open(folder, "r");
    try {
      await handle.sync();
    } finally {
      await handle.close();
    }
  } catch {
    // The file itself is written; only its name could be lost, and a check can be made again.
  }
}

function unwritable(path: string, why: string, cause: unknown): AppError {
  return new AppError("file/unwritable", `The file ${oneLine(path)} was not written: ${why}.`, {
    remedy: "Nothing that was there has changed.",
    cause,
  });
}

function codeOf(error: unknown): string {
  return error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : String(error);
}

function isGone(error: unknown): boolean {
  return codeOf(error) === "ENOENT" || codeOf(error) === "ENOTDIR";
}

function ignoreLeftover(): void {
  // A hidden file that nobody reads stays behind; that is no reason to call what was written unwritten.
}
