import { join } from "node:path";

import { readCommitState } from "../../adapters/git/readCommitState";
import { createTableReader } from "../../adapters/tabular/createTableReader";
import type { DataCheckPorts } from "../../core/dataCheck/checkData";
import { checkTable } from "../../core/dataCheck/checkTable";
import type { WorkspaceFiles } from "../../core/lint/workspace/lintPorts";

/** What checks of data of one workspace need; tables are judged in this thread. @param now milliseconds since 1970. */
export function openDataCheck(root: string, files: WorkspaceFiles, now: number, version: string): DataCheckPorts {
  const reader = createTableReader();
  return {
    files,
    tables: { checkTable: (wish, onProgress, signal) => checkTable(reader, wish, onProgress, signal) },
    toAbsolute: (path) => join(root, path),
    commit: (config, signal) => readCommitState(root, config, signal),
    now: () => now,
    tool: `mlops ${version}`,
  };
}
