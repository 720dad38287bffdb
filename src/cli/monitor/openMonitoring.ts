import { join } from "node:path";

import { readCommitState } from "../../adapters/git/readCommitState";
import { openMonitoringTracker } from "../../adapters/node/monitoringTracker";
import { openResultFiles } from "../../adapters/node/resultFiles";
import { AT_ONCE, openWorkspaceFiles } from "../../adapters/node/workspaceFiles";
import { createTableReader } from "../../adapters/tabular/createTableReader";
import { readColumnNames } from "../../adapters/tabular/readColumnNames";
import type { Disposable } from "../../core/base/disposable";
import type { WorkspaceFiles } from "../../core/lint/workspace/lintPorts";
import { memoFiles } from "../../core/lint/workspace/memoFiles";
import { liveTables } from "../../core/monitoring/liveTables";
import { MonitoringCheck } from "../../core/monitoring/monitoringCheck";
import { ResultStore } from "../../core/monitoring/resultStore";
import type { StoreOpener } from "../../core/tracking/store";
import type { CommandContext } from "../command";
import { openDriftService } from "../drift/openDriftService";
import { openChosenStore } from "../openChosenStore";
import { readDotEnv } from "../storeChoice";

/** What checks of one workspace need. */
export interface OpenedMonitoring extends Disposable {
  readonly check: MonitoringCheck;
  readonly results: ResultStore;
}

/** The files of a root, opened once: finding products and checking them ask the same. */
export function openMonitoredFiles(): (root: string) => WorkspaceFiles {
  const opened = new Map<string, WorkspaceFiles>();
  return (root) => {
    const known = opened.get(root) ?? memoFiles(openWorkspaceFiles(root, readColumnNames, AT_ONCE));
    opened.set(root, known);
    return known;
  };
}

/** @param now milliseconds since 1970; what `--today` says. */
export function openMonitoring(root: string, files: WorkspaceFiles, { host, version }: CommandContext, now: number): OpenedMonitoring {
  const opener: StoreOpener = {
    // A login goes only to the server that its own environment names; a file of the repository cannot have it sent elsewhere.
    open: async (location, signal) => openChosenStore({ location, uri: "" }, host.env, await readDotEnv(host.cwd), signal),
  };
  const tracker = openMonitoringTracker(root, opener);
  const drift = openDriftService();
  const check = new MonitoringCheck({
    files,
    tracker,
    drift,
    live: liveTables(createTableReader()),
    commit: (config, signal) => readCommitState(root, config, signal),
    toAbsolute: (path) => join(root, path),
    now: () => now,
    tool: `mlops ${version}`,
  });
  return {
    check,
    results: new ResultStore(openResultFiles(root)),
    dispose: () => {
      drift.dispose();
      tracker.dispose();
    },
  };
}
