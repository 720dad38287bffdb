import { createHash } from "node:crypto";
import type { WorkspaceFiles } from "../../src/core/lint/workspace/lintPorts";

/** A workspace of texts by path, for tests of what lint makes of its files. A text of null stands for a file that cannot be read. */
export function memoryFiles(texts: Readonly<Record<string, string | null>>): WorkspaceFiles {
  const paths = Object.keys(texts).sort();
  const isFolder = (path: string): boolean => path === "" || paths.some((other) => other.startsWith(`${path}/`));
  const textOf = (path: string): string | null => (Object.hasOwn(texts, path) ? (texts[path] ?? null) : null);
  return {
    list: () => Promise.resolve(paths),
    readText: (path) =>
      Object.hasOwn(texts, path) && texts[path] === null
        ? Promise.reject(new Error(`${path} cannot be read: permission denied.`))
        : Promise.resolve(textOf(path)),
    look: (path) =>
      Promise.resolve(
        Object.hasOwn(texts, path)
          ? { kind: "file" as const, size: textOf(path)?.length ?? 0 }
          : { kind: isFolder(path) ? ("folder" as const) : ("missing" as const), size: null },
      ),
    sha256: (path) => {
      const text = textOf(path);
      return Promise.resolve(text === null ? null : createHash("sha256").update(text).digest("hex"));
    },
    columnNames: (path) => Promise.resolve(path.endsWith(".csv") ? (textOf(path)?.split("\n")[0]?.split(",") ?? null) : null),
  };
}
