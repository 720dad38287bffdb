/** The folder of a file of the workspace; "" for one at its root. */
export function folderOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf("/")));
}

/**
 * Where a path leads that a file names.
 * @param folder of the file that names it, in the workspace.
 * @returns the path in the workspace; null for one that leads outside or is no path, such as an address.
 */
export function resolvePath(folder: string, path: string): string | null {
  const plain = path.trim().replaceAll("\\", "/");
  if (plain === "" || plain.length > 1000 || /^\/|^[A-Za-z][\w+.-]*:|[\u0000-\u001f]/.test(plain)) {
    return null;
  }
  const parts: string[] = folder === "" ? [] : folder.split("/");
  for (const part of plain.split("/")) {
    if (part === "..") {
      if (parts.pop() === undefined) {
        return null;
      }
    } else if (part !== "." && part !== "") {
      parts.push(part);
    }
  }
  return parts.join("/");
}

/** The same place as seen from a folder: `../data/x.csv`. */
export function relativePath(folder: string, path: string): string {
  const from = folder === "" ? [] : folder.split("/");
  const to = path.split("/");
  let shared = 0;
  while (shared < from.length && shared < to.length - 1 && from[shared] === to[shared]) {
    shared++;
  }
  return [...from.slice(shared).map(() => ".."), ...to.slice(shared)].join("/");
}

/** The folder and all above it, nearest first, "" last. */
export function foldersUp(folder: string): readonly string[] {
  const parts = folder === "" ? [] : folder.split("/");
  return Array.from({ length: parts.length + 1 }, (_, index) => parts.slice(0, parts.length - index).join("/"));
}

/** A name in a folder. */
export function inFolder(folder: string, name: string): string {
  return folder === "" ? name : `${folder}/${name}`;
}
