import type { WorkspaceFiles } from "../../core/lint/workspace/lintPorts";

/** The same files, and `notice` is told each path that is looked at, also in vain; the list of all files is not a path. */
export function noticedFiles(files: WorkspaceFiles, notice: (path: string) => void): WorkspaceFiles {
  const noticed = <T>(read: (path: string, signal: Parameters<WorkspaceFiles["list"]>[0]) => Promise<T>): typeof read => {
    return (path, signal) => {
      notice(path);
      return read(path, signal);
    };
  };
  return {
    list: (signal) => files.list(signal),
    readText: noticed((path, signal) => files.readText(path, signal)),
    look: noticed((path, signal) => files.look(path, signal)),
    sha256: noticed((path, signal) => files.sha256(path, signal)),
    columnNames: (path, signal, reading) => {
      notice(path);
      return files.columnNames(path, signal, reading);
    },
  };
}
