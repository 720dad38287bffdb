import type { WorkspaceFiles } from "../lint/workspace/lintPorts";

/** The same files; what is asked for is noted, so that somebody can tell later what an answer rests on. */
export function noticingFiles(files: WorkspaceFiles, used: Set<string>): WorkspaceFiles {
  const noted = (path: string): string => {
    used.add(path);
    return path;
  };
  return {
    list: (signal) => files.list(signal),
    readText: (path, signal) => files.readText(noted(path), signal),
    look: (path, signal) => files.look(noted(path), signal),
    sha256: (path, signal) => files.sha256(noted(path), signal),
    columnNames: (path, signal, ...rest) => files.columnNames(noted(path), signal, ...rest),
  };
}
