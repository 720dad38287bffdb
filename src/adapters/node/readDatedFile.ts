import { readFile, stat } from "node:fs/promises";

/** A file as it is now, with the time of its last change; null where there is none. @param path absolute. */
export async function readDatedFile(path: string): Promise<{ readonly text: string; readonly modifiedAt: number } | null> {
  const about = await stat(path).catch(() => null);
  return about?.isFile() === true ? { text: await readFile(path, "utf8"), modifiedAt: about.mtimeMs } : null;
}
