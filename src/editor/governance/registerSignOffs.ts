import * as vscode from "vscode";

import type { SignOffView } from "../app";
import { SIGN_OFF_COMMAND_IDS } from "./signOffCommands";

/** Trees and open files come first; then people are told what waits for them, in milliseconds after activation. */
const START_MS = 3000;
const CONFIGS = "**/{mlops,*.mlops}.{yaml,yml}";

/** Registers sign-offs in VS Code. They are loaded on first use, and a while after activation where there is a product, for the badge and reminders. */
export function registerSignOffs(own: <T extends vscode.Disposable>(item: T) => T, load: () => Promise<SignOffView>): void {
  for (const id of SIGN_OFF_COMMAND_IDS) {
    own(vscode.commands.registerCommand(id, async (...args: unknown[]) => (await load()).run(id, args)));
  }
  const start = async (): Promise<void> => {
    if ((await vscode.workspace.findFiles(CONFIGS, "**/node_modules/**", 1)).length > 0) {
      await load();
    }
  };
  const timer = setTimeout(() => void start().catch(() => undefined), START_MS); // Whoever asks next is told why it could not be loaded.
  own({ dispose: () => clearTimeout(timer) });
}
