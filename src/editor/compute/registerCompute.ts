import * as vscode from "vscode";

import type { Compute } from "../app";
import { COMPUTE_COMMAND_IDS } from "./computeCommands";

/** Registers the view of processors in VS Code; it is loaded when somebody looks at it. */
export function registerCompute(own: <T extends vscode.Disposable>(item: T) => T, load: () => Promise<Compute>): void {
  for (const id of COMPUTE_COMMAND_IDS) {
    own(vscode.commands.registerCommand(id, async () => (await load()).run(id)));
  }
}
