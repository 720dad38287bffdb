import { groupBy } from "../../base/groupBy";
import { firstFrom, pathsBelow } from "../pathsBelow";
import { folderOf } from "./workspacePath";

/** A sorted list of paths, to be asked for files and folders without walking through it all. */
export class FileIndex {
  private readonly files: ReadonlySet<string>;
  private byFolder: ReadonlyMap<string, readonly string[]> | undefined;

  /** @param paths sorted by UTF-16 code units, with forward slashes. */
  constructor(private readonly paths: readonly string[]) {
    this.files = new Set(paths);
  }

  hasFile(path: string): boolean {
    return this.files.has(path);
  }

  /** A folder is there as long as it holds a file. */
  hasFolder(path: string): boolean {
    return path === "" || this.paths[firstFrom(this.paths, `${path}/`)]?.startsWith(`${path}/`) === true;
  }

  /** All files in a folder and its folders; "" stands for the root. */
  below(folder: string): readonly string[] {
    return pathsBelow(this.paths, folder);
  }

  /** The names of the files that stand in a folder itself. */
  namesIn(folder: string): readonly string[] {
    this.byFolder ??= groupBy(this.paths, folderOf);
    return (this.byFolder.get(folder) ?? []).map((path) => path.slice(folder === "" ? 0 : folder.length + 1));
  }
}

const indexes = new WeakMap<readonly string[], FileIndex>();

/** The index of a list, made once: a workspace of a thousand products shares one list. */
export function fileIndexOf(paths: readonly string[]): FileIndex {
  const known = indexes.get(paths);
  if (known !== undefined) {
    return known;
  }
  const index = new FileIndex(paths);
  indexes.set(paths, index);
  return index;
}
