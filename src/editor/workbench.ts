import * as vscode from "vscode";

import { AppError } from "../core/base/appError";
import type { CancelSignal } from "../core/base/cancel";
import { DisposableStore } from "../core/base/disposable";
import { DEFAULT_BROWSE_OPTIONS, BrowseOptionsHolder, type BrowseOptions } from "../core/browse/browseOptions";
import { ExperimentsBrowser } from "../core/browse/experimentsBrowser";
import { ModelsBrowser } from "../core/browse/modelsBrowser";
import { isBrowseNode } from "../core/browse/node";
import type { ModelVersion } from "../core/tracking/registeredModel";
import { PANEL_TYPES, type App, type FileReader, type TreeSource } from "./app";
import { parseRunLink } from "./browse/nodeCommands";
import { treeSource } from "./browse/treeSource";
import { createHandlers } from "./commandHandlers";
import type { CommandHandlers, CommandId } from "./commands";
import { logError } from "./platform/logger";
import { runCommand } from "./platform/runCommand";
import { readSettings } from "./platform/settings";
import { neverCancelled } from "./platform/signals";
import { ValueDocuments } from "./runs/valueDocuments";
import { startLiveRefresh } from "./stores/liveRefresh";
import { versionsByName } from "./stores/versionsByName";
import { drawStatusBar } from "./stores/statusBar";
import type { WorkbenchParts } from "./workbenchParts";

const OPTIONS_KEY = "mlops.browse";

/** The extension proper: trees, commands, status bar and live refresh over one catalog of stores. */
export class Workbench implements App {
  readonly models: TreeSource;
  readonly experiments: TreeSource;
  readonly artifacts: FileReader;
  private readonly handlers: CommandHandlers;
  private readonly options: BrowseOptionsHolder;
  private readonly disposables = new DisposableStore();
  private readonly log: vscode.LogOutputChannel;
  private readonly discovered: Promise<void>;

  constructor(private readonly parts: WorkbenchParts) {
    const { shell, catalog, discovery } = parts;
    this.log = shell.log;
    this.artifacts = parts.artifacts;
    this.options = new BrowseOptionsHolder({
      ...DEFAULT_BROWSE_OPTIONS,
      ...shell.context.workspaceState.get<Partial<BrowseOptions>>(OPTIONS_KEY),
      metrics: readSettings().treeMetrics,
    });
    const experiments = this.disposables.add(new ExperimentsBrowser(catalog, this.options));
    const models = this.disposables.add(new ModelsBrowser(catalog, this.options));
    const report = (error: unknown): void => logError(this.log, error);
    this.discovered = discovery.run(neverCancelled()).catch(report);
    const common = { catalog, options: this.options, discovered: this.discovered, logError: report, prices: parts.prices };
    this.experiments = treeSource({
      ...common,
      browser: experiments,
      monitored: { of: shell.monitored.of, hasAny: shell.monitored.hasAny },
    });
    this.models = treeSource({ ...common, browser: models, monitored: shell.monitored });
    this.handlers = createHandlers({ ...parts, options: this.options, experiments, models, log: this.log });
    this.showContext();
    this.disposables.add(this.options.onDidChange(() => this.rememberOptions()));
    this.disposables.add(catalog.onDidChangeStores(() => this.showContext()));
    drawStatusBar(shell.status, [shell.experiments, shell.models], catalog, this.disposables);
    startLiveRefresh(
      {
        catalog,
        refreshSeconds: () => readSettings().refreshSeconds,
        isWatched: () => shell.experiments.visible || shell.models.visible || hasOwnPanel(),
        logError: report,
      },
      this.disposables,
    );
    this.watchWorkspace();
  }

  async run(command: CommandId, args: readonly unknown[]): Promise<void> {
    // Arguments come from our own trees and links; anything else in their place is dropped.
    const [target, selection] = args;
    const safe = [isTarget(target) ? target : undefined, Array.isArray(selection) ? selection.filter(isSelected) : undefined];
    const handler = this.handlers[command] as (...values: readonly unknown[]) => Promise<void> | void;
    await runCommand(this.log, () => handler(...safe));
  }

