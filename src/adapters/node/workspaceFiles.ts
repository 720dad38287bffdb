import { createHash } from "node:crypto";
import { createReadStream, lstat, lstatSync, readFile, readFileSync, type Stats } from "node:fs";
import { realpath, stat } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";

import { AppError } from "../../core/base/appError";
import type { CancelSignal } from "../../core/base/cancel";
import { oneLine } from "../../core/base/oneLine";
import { SharedWork } from "../../core/base/sharedWork";
import type { FileKind, WorkspaceFiles } from "../../core/lint/workspace/lintPorts";
import { folderOf } from "../../core/lint/workspace/workspacePath";
import { isInside } from "./isInside";
import { listFiles } from "./listFiles";
import type { TableReading } from "../../core/tabular/tableReading";

/** Reads the names of a table's columns; null for a kind of file that has none. */
export type ReadColumnNames = (path: string, signal: CancelSignal, reading?: TableReading) => Promise<readonly string[] | null>;

export interface NodeWorkspaceFiles extends WorkspaceFiles {
  /** Sentences about what the last list lacks. */
  readonly problems: readonly string[];
}

/** The calls that are made for each file, so that whoever has a reason can make them in another way. */
export interface FileCalls {
  /** Undefined, or fails, where nothing is there. */
  lstat(path: string): Promise<Stats | undefined>;
  readFile(path: string): Promise<Uint8Array>;
}

/** In the background, so that the editor is never held up. With callbacks Node needs half the time of its promises. */
const PATIENT: FileCalls = { lstat: promisify(lstat), readFile: promisify(readFile) };

/** At once: for a program that nobody types into, and that would spend more time on waiting for threads than on reading. */
export const AT_ONCE: FileCalls = {
  // Of a thousand products some name files that are not there, and an error each takes longer than the answer.
  lstat: async (path) => lstatSync(path, { throwIfNoEntry: false }),
  readFile: async (path) => readFileSync(path),
};

const UTF_8 = new TextDecoder("utf-8");

/** A pipeline's file has some kilobytes, a report a few hundred. */
const LONGEST_TEXT = 5 * 1024 * 1024;
/** Takes about half a second to hash. */
const LARGEST_HASHED = 256 * 1024 * 1024;
const CHUNK = 1024 * 1024;

interface Found {
  readonly path: string;
  readonly kind: "file" | "folder";
  readonly size: number;
  readonly changedAt: number;
}

/** The files of a folder on disk. Nothing is remembered but hashes, by the file's size and time. */
export function openWorkspaceFiles(root: string, readColumnNames: ReadColumnNames, calls: FileCalls = PATIENT): NodeWorkspaceFiles {
  return new DiskFiles(root, readColumnNames, calls);
}

class DiskFiles implements NodeWorkspaceFiles {
  problems: readonly string[] = [];
  private readonly hashes = new Map<string, { readonly size: number; readonly changedAt: number; readonly sha256: string }>();
  /** Where the folders of the workspace really are; null for those that lead outside. Asked anew with each list. */
  private readonly realFolders = new SharedWork<string, string | null>();

  constructor(
    private readonly root: string,
    private readonly readColumnNames: ReadColumnNames,
    private readonly calls: FileCalls,
  ) {}

  async list(signal: CancelSignal): Promise<readonly string[]> {
    this.realFolders.forgetAll();
    const { files, problems } = await listFiles(this.root, signal);
    this.problems = problems;
    return files;
  }

  async readText(path: string, signal: CancelSignal): Promise<string | null> {
    const found = await this.find(path, signal);
    if (found?.kind !== "file") {
      return null;
    }
    if (found.size > LONGEST_TEXT) {
      throw unreadable(path, "it is larger than 5 MB");
    }
    return this.reading(path, async () => decode(await this.calls.readFile(found.path)));
  }

  async look(path: string, signal: CancelSignal): Promise<{ readonly kind: FileKind; readonly size: number | null }> {
    const found = await this.find(path, signal);
    return found === null ? { kind: "missing", size: null } : { kind: found.kind, size: found.kind === "file" ? found.size : null };
  }

