import * as vscode from "vscode";

import { PANEL_TYPES, VIEW_IDS, type App, type Shell, type TreeSource } from "./editor/app";
import { COMMAND_IDS } from "./editor/commands";
import { registerCompute } from "./editor/compute/registerCompute";
import { registerConfigEditing } from "./editor/config/registerConfigEditing";
import { registerDeployment } from "./editor/deployment/registerDeployment";
import { registerCompliance } from "./editor/governance/registerCompliance";
import { registerSignOffs } from "./editor/governance/registerSignOffs";
import { registerDrift } from "./editor/drift/registerDrift";
import { LazyTree } from "./editor/lazyTree";
import { registerLint } from "./editor/lint/registerLint";
import { MonitoredModels } from "./editor/monitoring/monitoredModels";
import { StatusLine } from "./editor/platform/statusLine";
import { Reviews } from "./editor/platform/reviews";
import { Waiting } from "./editor/platform/waiting";
import { registerOverview } from "./editor/overview/registerOverview";
import { registerDocuments } from "./editor/registerDocuments";
import { registerTraining } from "./editor/training/registerTraining";

/** What is loaded on first use, in the order in which it was loaded; ended in reverse. */
let loaded: Promise<vscode.Disposable>[] = [];
/** A view that asks for its rows while the window closes must not bring the extension back to life. */
let isOver = false;

/** Loads a part of the extension proper once. */
function part<T extends vscode.Disposable>(create: (container: typeof import("./container")) => Promise<T> | T): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => {
    if (isOver) {
      return Promise.reject(new vscode.CancellationError());
    }
    if (made === undefined) {
      made = import("./container").then(create);
      loaded.push(made);
    }
    return made;
  };
}

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
  loaded = [];
  const load = part(({ createApp }) => createApp(shell));
  const loadDrift = part(({ createDrift }) => createDrift(shell, load));
  const loadTraining = part(({ createTraining }) => createTraining(shell));
  const loadDeployment = registerDeployment(
    own,
    part(({ createDeployment }) => createDeployment(shell)),
  );
  const loadCompliance = part(({ createCompliance }) => createCompliance(shell));
  const loadSignOffs = part(({ createSignOffs }) => createSignOffs(shell));
  const loadCompute = part(({ createCompute }) => createCompute(shell));
  const loadOverview = part(({ createOverview }) => createOverview(shell));
  const loadConfigurations = part(({ createConfigurations }) => createConfigurations(shell));
  const tree = <N>(id: string, source: () => Promise<TreeSource<N>>): vscode.TreeView<N> => {
    const treeDataProvider = own(new LazyTree<N>(source));
    return own(vscode.window.createTreeView(id, { treeDataProvider, showCollapseAll: true, canSelectMany: true }));
  };
  const models = tree(VIEW_IDS.models, async () => (await load()).models);
  const shell: Shell = {
    ...{ context, log, status, monitored, models },
    waiting: new Waiting(models, status),
    reviews: own(new Reviews()),
    experiments: tree(VIEW_IDS.experiments, async () => (await load()).experiments),
    monitoring: tree(VIEW_IDS.monitoring, async () => (await loadDrift()).monitoring),
    jobs: tree(VIEW_IDS.jobs, async () => (await loadTraining()).jobs),
    deployments: tree(VIEW_IDS.deployments, async () => (await loadDeployment()).targets),
    compute: tree(VIEW_IDS.compute, async () => (await loadCompute()).processors),
  };
  tree(VIEW_IDS.signOffs, async () => (await loadSignOffs()).signOffs);

  for (const id of COMMAND_IDS) {
    own(vscode.commands.registerCommand(id, async (...args: unknown[]) => (await load()).run(id, args)));
  }
  const loaders: Partial<Record<string, () => Promise<Pick<App, "restore">>>> = {
    [PANEL_TYPES.drift]: loadDrift,
    [PANEL_TYPES.retrain]: loadTraining,
    [PANEL_TYPES.deploy]: loadDeployment,
    [PANEL_TYPES.compliance]: loadCompliance,
    [PANEL_TYPES.overview]: loadOverview,
  };
  for (const viewType of Object.values(PANEL_TYPES)) {
    const deserializeWebviewPanel = async (panel: vscode.WebviewPanel, state: unknown): Promise<void> =>
      (await (loaders[viewType] ?? load)()).restore(viewType, panel, state);
    own(vscode.window.registerWebviewPanelSerializer(viewType, { deserializeWebviewPanel }));
  }
  registerDocuments(own, load);
  registerLint(own, async () => (await loadConfigurations()).lint);
  registerConfigEditing(own, async () => (await loadConfigurations()).editing);
  registerDrift(own, loadDrift);
  registerTraining(own, loadTraining);
  registerCompliance(own, loadCompliance);
  registerSignOffs(own, loadSignOffs);
  registerCompute(own, loadCompute);
  registerOverview(own, loadOverview);
}

export async function deactivate(): Promise<void> {
  isOver = true;
  for (const item of loaded.reverse()) {
    (await item.catch(() => undefined))?.dispose(); // What could not be loaded was told to whoever asked.
  }
  loaded = [];
}