  async commitFile(uri: vscode.Uri, token: vscode.CancellationToken): Promise<string> {
    return (await this.parts.commitDiff()).provideTextDocumentContent(uri, token);
  }

  valueText(uri: vscode.Uri, token: vscode.CancellationToken): Promise<string> {
    return new ValueDocuments(this.parts.catalog).provideTextDocumentContent(uri, token);
  }

  async restore(viewType: string, panel: vscode.WebviewPanel, state: unknown): Promise<void> {
    const { runsTable, compare, runPage } = this.parts;
    const load = viewType === PANEL_TYPES.runsTable ? runsTable : viewType === PANEL_TYPES.compare ? compare : runPage;
    await (await load()).restore(panel, state);
  }

  async openLink(uri: vscode.Uri): Promise<void> {
    await runCommand(this.log, async () => {
      const ref = parseRunLink(uri);
      if (this.parts.catalog.entry(ref.storeId) === undefined) {
        throw new AppError("store/not-found", vscode.l10n.t("The link names a store that is not open in this window: {0}.", ref.storeId), {
          remedy: vscode.l10n.t("Open the folder that holds it, or add the store, then follow the link again."),
        });
      }
      (await this.parts.runPage()).open(ref);
    });
  }

  async modelVersions(model: string, signal: CancelSignal): Promise<readonly ModelVersion[]> {
    await this.discovered;
    return versionsByName(this.parts.catalog, model, signal);
  }

  dispose(): void {
    this.disposables.dispose();
    this.parts.catalog.dispose();
    this.parts.readers.dispose();
  }

  private rememberOptions(): void {
    const { filter, orderBy, showDeleted, groupByStore, favourites } = this.options.current;
    void this.parts.shell.context.workspaceState.update(OPTIONS_KEY, { filter, orderBy, showDeleted, groupByStore, favourites });
    this.showContext();
  }

  /** Keeps menus, welcome texts and the view's own lines in step with what is chosen. */
  private showContext(): void {
    const { filter, showDeleted, groupByStore } = this.options.current;
    const set = (key: string, value: unknown): void => void vscode.commands.executeCommand("setContext", key, value);
    set("mlops.hasStores", this.parts.catalog.entries().length > 0);
    set("mlops.hasFilter", filter !== null);
    set("mlops.showsDeleted", showDeleted);
    set("mlops.groupsByStore", groupByStore);
    const { experiments } = this.parts.shell;
    experiments.description = filter ?? "";
  }

  private watchWorkspace(): void {
    const again = (): void => {
      this.parts.discovery.run(neverCancelled()).catch((error: unknown) => logError(this.log, error));
    };
    this.disposables.add(vscode.workspace.onDidChangeWorkspaceFolders(again));
    this.disposables.add(vscode.workspace.onDidGrantWorkspaceTrust(again));
    this.disposables.add(
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration("mlops.stores")) {
          again();
        }
        if (event.affectsConfiguration("mlops.tree.metrics")) {
          this.options.update({ metrics: readSettings().treeMetrics });
        }
      }),
    );
    for (const pattern of ["**/mlflow.db", "**/mlops.{yaml,yml}", "**/mlruns/*/meta.yaml"]) {
      const watcher = this.disposables.add(vscode.workspace.createFileSystemWatcher(pattern, false, !pattern.includes("mlops."), false));
      watcher.onDidCreate(again);
      watcher.onDidChange(again);
      watcher.onDidDelete(again);
    }
  }
}

function isTarget(value: unknown): boolean {
  return (
    isBrowseNode(value) ||
    typeof value === "string" ||
    (typeof value === "object" && value !== null && "storeId" in value && typeof value.storeId === "string")
  );
}

function isSelected(value: unknown): boolean {
  return isBrowseNode(value) || (typeof value === "object" && value !== null && "runId" in value && isTarget(value));
}

/** Whether a panel of ours is open, which then wants fresh data although the sidebar is closed. */
function hasOwnPanel(): boolean {
  const types = Object.values(PANEL_TYPES);
  return vscode.window.tabGroups.all.some((group) =>
    group.tabs.some(
      (tab) =>
        tab.input instanceof vscode.TabInputWebview && types.some((type) => (tab.input as vscode.TabInputWebview).viewType.endsWith(type)),
    ),
  );
}
