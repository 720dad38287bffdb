import { join } from "node:path";
import { Worker } from "node:worker_threads";

import * as vscode from "vscode";

import { WorkerStoreOpener } from "../adapters/node/workerStore";
import type { CancelSignal } from "../core/base/cancel";
import type { Disposable } from "../core/base/disposable";
import type { Repositories } from "../core/lint/workspace/lintPorts";
import type { MonitoringPorts } from "../core/monitoring/monitoringCheck";
import type { StoreOpener } from "../core/tracking/store";
import type { Shell } from "../editor/app";
import type { FolderPorts } from "../editor/lint/folderLint";
import type { MonitoredFolder } from "../editor/monitoring/monitoringBoard";
import { CredentialStore } from "../editor/platform/credentialStore";
import { trustedOpener } from "./serverAccess";

interface MonitoredFolders {
  /** Each is opened once. */
  readonly open: (root: string) => MonitoredFolder & Pick<MonitoringPorts, "files" | "tracker" | "toAbsolute">;
  readonly dispose: () => void;
}

/** Folders of the workspace as monitoring sees them. Servers that a folder names are contacted where it is trusted only. */
export async function loadMonitoredFolders({ context }: Shell): Promise<MonitoredFolders> {
  const [{ openWorkspaceFiles }, { readColumnNames }, { openResultFiles }, { openMonitoringTracker }] = await Promise.all([
    import("../adapters/node/workspaceFiles"),
    import("../adapters/tabular/readColumnNames"),
    import("../adapters/node/resultFiles"),
    import("../adapters/node/monitoringTracker"),
  ]);
  const workers = new WorkerStoreOpener(() => new Worker(join(context.extensionPath, "dist", "worker.js")));
  const credentials = new CredentialStore(context.secrets);
  const opener = trustedOpener(workers, credentials);
  const open = (root: string): ReturnType<MonitoredFolders["open"]> & Disposable => {
    const tracker = openMonitoringTracker(root, opener);
    return {
      ...{ root, tracker, files: openWorkspaceFiles(root, readColumnNames), results: openResultFiles(root) },
      toAbsolute: (path) => join(root, path),
      dispose: () => tracker.dispose(),
    };
  };
  const opened = new Map<string, ReturnType<typeof open>>();
  return {
    open: (root) => {
      const folder = opened.get(root) ?? open(root);
      opened.set(root, folder);
      return folder;
    },
    dispose: () => {
      opened.forEach((folder) => folder.dispose());
      workers.dispose();
    },
  };
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
