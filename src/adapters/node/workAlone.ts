import { createHash } from "node:crypto";
import { mkdir, open, rm, stat } from "node:fs/promises";
import { join } from "node:path";

import { errnoOf } from "./errnoOf";

/** Whoever holds a lock longer than this, in milliseconds, has crashed. */
const STALE_MS = 15 * 60_000;

/**
 * Runs work that two windows must not do at the same time. The lock is a file in a folder that the windows share.
 * @returns null where another window is at it.
 */
export async function workAlone<T>(folder: string, key: string, work: () => Promise<T>, now: () => number): Promise<T | null> {
  const path = join(folder, `${createHash("sha256").update(key).digest("hex").slice(0, 32)}.lock`);
  await mkdir(folder, { recursive: true });
  if (!(await take(path)) && !((await isStale(path, now)) && (await takeOver(path)))) {
    return null;
  }
  try {
    return await work();
  } finally {
    await rm(path, { force: true });
  }
}

async function take(path: string): Promise<boolean> {
  try {
    await (await open(path, "wx")).close();
    return true;
  } catch (error) {
    if (errnoOf(error) === "EEXIST") {
      return false;
    }
    throw error;
  }
}

async function takeOver(path: string): Promise<boolean> {
  await rm(path, { force: true });
  return take(path);
}

async function isStale(path: string, now: () => number): Promise<boolean> {
  try {
    return now() - (await stat(path)).mtimeMs > STALE_MS;
  } catch (error) {
    if (errnoOf(error) === "ENOENT") {
      return true; // Its owner is done; the next look finds out who is first.
    }
    throw error;
  }
}
