import type { WorkspaceFiles } from "../../core/lint/workspace/lintPorts";

/** The same files, with the texts that people see: those of open documents, saved or not. */
export function withOpenTexts(files: WorkspaceFiles, openText: (path: string) => string | undefined): WorkspaceFiles {
  return {
    list: (signal) => files.list(signal),
    readText: async (path, signal) => openText(path) ?? files.readText(path, signal),
    look: (path, signal) => files.look(path, signal),
    sha256: (path, signal) => files.sha256(path, signal),
    columnNames: (path, signal, reading) => files.columnNames(path, signal, reading),
  };
}
