import { join } from "node:path";

import * as vscode from "vscode";

import type { CancelSignal } from "../core/base/cancel";
import type { Disposable } from "../core/base/disposable";
import type { Repositories } from "../core/lint/workspace/lintPorts";
import type { MonitoringPorts } from "../core/monitoring/monitoringCheck";
import type { StoreOpener } from "../core/tracking/store";
import type { Shell } from "../editor/app";
import type { FolderPorts } from "../editor/lint/folderLint";
import type { MonitoredFolder } from "../editor/monitoring/monitoringBoard";
import { CredentialStore } from "../editor/platform/credentialStore";
import { OpenedFolders } from "./openedFolders";
import { trustedOpener } from "./serverAccess";
import { backgroundReader } from "./storeReaders";

type MonitoringFolder = MonitoredFolder & Pick<MonitoringPorts, "files" | "tracker" | "toAbsolute"> & Disposable;

/** Folders of the workspace as monitoring sees them. Servers that a folder names are contacted where it is trusted only. */
export async function loadMonitoredFolders({ context }: Shell): Promise<OpenedFolders<MonitoringFolder>> {
  const [{ openWorkspaceFiles }, { readColumnNames }, { openResultFiles }, { openMonitoringTracker }] = await Promise.all([
    import("../adapters/node/workspaceFiles"),
    import("../adapters/tabular/readColumnNames"),
    import("../adapters/node/resultFiles"),
    import("../adapters/node/monitoringTracker"),
  ]);
  const opener = trustedOpener(backgroundReader(context), new CredentialStore(context.secrets));
  const open = (root: string): MonitoringFolder => {
    const tracker = openMonitoringTracker(root, opener);
    return {
      ...{ root, tracker, files: openWorkspaceFiles(root, readColumnNames), results: openResultFiles(root) },
      toAbsolute: (path) => join(root, path),
      dispose: () => tracker.dispose(),
    };
  };
  return new OpenedFolders(open);
}

interface FolderPortsOpener {
  /** The world as lint sees it from a folder on disk. */
  readonly open: (root: string, stores: StoreOpener) => FolderPorts;
  /** The address under which git would write a commit; null where there is none, or no trust. */
  readonly userEmail: (root: string, signal: CancelSignal) => Promise<string | null>;
}

export async function loadFolderPorts(): Promise<FolderPortsOpener> {
  const [{ memoFiles }, { unknownRepositories }, { openWorkspaceFiles }, { openLintRegistry }, { openRepositories }, { runGit }, tabular] =
    await Promise.all([
      import("../core/lint/workspace/memoFiles"),
      import("../core/lint/workspace/unknownPorts"),
      import("../adapters/node/workspaceFiles"),
      import("../adapters/node/lintRegistry"),
      import("../adapters/git/repositories"),
      import("../adapters/git/runGit"),
      import("../adapters/tabular/readColumnNames"),
    ]);
  const untrusted = unknownRepositories("this folder is not trusted, so git is not run");
  return {
    open: (root, stores) => {
      const files = memoFiles(openWorkspaceFiles(root, tabular.readColumnNames));
      const known = openRepositories(root);
      const repositories = (): Repositories => (vscode.workspace.isTrusted ? known : untrusted);
      const registry = openLintRegistry(root, stores);
      return {
        files,
        repositories: {
          find: (folder, signal) => repositories().find(folder, signal),
          textAt: (path, commit, signal) => repositories().textAt(path, commit, signal),
          decisions: (folder, signal) => repositories().decisions(folder, signal),
        },
        registry,
        forget: (path) => files.forget(path),
        forgetFacts: () => {
          known.forget();
          registry.forget();
        },
        dispose: () => registry.dispose(),
      };
    },
    userEmail: async (root, signal) => {
      try {
        return vscode.workspace.isTrusted ? (await runGit(root, ["config", "user.email"], signal)).trim() || null : null;
      } catch {
        return null; // No git, or no address in it: the person writes one.
      }
    },
  };
}
