import * as vscode from "vscode";

import type { Compliance } from "../app";
import { OPEN_COMPLIANCE } from "./complianceCommands";

/** Registers the compliance page in VS Code. It is loaded when it is first opened. */
export function registerCompliance(own: <T extends vscode.Disposable>(item: T) => T, load: () => Promise<Compliance>): void {
  own(vscode.commands.registerCommand(OPEN_COMPLIANCE, async (argument: unknown) => (await load()).open(argument)));
}
