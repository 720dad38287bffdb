import type * as vscode from "vscode";

/** Commands around configurations with their arguments, apart from those of the trees, so that neither loads the other. */
export interface ConfigCommandArguments {
  /** @param folder where the file is written; asks where none is given and several are open. */
  "mlops.model.new": [folder?: vscode.Uri];
  /** @param file of a product; the one in the editor where none is given. @param from the question to begin with. */
  "mlops.risk.check": [file?: vscode.Uri, from?: string];
  "mlops.lint.addToGithubActions": [];
  "mlops.lint.addToPreCommit": [];
  "mlops.gate.addToGithubActions": [];
  "mlops.overview.addToGithubActions": [];
}

export type ConfigCommandId = keyof ConfigCommandArguments;

/** One handler a command; the mapped type makes a forgotten one a compile error. */
export type ConfigCommandHandlers = { readonly [K in ConfigCommandId]: (...args: ConfigCommandArguments[K]) => Promise<void> };

// The record's type forces the list to be complete; it is what activation registers before any handler is loaded.
const IDS: Readonly<Record<ConfigCommandId, true>> = {
  "mlops.model.new": true,
  "mlops.risk.check": true,
  "mlops.lint.addToGithubActions": true,
  "mlops.lint.addToPreCommit": true,
  "mlops.gate.addToGithubActions": true,
  "mlops.overview.addToGithubActions": true,
};

export const CONFIG_COMMAND_IDS = Object.keys(IDS) as readonly ConfigCommandId[];
