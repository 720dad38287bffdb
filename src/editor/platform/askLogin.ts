import * as vscode from "vscode";

import type { StoredCredentials } from "./credentialStore";

/** Asks how to sign in to a server. @returns no login where what is stored is to be forgotten; undefined where the person gives up. */
export async function askLogin(address: string): Promise<{ readonly login: StoredCredentials | undefined } | undefined> {
  const kind = await vscode.window.showQuickPick(
    [
      { label: vscode.l10n.t("User name and password"), choice: "basic" as const },
      { label: vscode.l10n.t("Access token"), choice: "bearer" as const },
      { label: vscode.l10n.t("Forget what is stored"), choice: "none" as const },
    ],
    { title: vscode.l10n.t("Sign in to {0}", address) },
  );
  const title = kind?.label ?? "";
  const ask = (prompt: string, password: boolean): Thenable<string | undefined> =>
    vscode.window.showInputBox({ title, prompt, password, ignoreFocusOut: true });
  switch (kind?.choice) {
    case undefined:
      return undefined;
    case "none":
      return { login: undefined };
    case "bearer": {
      const token = await ask(vscode.l10n.t("Access token for {0}", address), true);
      return token === undefined || token === "" ? undefined : { login: { kind: "bearer", token } };
    }
    case "basic": {
      const username = await ask(vscode.l10n.t("User name"), false);
      const password = username === undefined || username === "" ? undefined : await ask(vscode.l10n.t("Password"), true);
      return username === undefined || password === undefined ? undefined : { login: { kind: "basic", username, password } };
    }
  }
}
