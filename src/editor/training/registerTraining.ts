import * as vscode from "vscode";

import { SCHEMES, type Training } from "../app";
import { TRAINING_COMMAND_IDS } from "./trainingCommands";

const CONFIG_FILES: vscode.DocumentSelector = [{ scheme: "file", pattern: "**/{mlops,*.mlops}.{yaml,yml}" }];

/** A training that was started before the window was opened is followed again after so many milliseconds; trees and open files come first. */
const START_MS = 2000;

/** Registers trainings in VS Code. They are loaded on first use, and a while after activation, so that jobs of earlier windows are followed. */
export function registerTraining(own: <T extends vscode.Disposable>(item: T) => T, load: () => Promise<Training>): void {
  const lensesChanged = own(new vscode.EventEmitter<void>());
  const logChanged = own(new vscode.EventEmitter<vscode.Uri>());
  let isFollowing = false;
  const loaded = async (): Promise<Training> => {
    const training = await load();
    if (!isFollowing) {
      isFollowing = true;
      own(training.onDidChangeLenses(() => lensesChanged.fire()));
      const { onDidChange } = training.logs;
      if (onDidChange !== undefined) {
        own(onDidChange((uri) => logChanged.fire(uri)));
      }
    }
    return training;
  };
  for (const id of TRAINING_COMMAND_IDS) {
    own(vscode.commands.registerCommand(id, async (...args: unknown[]) => (await loaded()).run(id, args)));
  }
  own(
    vscode.languages.registerCodeLensProvider(CONFIG_FILES, {
      onDidChangeCodeLenses: lensesChanged.event,
      provideCodeLenses: async (document) => (await loaded()).lenses(document),
    }),
  );
  own(
    vscode.workspace.registerTextDocumentContentProvider(SCHEMES.log, {
      onDidChange: logChanged.event,
      provideTextDocumentContent: async (uri, token) => (await loaded()).logs.provideTextDocumentContent(uri, token),
    }),
  );
  const start = setTimeout(() => void loaded().catch(() => undefined), START_MS); // Whoever asks next is told why it could not be loaded.
  own({ dispose: () => clearTimeout(start) });
}
