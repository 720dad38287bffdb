import type { WorkspaceFiles } from "./lintPorts";

/** The same files, and `notice` is told each path that is looked at, also in vain; the list of all files is not a path. */
export function noticedFiles(files: WorkspaceFiles, notice: (path: string) => void): WorkspaceFiles {
  const noticed = (path: string): string => {
    notice(path);
    return path;
  };
  return {
    list: (signal) => files.list(signal),
    readText: (path, signal) => files.readText(noticed(path), signal),
    look: (path, signal) => files.look(noticed(path), signal),
    sha256: (path, signal) => files.sha256(noticed(path), signal),
    columnNames: (path, signal, reading) => files.columnNames(noticed(path), signal, reading),
  };
}
