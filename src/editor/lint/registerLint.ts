import * as vscode from "vscode";

import type { Lint } from "../app";
import { LINT_COMMAND_IDS } from "./lintCommands";

/** Files that may hold a configuration or a pipeline; whether one does, its content tells. */
const LINTED_FILES: vscode.DocumentSelector = ["**/*.{yaml,yml,py}", "**/MLproject"].map((pattern) => ({ scheme: "file", pattern }));

export const FIX_ALL = vscode.CodeActionKind.SourceFixAll.append("mlops");

/** Registers lint in VS Code. Lint itself is loaded after activation, because its findings are wanted without anybody asking for them. */
export function registerLint(own: <T extends vscode.Disposable>(item: T) => T, load: () => Promise<Lint>): void {
  for (const id of LINT_COMMAND_IDS) {
    own(vscode.commands.registerCommand(id, async (...args: unknown[]) => (await load()).run(id, args)));
  }
  own(
    vscode.languages.registerCodeActionsProvider(
      LINTED_FILES,
      {
        provideCodeActions: async (document, range, context, token) => (await load()).codeActions(document, range, context, token),
        resolveCodeAction: async (action) => (await load()).resolveCodeAction(action),
      },
      { providedCodeActionKinds: [vscode.CodeActionKind.QuickFix, FIX_ALL] },
    ),
  );
  const start = setTimeout(() => void load().catch(() => undefined), 0); // Whoever asks next is told why it could not be loaded.
  own({ dispose: () => clearTimeout(start) });
}
