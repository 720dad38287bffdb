import ignore from "ignore";

import type { FileIndex } from "./fileIndex";
import { inFolder } from "./workspacePath";

/** Longer patterns are none that a person wrote. */
const LONGEST = 500;

/** Whether a path stands for several files. */
export function isPattern(path: string): boolean {
  return /[*?[\]]/.test(path);
}

/**
 * The files that a pattern stands for, with `*`, `**`, `?` and `[…]` as in .gitignore.
 * @param path in the workspace.
 */
export function matchingFiles(path: string, index: FileIndex): readonly string[] {
  if (path.length > LONGEST) {
    return [];
  }
  const parts = path.split("/");
  const firstPattern = parts.findIndex(isPattern);
  if (firstPattern < 0) {
    return index.hasFile(path) ? [path] : index.below(path);
  }
  // Only what lies below the part without a pattern is looked at: a workspace may hold a hundred thousand files.
  const folder = parts.slice(0, firstPattern).join("/");
  const start = inFolder(folder, "").length;
  const pattern = ignore().add(`/${parts.slice(firstPattern).join("/")}`);
  return index.below(folder).filter((file) => pattern.ignores(file.slice(folder === "" ? 0 : start)));
}
