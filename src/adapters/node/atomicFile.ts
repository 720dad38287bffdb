import { randomUUID } from "node:crypto";
import { readFile as readFileWith } from "node:fs";
import { link, mkdir, open, rename, rm, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { promisify } from "node:util";

import { AppError } from "../../core/base/appError";
import { oneLine } from "../../core/base/oneLine";
import { errnoOf, isMissing } from "./errnoOf";

/** With callbacks Node needs half the time of its promises, and journals are many small files. */
const readFile = promisify(readFileWith);

const REASONS: Readonly<Record<string, string>> = {
  ENOSPC: "the disk is full",
  EDQUOT: "your share of the disk is used up",
  EROFS: "the disk is read-only",
  EACCES: "you have no right to write there",
  EPERM: "you have no right to write there",
  ENOTDIR: "a file stands where a folder is needed",
  EISDIR: "a folder stands where a file is needed",
};

/** @returns null where there is no such file. */
export async function textOf(path: string): Promise<string | null> {
  try {
    return await readFile(path, "utf8");
  } catch (error) {
    if (isMissing(error)) {
      return null;
    }
    throw new AppError("file/unreadable", `The file ${oneLine(path)} cannot be read: the system answers ${errnoOf(error)}.`, {
      cause: error,
    });
  }
}

/** Puts a whole text in the place of a file, or leaves what is there. @throws AppError `file/unwritable`. */
export async function replaceFile(path: string, text: string): Promise<void> {
  await withTemporary(path, text, path, (temporary) => renameOver(temporary, path));
}

/**
 * Makes a file with all of its text at once. @param shown how a failure calls the file.
 * @returns false where there is one already. @throws AppError `file/unwritable`.
 */
export function createFile(path: string, text: string, shown = path): Promise<boolean> {
  return withTemporary(path, text, shown, async (temporary) => {
    try {
      await link(temporary, path);
      return true;
    } catch (error) {
      if (errnoOf(error) === "EEXIST") {
        return false;
      }
      return createWithoutLinks(temporary, path, error);
    }
  });
}

/** @param shown how a failure calls what could not be written. @throws AppError `file/unwritable`. */
export async function makeFolder(path: string, shown = path): Promise<void> {
  try {
    await makeFolders(path);
  } catch (error) {
    throw unwritable(shown, error);
  }
}

/** Step by step, because Node's own recursive way answers ENOENT for a read-only disk. */
async function makeFolders(path: string): Promise<void> {
  try {
    await mkdir(path);
  } catch (error) {
    if (errnoOf(error) === "ENOENT" && dirname(path) !== path) {
      await makeFolders(dirname(path));
      await makeFolders(path);
    } else if (!(await isFolder(path))) {
      throw error;
    }
  }
}

async function isFolder(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isDirectory();
  } catch {
    return false;
  }
}

async function withTemporary<T>(path: string, text: string, shown: string, use: (temporary: string) => Promise<T>): Promise<T> {
  const temporary = join(dirname(path), `.${randomUUID()}.tmp`);
  try {
    const file = await open(temporary, "wx");
    try {
      await file.writeFile(text, "utf8");
      await file.sync();
    } finally {
      await file.close();
    }
    return await use(temporary);
  } catch (error) {
    throw unwritable(shown, error);
  } finally {
    await rm(temporary, { force: true }).catch(() => undefined);
  }
}

/** For file systems without links, such as exFAT: an empty file holds the name until the whole one takes its place. */
async function createWithoutLinks(temporary: string, path: string, cause: unknown): Promise<boolean> {
  if (!["EPERM", "ENOTSUP", "EOPNOTSUPP", "ENOSYS", "EMLINK"].includes(errnoOf(cause))) {
    throw cause;
  }
  try {
    await (await open(path, "wx")).close();
  } catch (error) {
    if (errnoOf(error) === "EEXIST") {
      return false;
    }
    throw error;
  }
  await renameOver(temporary, path);
  return true;
}

/** Windows refuses while somebody, such as a virus scanner, has the old file open. */
async function renameOver(from: string, to: string): Promise<void> {
  for (let tries = 0; ; tries += 1) {
    try {
      await rename(from, to);
      return;
    } catch (error) {
      if (process.platform !== "win32" || tries >= 20 || !["EPERM", "EACCES", "EBUSY"].includes(errnoOf(error))) {
        throw error;
      }
      await pause(25);
    }
  }
}

function unwritable(path: string, cause: unknown): AppError {
  const code = errnoOf(cause);
  return new AppError("file/unwritable", `The file ${oneLine(path)} was not written: ${REASONS[code] ?? `the system answers ${code}`}.`, {
    remedy: "Nothing that was there has changed.",
    cause,
  });
}
