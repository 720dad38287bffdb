import * as vscode from "vscode";

import type { Overview } from "../app";
import { OPEN_OVERVIEW } from "./overviewCommands";

/** Trees, open files, checks and sign-offs come first; then the count of what waits for somebody is made whole, in milliseconds after activation. */
const START_MS = 10_000;
const CONFIGS = "**/{mlops,*.mlops}.{yaml,yml}";

/** Registers the overview in VS Code. It is loaded when it is first opened, and a while after activation where there is a product, for the badge. */
export function registerOverview(own: <T extends vscode.Disposable>(item: T) => T, load: () => Promise<Overview>): void {
  own(vscode.commands.registerCommand(OPEN_OVERVIEW, async () => (await load()).open()));
  const start = async (): Promise<void> => {
    if ((await vscode.workspace.findFiles(CONFIGS, "**/node_modules/**", 1)).length > 0) {
      await (await load()).count();
    }
  };
  const timer = setTimeout(() => void start().catch(() => undefined), START_MS); // Whoever asks next is told why it could not be loaded.
  own({ dispose: () => clearTimeout(timer) });
}
