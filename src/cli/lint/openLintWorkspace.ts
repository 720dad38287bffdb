import { openRepositories } from "../../adapters/git/repositories";
import { openLintRegistry } from "../../adapters/node/lintRegistry";
import { openAtOnce } from "../../adapters/node/openedFile";
import { AT_ONCE, openWorkspaceFiles } from "../../adapters/node/workspaceFiles";
import { readColumnNames } from "../../adapters/tabular/readColumnNames";
import type { Disposable } from "../../core/base/disposable";
import type { RegulationCalendar } from "../../core/config/regulationCalendar";
import type { WorkspaceFiles } from "../../core/lint/workspace/lintPorts";
import { memoFiles } from "../../core/lint/workspace/memoFiles";
import { WorkspaceLint } from "../../core/lint/workspace/workspaceLint";
import type { StoreOpener } from "../../core/tracking/store";

/** The lint of one workspace on disk. */
export interface LintWorkspace extends Disposable {
  readonly lint: WorkspaceLint;
  /** The same with another text in place of the one on disk. */
  withText(path: string, text: string): WorkspaceLint;
  /** Reads files anew from now on. */
  forget(): void;
  /** Sentences about what was not looked at. */
  problems(): readonly string[];
}

/** Opens a folder. Nothing is read before it is asked for, and everything once. */
export function openLintWorkspace(root: string, calendar: RegulationCalendar, stores: StoreOpener): LintWorkspace {
  const disk = openWorkspaceFiles(root, (path, cancel, reading) => readColumnNames(path, cancel, reading, openAtOnce), AT_ONCE);
  const files = memoFiles(disk);
  const registry = openLintRegistry(root, stores);
  const ports = { files, repositories: openRepositories(root), registry };
  let lint = new WorkspaceLint(ports, calendar);
  return {
    get lint() {
      return lint;
    },
    withText: (path, text) => new WorkspaceLint({ ...ports, files: withText(files, path, text) }, calendar),
    forget: () => {
      files.forget();
      lint = new WorkspaceLint(ports, calendar);
    },
    problems: () => disk.problems,
    dispose: () => registry.dispose(),
  };
}

function withText(files: WorkspaceFiles, changed: string, text: string): WorkspaceFiles {
  return {
    list: (signal) => files.list(signal),
    readText: (path, signal) => (path === changed ? Promise.resolve(text) : files.readText(path, signal)),
    look: (path, signal) => files.look(path, signal),
    sha256: (path, signal) => files.sha256(path, signal),
    columnNames: (path, signal, reading) => files.columnNames(path, signal, reading),
  };
}