  async sha256(path: string, signal: CancelSignal): Promise<string | null> {
    const found = await this.find(path, signal);
    if (found?.kind !== "file" || found.size > LARGEST_HASHED) {
      return null;
    }
    const known = this.hashes.get(path);
    if (known?.size === found.size && known.changedAt === found.changedAt) {
      return known.sha256;
    }
    const sha256 = await this.reading(path, () => hashOf(found, this.calls, signal));
    if (sha256 !== null) {
      this.hashes.set(path, { size: found.size, changedAt: found.changedAt, sha256 });
    }
    return sha256;
  }

  async columnNames(path: string, signal: CancelSignal, reading?: TableReading): Promise<readonly string[] | null> {
    const found = await this.find(path, signal);
    return found?.kind === "file" ? this.readColumnNames(found.path, signal, reading) : null;
  }

  /** What stands at a path; null for nothing, for what is no file and no folder, and for what lies outside of the workspace. */
  private async find(path: string, signal: CancelSignal): Promise<Found | null> {
    signal.throwIfAborted();
    if (path.split("/").includes("..") || path.includes("\0")) {
      return null;
    }
    return this.reading(path, async () => {
      const folder = await this.realFolder(folderOf(path), signal);
      if (folder === null) {
        return null;
      }
      const place = join(folder, path.slice(path.lastIndexOf("/") + 1));
      const stats = await this.calls.lstat(place);
      return stats?.isSymbolicLink() === true ? this.follow(place, signal) : toFound(place, stats);
    });
  }

  private async follow(link: string, signal: CancelSignal): Promise<Found | null> {
    const [root, place] = await Promise.all([this.realFolder("", signal), realpath(link)]);
    return root !== null && isInside(root, place) ? toFound(place, await stat(place)) : null;
  }

  /** Step by step from the root, because a thousand products share most of their folders. */
  private realFolder(folder: string, signal: CancelSignal): Promise<string | null> {
    return this.realFolders.get(folder, signal, async (shared) => {
      if (folder === "") {
        return realpath(this.root);
      }
      const parent = await this.realFolder(folderOf(folder), shared);
      if (parent === null) {
        return null;
      }
      const place = join(parent, folder.slice(folder.lastIndexOf("/") + 1));
      const stats = await this.calls.lstat(place);
      return stats?.isSymbolicLink() === true ? ((await this.follow(place, shared))?.path ?? null) : stats === undefined ? null : place;
    });
  }

  /** Null where there is no such file, also where it goes while it is read. */
  private async reading<T>(path: string, work: () => Promise<T>): Promise<T | null> {
    try {
      return await work();
    } catch (error) {
      const code = (error as NodeJS.ErrnoException).code ?? "";
      switch (code) {
        case "ENOENT":
        case "ENOTDIR":
        case "ELOOP":
        case "ENAMETOOLONG":
        case "EINVAL":
          return null;
        case "EACCES":
        case "EPERM":
          throw unreadable(path, "you have no right to read it", error);
        case "":
          throw error;
        default:
          throw unreadable(path, `the system answers ${code}`, error);
      }
    }
  }
}

function toFound(path: string, stats: Stats | undefined): Found | null {
  if (stats === undefined) {
    return null;
  }
  const kind = stats.isFile() ? "file" : stats.isDirectory() ? "folder" : null;
  return kind === null ? null : { path, kind, size: stats.size, changedAt: stats.mtimeMs };
}

function unreadable(path: string, why: string, cause?: unknown): AppError {
  return new AppError("file/unreadable", `The file ${oneLine(path, 200)} cannot be read: ${why}.`, { cause });
}

/** As editors read it: a byte order mark tells the encoding and is no part of the text. */
function decode(bytes: Uint8Array): string {
  const encoding = bytes[0] === 0xff && bytes[1] === 0xfe ? "utf-16le" : bytes[0] === 0xfe && bytes[1] === 0xff ? "utf-16be" : null;
  return (encoding === null ? UTF_8 : new TextDecoder(encoding)).decode(bytes);
}

async function hashOf({ path, size }: Found, calls: FileCalls, signal: CancelSignal): Promise<string> {
  const hash = createHash("sha256");
  if (size <= CHUNK) {
    // A stream costs many times what a small file does.
    return hash.update(await calls.readFile(path)).digest("hex");
  }
  for await (const chunk of createReadStream(path, { highWaterMark: CHUNK })) {
    signal.throwIfAborted();
    hash.update(chunk as Uint8Array);
  }
  return hash.digest("hex");
}
