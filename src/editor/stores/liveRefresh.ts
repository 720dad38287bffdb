import * as vscode from "vscode";

import type { DisposableStore } from "../../core/base/disposable";
import type { StoreCatalog, StoreEntry } from "../../core/tracking/storeCatalog";

const DEBOUNCE_MS = 400;

export interface LiveRefreshParts {
  readonly catalog: StoreCatalog;
  readonly refreshSeconds: () => number;
  /** Whether anybody looks; without a visible view nothing is polled. */
  readonly isWatched: () => boolean;
  readonly logError: (error: unknown) => void;
}

/** Looks for new data: at once where the file system tells, else on a slow beat while a view is visible. */
export function startLiveRefresh(parts: LiveRefreshParts, owner: DisposableStore): void {
  const { catalog, logError } = parts;
  const controller = new AbortController();
  const watchers = new Map<string, vscode.Disposable>();
  const timers = new Map<string, NodeJS.Timeout>();
  let beat: NodeJS.Timeout | undefined;

  const pollSoon = (id: string): void => {
    if (!timers.has(id)) {
      timers.set(
        id,
        setTimeout(() => {
          timers.delete(id);
          catalog.pollOne(id, controller.signal).catch(logError);
        }, DEBOUNCE_MS),
      );
    }
  };
  const watch = (entry: StoreEntry): vscode.Disposable | undefined => {
    const pattern = patternOf(entry);
    if (pattern === undefined) {
      return undefined;
    }
    const watcher = vscode.workspace.createFileSystemWatcher(pattern);
    watcher.onDidChange(() => pollSoon(entry.id));
    watcher.onDidCreate(() => pollSoon(entry.id));
    watcher.onDidDelete(() => pollSoon(entry.id));
    return watcher;
  };
  const syncWatchers = (): void => {
    const entries = new Map(catalog.entries().map((entry) => [entry.id, entry]));
    for (const [id, watcher] of watchers) {
      if (!entries.has(id)) {
        watcher.dispose();
        watchers.delete(id);
      }
    }
    for (const [id, entry] of entries) {
      const watcher = watchers.has(id) ? undefined : watch(entry);
      if (watcher !== undefined) {
        watchers.set(id, watcher);
      }
    }
  };
  const schedule = (): void => {
    const seconds = parts.refreshSeconds();
    beat = setTimeout(
      () => {
        const due = seconds > 0 && parts.isWatched() ? catalog.poll(controller.signal) : Promise.resolve();
        due.catch(logError).finally(() => {
          if (!controller.signal.aborted) {
            schedule();
          }
        });
      },
      Math.max(seconds, 1) * 1000,
    );
  };

  owner.add(catalog.onDidChangeStores(syncWatchers));
  owner.add({
    dispose: () => {
      controller.abort();
      clearTimeout(beat);
      timers.forEach((timer) => clearTimeout(timer));
      for (const watcher of watchers.values()) {
        watcher.dispose();
      }
    },
  });
  syncWatchers();
  schedule();
}

function patternOf({ location }: StoreEntry): vscode.RelativePattern | undefined {
  switch (location.kind) {
    case "sqlite": {
      const uri = vscode.Uri.file(location.path);
      return new vscode.RelativePattern(vscode.Uri.joinPath(uri, ".."), `${uri.path.split("/").at(-1) ?? "mlflow.db"}{,-wal,-journal}`);
    }
    case "file":
      return new vscode.RelativePattern(vscode.Uri.file(location.path), "**/{meta.yaml,metrics/**,params/**,tags/**,aliases/**}");
    case "rest":
      return undefined;
  }
}
