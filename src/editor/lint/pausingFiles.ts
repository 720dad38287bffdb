import { setImmediate as pause } from "node:timers/promises";

import type { WorkspaceFiles } from "../../core/lint/workspace/lintPorts";

/** Work in one go, in milliseconds, after which others get the thread: somebody may be typing. */
const LONGEST = 15;

/**
 * The same files; who reads many texts that are known already and works on each would else keep the thread until all are done, because
 * known answers let nobody else in.
 */
export function pausingFiles(files: WorkspaceFiles, now: () => number = () => performance.now()): WorkspaceFiles {
  let paused = now();
  return {
    list: (signal) => files.list(signal),
    readText: async (path, signal) => {
      if (now() - paused > LONGEST) {
        await pause();
        paused = now();
      }
      return files.readText(path, signal);
    },
    look: (path, signal) => files.look(path, signal),
    sha256: (path, signal) => files.sha256(path, signal),
    columnNames: (path, signal, reading) => files.columnNames(path, signal, reading),
  };
}
