import { readFile as readFileWith, stat as statWith } from "node:fs";
import { open, readdir, realpath } from "node:fs/promises";
import { dirname, join } from "node:path";
import { promisify } from "node:util";

import { AppError } from "../../core/base/appError";
import type { CancelSignal } from "../../core/base/cancel";
import { oneLine } from "../../core/base/oneLine";
import type { ResultFiles } from "../../core/monitoring/resultStore";
import { createFile, makeFolder } from "./atomicFile";
import { errnoOf, isMissing } from "./errnoOf";
import { isInside } from "./isInside";

/** With callbacks Node needs half the time of its promises, and an overview reads thousands of results. */
const [readFile, stat] = [promisify(readFileWith), promisify(statWith)];
/** Larger files are none of ours. */
const LONGEST_TEXT = 5 * 1024 * 1024;

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
    if (isMissing(error)) {
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
    if (isMissing(error)) {
      return null;
    }
    throw error instanceof AppError ? error : new AppError("file/unreadable", `The system answers ${errnoOf(error)}.`, { cause: error });
  }
}

async function create(root: string, path: string, text: string, signal: CancelSignal): Promise<boolean> {
  signal.throwIfAborted();
  const place = join(root, path);
  const folder = dirname(place);
  await makeFolder(folder, path);
  if (!isInside(await realpath(root), await realpath(folder))) {
    throw new AppError(
      "file/unwritable",
      `The file ${oneLine(path)} was not written: its folder is a link that leads out of the workspace.`,
      { remedy: "Nothing that was there has changed." },
    );
  }
  const isCreated = await createFile(place, text, path);
  if (isCreated) {
    await syncFolder(folder);
  }
  return isCreated;
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
