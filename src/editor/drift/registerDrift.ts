import * as vscode from "vscode";

import type { Drift } from "../app";
import { DRIFT_COMMAND_IDS } from "./driftCommands";

const CONFIG_FILES: vscode.DocumentSelector = [{ scheme: "file", pattern: "**/{mlops,*.mlops}.{yaml,yml}" }];

/** Trees and open files come first; checks can wait for this long, in milliseconds. */
const START_MS = 1500;

/**
 * Registers drift and monitoring in VS Code. They are loaded on first use, and a while after activation, because nobody should have to
 * remember to look.
 */
export function registerDrift(own: <T extends vscode.Disposable>(item: T) => T, load: () => Promise<Drift>): void {
  const lensesChanged = own(new vscode.EventEmitter<void>());
  let isFollowing = false;
  const loaded = async (): Promise<Drift> => {
    const drift = await load();
    if (!isFollowing) {
      isFollowing = true;
      own(drift.onDidChangeLenses(() => lensesChanged.fire()));
    }
    return drift;
  };
  for (const id of DRIFT_COMMAND_IDS) {
    own(vscode.commands.registerCommand(id, async (...args: unknown[]) => (await loaded()).run(id, args)));
  }
  own(
    vscode.languages.registerCodeLensProvider(CONFIG_FILES, {
      onDidChangeCodeLenses: lensesChanged.event,
      provideCodeLenses: async (document) => (await loaded()).lenses(document),
    }),
  );
  const start = setTimeout(() => void loaded().catch(() => undefined), START_MS); // Whoever asks next is told why it could not be loaded.
  own({ dispose: () => clearTimeout(start) });
}
