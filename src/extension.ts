import * as vscode from "vscode";

import { PANEL_TYPES, SCHEMES, VIEW_IDS, type App, type Configurations, type Shell } from "./editor/app";
import { COMMAND_IDS } from "./editor/commands";
import { registerConfigEditing } from "./editor/config/registerConfigEditing";
import { LazyFileSystem } from "./editor/lazyFileSystem";
import { LazyTree } from "./editor/lazyTree";
import { registerLint } from "./editor/lint/registerLint";

let app: Promise<App> | undefined;
let configurations: Promise<Configurations> | undefined;
/** A view that asks for its rows while the window closes must not bring the extension back to life. */
let isOver = false;

/** Registers everything and reads nothing; the extension proper is loaded when something is first used. */
export function activate(context: vscode.ExtensionContext): void {
  const own = <T extends vscode.Disposable>(item: T): T => {
    context.subscriptions.push(item);
    return item;
  };
  const log = own(vscode.window.createOutputChannel("MLOps Workbench", { log: true }));
  const status = own(vscode.window.createStatusBarItem("mlops.status", vscode.StatusBarAlignment.Left, 0));
  status.name = "MLOps";
  status.text = "$(beaker) MLOps";
  status.command = `${VIEW_IDS.experiments}.focus`;
  status.show();

  isOver = false;
  const unlessOver = <T>(load: () => Promise<T>): Promise<T> => (isOver ? Promise.reject(new vscode.CancellationError()) : load());
  const load = (): Promise<App> => unlessOver(() => (app ??= import("./container").then(({ createApp }) => createApp(shell))));
  const tree = (id: keyof typeof VIEW_IDS): Shell["models"] => {
    const treeDataProvider = own(new LazyTree(async () => (await load())[id]));
    return own(vscode.window.createTreeView(VIEW_IDS[id], { treeDataProvider, showCollapseAll: true, canSelectMany: true }));
  };
  const shell: Shell = { context, log, status, models: tree("models"), experiments: tree("experiments") };

  for (const id of COMMAND_IDS) {
    own(vscode.commands.registerCommand(id, async (...args: unknown[]) => (await load()).run(id, args)));
  }
  for (const viewType of Object.values(PANEL_TYPES)) {
    own(
      vscode.window.registerWebviewPanelSerializer(viewType, {
        deserializeWebviewPanel: async (panel, state) => (await load()).restore(viewType, panel, state),
      }),
    );
  }
  own(
    vscode.workspace.registerFileSystemProvider(SCHEMES.artifact, new LazyFileSystem(async () => (await load()).artifacts), {
      isReadonly: true,
      isCaseSensitive: true,
    }),
  );
  own(
    vscode.workspace.registerTextDocumentContentProvider(SCHEMES.commit, {
      provideTextDocumentContent: async (uri, token) => (await load()).commitFile(uri, token),
    }),
  );
  own(
    vscode.workspace.registerTextDocumentContentProvider(SCHEMES.value, {
      provideTextDocumentContent: async (uri, token) => (await load()).valueText(uri, token),
    }),
  );
  own(vscode.window.registerUriHandler({ handleUri: async (uri) => (await load()).openLink(uri) }));
  const loadConfigurations = (): Promise<Configurations> =>
    unlessOver(() => (configurations ??= import("./container").then(({ createConfigurations }) => createConfigurations(shell))));
  registerLint(own, async () => (await loadConfigurations()).lint);
  registerConfigEditing(own, async () => (await loadConfigurations()).editing);
}

export async function deactivate(): Promise<void> {
  isOver = true;
  (await app)?.dispose();
  const { editing, lint } = (await configurations) ?? {};
  editing?.dispose();
  lint?.dispose();
  app = configurations = undefined;
}
