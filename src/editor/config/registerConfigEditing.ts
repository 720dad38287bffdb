import * as vscode from "vscode";

import { CONFIG_COMMAND_IDS, type ConfigCommandId } from "./configCommands";

/** Help with writing configurations, which is loaded when the first one is opened. */
export interface ConfigEditing extends vscode.Disposable, vscode.CompletionItemProvider, vscode.HoverProvider {
  /** What the lines above a file say may have changed. */
  readonly onDidChangeLenses: vscode.Event<void>;
  provideCodeLenses(document: vscode.TextDocument, token: vscode.CancellationToken): Promise<vscode.CodeLens[]>;
  run(command: ConfigCommandId, args: readonly unknown[]): Promise<void>;
}

/** Files of ours, by name. */
const CONFIG_FILES: vscode.DocumentSelector = [
  { scheme: "file", pattern: "**/{mlops,*.mlops}.{yaml,yml}" },
  { scheme: "file", pattern: "**/.mlops/policy.yaml" },
];

/** After a space a value begins, after a slash a further part of a path, and after a bracket an item. */
const TRIGGERS = [" ", "/", "[", "{"];

/** Registers completion, hover, code lenses and commands in VS Code; what they do is loaded on first use. */
export function registerConfigEditing(own: <T extends vscode.Disposable>(item: T) => T, load: () => Promise<ConfigEditing>): void {
  const lensesChanged = own(new vscode.EventEmitter<void>());
  let isFollowing = false;
  const loaded = async (): Promise<ConfigEditing> => {
    const editing = await load();
    if (!isFollowing) {
      isFollowing = true;
      own(editing.onDidChangeLenses(() => lensesChanged.fire()));
    }
    return editing;
  };
  own(
    vscode.languages.registerCompletionItemProvider(
      CONFIG_FILES,
      {
        provideCompletionItems: async (document, position, token, context) =>
          (await loaded()).provideCompletionItems(document, position, token, context),
      },
      ...TRIGGERS,
    ),
  );
  own(
    vscode.languages.registerHoverProvider(CONFIG_FILES, {
      provideHover: async (document, position, token) => (await loaded()).provideHover(document, position, token),
    }),
  );
  own(
    vscode.languages.registerCodeLensProvider(CONFIG_FILES, {
      onDidChangeCodeLenses: lensesChanged.event,
      provideCodeLenses: async (document, token) => (await loaded()).provideCodeLenses(document, token),
    }),
  );
  for (const id of CONFIG_COMMAND_IDS) {
    own(vscode.commands.registerCommand(id, async (...args: unknown[]) => (await loaded()).run(id, args)));
  }
}
