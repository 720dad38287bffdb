import type * as vscode from "vscode";

import type { SignOffItemNode } from "./signOffNode";

/** What a sign-off is asked for with: a line of the view, or a product's file. */
export type SignOffArgument = SignOffItemNode | vscode.Uri | string;

/** Commands of sign-offs with their arguments, apart from the others, so that neither loads the other. */
export interface SignOffCommandArguments {
  "mlops.signOff.request": [target?: SignOffArgument];
  "mlops.signOff.sign": [target?: SignOffArgument];
  "mlops.signOff.open": [target?: SignOffItemNode];
  "mlops.signOff.refresh": [];
}

export type SignOffCommandId = keyof SignOffCommandArguments;

/** One handler a command; the mapped type makes a forgotten one a compile error. */
export type SignOffCommandHandlers = { readonly [K in SignOffCommandId]: (...args: SignOffCommandArguments[K]) => Promise<void> | void };

// The record's type forces the list to be complete; it is what activation registers before any handler is loaded.
const IDS: Readonly<Record<SignOffCommandId, true>> = {
  "mlops.signOff.request": true,
  "mlops.signOff.sign": true,
  "mlops.signOff.open": true,
  "mlops.signOff.refresh": true,
};

export const SIGN_OFF_COMMAND_IDS = Object.keys(IDS) as readonly SignOffCommandId[];
