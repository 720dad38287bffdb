import * as vscode from "vscode";

import type { Deployment } from "../app";
import { DEPLOYMENT_COMMAND_IDS } from "./deploymentCommands";

const CONFIG_FILES: vscode.DocumentSelector = [{ scheme: "file", pattern: "**/{mlops,*.mlops}.{yaml,yml}" }];

/** Registers deployments in VS Code. They are loaded on first use: by a command, the view, or an mlops.yaml that is opened. */
export function registerDeployment(own: <T extends vscode.Disposable>(item: T) => T, load: () => Promise<Deployment>): void {
  const lensesChanged = own(new vscode.EventEmitter<void>());
  let isFollowing = false;
  const loaded = async (): Promise<Deployment> => {
    const deployment = await load();
    if (!isFollowing) {
      isFollowing = true;
      own(deployment.onDidChangeLenses(() => lensesChanged.fire()));
    }
    return deployment;
  };
  for (const id of DEPLOYMENT_COMMAND_IDS) {
    own(vscode.commands.registerCommand(id, async (...args: unknown[]) => (await loaded()).run(id, args)));
  }
  own(
    vscode.languages.registerCodeLensProvider(CONFIG_FILES, {
      onDidChangeCodeLenses: lensesChanged.event,
      provideCodeLenses: async (document) => (await loaded()).lenses(document),
    }),
  );
}
