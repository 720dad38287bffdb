import * as vscode from "vscode";

import type { Deployment } from "../app";
import { deployBlock, deployLens } from "./deployLens";
import { DEPLOYMENT_COMMAND_IDS } from "./deploymentCommands";

const CONFIG_FILES: vscode.DocumentSelector = [{ scheme: "file", pattern: "**/{mlops,*.mlops}.{yaml,yml}" }];

/**
 * Registers deployments in VS Code. They are loaded on first use, by a command, the view or a page; who only reads an mlops.yaml loads
 * nothing.
 * @returns what everybody loads them by, so that lines over files say what is where as soon as somebody has asked.
 */
export function registerDeployment(
  own: <T extends vscode.Disposable>(item: T) => T,
  load: () => Promise<Deployment>,
): () => Promise<Deployment> {
  const lensesChanged = own(new vscode.EventEmitter<void>());
  let current: Deployment | undefined;
  const loaded = async (): Promise<Deployment> => {
    const deployment = await load();
    if (current === undefined) {
      current = deployment;
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
      provideCodeLenses: (document) => {
        const range = deployBlock(document);
        return current?.lenses(document) ?? (range === undefined ? [] : [deployLens(document, range)]);
      },
    }),
  );
  own(vscode.workspace.onDidGrantWorkspaceTrust(() => lensesChanged.fire()));
  return loaded;
}
