import { readdirSync, readFileSync, statSync, type Dirent } from "node:fs";

/** What tells whether a file is still the one that was read. */
export interface Stamp {
  /** Milliseconds since 1970; 0 where the file is missing, -1 where it cannot be looked at, -2 where it is a device or pipe. */
  readonly mtime: number;
  readonly size: number;
}

const MISSING: Stamp = { mtime: 0, size: 0 };
const UNREADABLE: Stamp = { mtime: -1, size: 0 };
/** Reading such a thing may never end. */
const ENDLESS: Stamp = { mtime: -2, size: 0 };

/*
 * The calls are synchronous, because the store runs in a worker thread of its own, and a run has about fifty small files:
 * asynchronous calls cost several times the work itself.
 */

export function stampOf(path: string): Stamp {
  try {
    const stats = statSync(path, { throwIfNoEntry: false });
    if (stats === undefined) {
      return MISSING;
    }
    return stats.isFile() || stats.isDirectory() ? { mtime: stats.mtimeMs, size: stats.size } : ENDLESS;
  } catch {
    return UNREADABLE;
  }
}

/** Whether reading the file cannot end, as with a link to a device or a pipe. */
export function isEndless(stamp: Stamp): boolean {
  return stamp.mtime === ENDLESS.mtime;
}

function isFolder(path: string): boolean {
  try {
    return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
  } catch {
    return false;
  }
}

/** The text of a file, or null where it is missing or cannot be read. */
export function readTextOrNull(path: string): string | null {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return null;
  }
}

/** The entries of a folder; none where it is missing or cannot be read. */
export function listFolder(path: string): readonly Dirent[] {
  try {
    return readdirSync(path, { withFileTypes: true });
  } catch {
    return [];
  }
}

/** The names of the folders in a folder, links to folders included. */
export function listFolderNames(path: string): readonly string[] {
  return listFolder(path)
    .filter((entry) => entry.isDirectory() || (entry.isSymbolicLink() && isFolder(`${path}/${entry.name}`)))
    .map((entry) => entry.name);
}

/** Why a file could not be read, as the end of a sentence. */
export function reasonOf(error: unknown): string {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  switch (code) {
    case "ENOENT":
      return "it is missing";
    case "EACCES":
    case "EPERM":
      return "you have no permission to read it";
    case "EISDIR":
      return "it is a folder";
    case "ELOOP":
      return "its links lead in a circle";
    default:
      return error instanceof Error ? error.message : String(error);
  }
}
