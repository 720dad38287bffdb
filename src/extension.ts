import * as vscode from "vscode";

import { PANEL_TYPES, VIEW_IDS, type App, type Configurations, type Drift, type Shell, type Training, type TreeSource } from "./editor/app";
import { COMMAND_IDS } from "./editor/commands";
import { registerConfigEditing } from "./editor/config/registerConfigEditing";
import { registerDrift } from "./editor/drift/registerDrift";
import { LazyTree } from "./editor/lazyTree";
import { registerLint } from "./editor/lint/registerLint";
import { MonitoredModels } from "./editor/monitoring/monitoredModels";
import { StatusLine } from "./editor/platform/statusLine";
import { registerDocuments } from "./editor/registerDocuments";
import { registerTraining } from "./editor/training/registerTraining";

let app: Promise<App> | undefined;
let configurations: Promise<Configurations> | undefined;
let drift: Promise<Drift> | undefined;
let training: Promise<Training> | undefined;
/** A view that asks for its rows while the window closes must not bring the extension back to life. */
let isOver = false;

/** Registers everything and reads nothing; the extension proper is loaded when something is first used. */
export function activate(context: vscode.ExtensionContext): void {
  const own = <T extends vscode.Disposable>(item: T): T => {
    context.subscriptions.push(item);
    return item;
  };
  const log = own(vscode.window.createOutputChannel("MLOps Workbench", { log: true }));
  const status = own(new StatusLine(`${VIEW_IDS.experiments}.focus`));
  const monitored = own(new MonitoredModels());

  isOver = false;
  const unlessOver = <T>(load: () => Promise<T>): Promise<T> => (isOver ? Promise.reject(new vscode.CancellationError()) : load());
  const load = (): Promise<App> => unlessOver(() => (app ??= import("./container").then(({ createApp }) => createApp(shell))));
  const loadDrift = (): Promise<Drift> =>
    unlessOver(() => (drift ??= import("./container").then(({ createDrift }) => createDrift(shell, load))));
  const loadTraining = (): Promise<Training> =>
    unlessOver(() => (training ??= import("./container").then(({ createTraining }) => createTraining(shell))));
  const tree = <N>(id: string, source: () => Promise<TreeSource<N>>): vscode.TreeView<N> => {
    const treeDataProvider = own(new LazyTree<N>(source));
    return own(vscode.window.createTreeView(id, { treeDataProvider, showCollapseAll: true, canSelectMany: true }));
  };
  const shell: Shell = {
    ...{ context, log, status, monitored },
    models: tree(VIEW_IDS.models, async () => (await load()).models),
    experiments: tree(VIEW_IDS.experiments, async () => (await load()).experiments),
    monitoring: tree(VIEW_IDS.monitoring, async () => (await loadDrift()).monitoring),
    jobs: tree(VIEW_IDS.jobs, async () => (await loadTraining()).jobs),
  };

  for (const id of COMMAND_IDS) {
    own(vscode.commands.registerCommand(id, async (...args: unknown[]) => (await load()).run(id, args)));
  }
  const loaders: Partial<Record<string, () => Promise<Pick<App, "restore">>>> = {
    [PANEL_TYPES.drift]: loadDrift,
    [PANEL_TYPES.retrain]: loadTraining,
  };
  for (const viewType of Object.values(PANEL_TYPES)) {
    const deserializeWebviewPanel = async (panel: vscode.WebviewPanel, state: unknown): Promise<void> =>
      (await (loaders[viewType] ?? load)()).restore(viewType, panel, state);
    own(vscode.window.registerWebviewPanelSerializer(viewType, { deserializeWebviewPanel }));
  }
  registerDocuments(own, load);
  const loadConfigurations = (): Promise<Configurations> =>
    unlessOver(() => (configurations ??= import("./container").then(({ createConfigurations }) => createConfigurations(shell))));
  registerLint(own, async () => (await loadConfigurations()).lint);
  registerConfigEditing(own, async () => (await loadConfigurations()).editing);
  registerDrift(own, loadDrift);
  registerTraining(own, loadTraining);
}

export async function deactivate(): Promise<void> {
  isOver = true;
  (await training)?.dispose();
  (await drift)?.dispose();
  (await app)?.dispose();
  const { editing, lint } = (await configurations) ?? {};
  editing?.dispose();
  lint?.dispose();
  app = configurations = drift = training = undefined;
}
