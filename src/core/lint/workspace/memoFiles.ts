import type { CancelSignal } from "../../base/cancel";
import { SharedWork } from "../../base/sharedWork";
import { fileIndexOf } from "./fileIndex";
import type { FileKind, WorkspaceFiles } from "./lintPorts";
import { isInToolFolder } from "./toolFolders";
import { folderOf, foldersUp } from "./workspacePath";
import type { TableReading } from "../../tabular/tableReading";

export interface MemoFiles extends WorkspaceFiles {
  /** A file or a folder changed, came or went; without a path, anything may have. */
  forget(path?: string): void;
}

/** More changes than these at a time are found faster by listing everything anew. */
const MOST_CHANGES = 200;

/** Files that are asked once: linting at each keystroke must not touch the disk. Whoever watches the disk says what to forget. */
export function memoFiles(files: WorkspaceFiles): MemoFiles {
  return new RememberedFiles(files);
}

class RememberedFiles implements MemoFiles {
  private readonly lists = new SharedWork<"list", readonly string[]>();
  private readonly texts = new SharedWork<string, string | null>();
  private readonly looks = new SharedWork<string, { readonly kind: FileKind; readonly size: number | null }>();
  private readonly hashes = new SharedWork<string, string | null>();
  /** By path, and how the file is read where somebody says so. */
  private readonly columns = new SharedWork<string, readonly string[] | null>();
  /** The last list, kept while it holds, so that what others made of it holds as well. */
  private listed: readonly string[] | undefined;
  private changed = new Set<string>();

  constructor(private readonly files: WorkspaceFiles) {}

  list(signal: CancelSignal): Promise<readonly string[]> {
    return this.lists.get("list", signal, (shared) => this.listAnew(shared));
  }

  readText(path: string, signal: CancelSignal): Promise<string | null> {
    return this.texts.get(path, signal, (shared) => this.files.readText(path, shared));
  }

  look(path: string, signal: CancelSignal): Promise<{ readonly kind: FileKind; readonly size: number | null }> {
    return this.looks.get(path, signal, (shared) => this.files.look(path, shared));
  }

  sha256(path: string, signal: CancelSignal): Promise<string | null> {
    return this.hashes.get(path, signal, (shared) => this.files.sha256(path, shared));
  }

  columnNames(path: string, signal: CancelSignal, reading?: TableReading): Promise<readonly string[] | null> {
    const isSaid = reading !== undefined && Object.keys(reading).length > 0;
    const key = isSaid ? `${path}\0${JSON.stringify(reading)}` : path;
    return this.columns.get(key, signal, (shared) => this.files.columnNames(path, shared, ...(isSaid ? [reading] : [])));
  }

  forget(path?: string): void {
    const memos = [this.texts, this.looks, this.hashes, this.columns];
    this.lists.forgetAll();
    if (path === undefined) {
      memos.forEach((memo) => memo.forgetAll());
      this.listed = undefined;
      this.changed.clear();
      return;
    }
    this.changed.add(path);
    for (const memo of memos) {
      memo.forgetIf((key) => key === path || key.startsWith(`${path}/`) || key.startsWith(`${path}\0`));
    }
    // A folder comes with its first file and may go with its last.
    for (const folder of foldersUp(folderOf(path))) {
      this.looks.forget(folder);
    }
  }

  private async listAnew(signal: CancelSignal): Promise<readonly string[]> {
    const { listed, changed } = this;
    this.changed = new Set();
    try {
      if (listed !== undefined && changed.size <= MOST_CHANGES && !(await this.isOutdated(listed, changed, signal))) {
        return listed;
      }
      const list = await this.files.list(signal);
      this.listed = listed !== undefined && isSame(listed, list) ? listed : list;
      return this.listed;
    } catch (error) {
      changed.forEach((path) => this.changed.add(path));
      throw error;
    }
  }

  /** A file that was written to is where it was; only what came or went asks for a new list. */
  private async isOutdated(listed: readonly string[], changed: ReadonlySet<string>, signal: CancelSignal): Promise<boolean> {
    const index = fileIndexOf(listed);
    for (const path of changed) {
      if (isInToolFolder(path)) {
        continue;
      }
      const before: FileKind = index.hasFile(path) ? "file" : index.hasFolder(path) ? "folder" : "missing";
      const { kind } = await this.look(path, signal);
      if (kind === "folder" || kind !== before) {
        return true;
      }
    }
    return false;
  }
}

function isSame(left: readonly string[], right: readonly string[]): boolean {
  return left.length === right.length && left.every((path, index) => path === right[index]);
}
