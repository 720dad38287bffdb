import * as vscode from "vscode";

import { AppError } from "../../core/base/appError";
import { oneLine } from "../../core/base/oneLine";
import type { BrowseNode } from "../../core/browse/node";
import type { StoreCatalog, StoreEntry } from "../../core/tracking/storeCatalog";
import { askLogin } from "../platform/askLogin";
import type { CredentialStore } from "../platform/credentialStore";
import { addStoreSetting } from "../platform/settings";
import { healthText } from "./statusBar";

/** Asks for a database, a folder or a server, and adds it to the settings. */
export async function addStore(): Promise<void> {
  const choice = await vscode.window.showQuickPick(
    [
      {
        label: `$(server-environment) ${vscode.l10n.t("MLflow server…")}`,
        detail: vscode.l10n.t("http(s) address of a tracking server"),
        choice: "server" as const,
      },
      {
        label: `$(database) ${vscode.l10n.t("Database file…")}`,
        detail: vscode.l10n.t("mlflow.db, read directly"),
        choice: "database" as const,
      },
      {
        label: `$(folder) ${vscode.l10n.t("mlruns folder…")}`,
        detail: vscode.l10n.t("Runs as files, read directly"),
        choice: "folder" as const,
      },
    ],
    { title: vscode.l10n.t("Add Store or Server"), placeHolder: vscode.l10n.t("Where are the runs?") },
  );
  if (choice === undefined) {
    return;
  }
  const uri = choice.choice === "server" ? await askAddress() : await askPath(choice.choice);
  if (uri !== undefined) {
    await addStoreSetting(uri);
    await vscode.commands.executeCommand("mlops.experiments.focus");
  }
}

function askAddress(): Thenable<string | undefined> {
  return vscode.window.showInputBox({
    title: vscode.l10n.t("Add MLflow Server"),
    prompt: vscode.l10n.t("Address of the server, for example http://localhost:5000"),
    placeHolder: "http://localhost:5000",
    ignoreFocusOut: true,
    validateInput: (value) => {
      if (value.trim() === "") {
        return undefined;
      }
      return isServerAddress(value)
        ? undefined
        : vscode.l10n.t("An address starts with http:// or https:// and holds no user name or password.");
    },
  });
}

function isServerAddress(value: string): boolean {
  try {
    const url = new URL(value.trim());
    return (url.protocol === "http:" || url.protocol === "https:") && url.username === "" && url.password === "";
  } catch {
    return false; // Not an address at all, which the caller says.
  }
}

async function askPath(kind: "database" | "folder"): Promise<string | undefined> {
  const picked = await vscode.window.showOpenDialog({
    canSelectFiles: kind === "database",
    canSelectFolders: kind === "folder",
    openLabel: vscode.l10n.t("Add"),
    ...(kind === "database" ? { filters: { [vscode.l10n.t("Databases")]: ["db", "sqlite", "sqlite3"] } } : {}),
  });
  return picked?.[0]?.fsPath;
}

/** Asks how to sign in to a server and keeps it in the system's key store. */
export async function setCredentials(target: BrowseNode | undefined, catalog: StoreCatalog, credentials: CredentialStore): Promise<void> {
  const url = await askServer(target, catalog);
  if (url === undefined) {
    return;
  }
  const answer = await askLogin(url);
  if (answer === undefined) {
    return;
  }
  await credentials.set(url, answer.login);
  catalog.reopen(url);
}

async function askServer(target: BrowseNode | undefined, catalog: StoreCatalog): Promise<string | undefined> {
  const named = target !== undefined && "storeId" in target && target.storeId !== null ? catalog.entry(target.storeId) : undefined;
  const servers = (named === undefined ? catalog.entries() : [named]).filter(({ location }) => location.kind === "rest");
  if (servers.length === 0) {
    throw new AppError("usage", vscode.l10n.t("There is no server in this window."), {
      remedy: vscode.l10n.t("Add one with the command MLOps: Add Store or Server."),
    });
  }
  if (servers.length === 1) {
    return servers[0]?.id;
  }
  const picked = await vscode.window.showQuickPick(
    servers.map((entry) => ({ label: entry.label, id: entry.id })),
    { title: vscode.l10n.t("Set Server Credentials"), placeHolder: vscode.l10n.t("Which server?") },
  );
  return picked?.id;
}

/** Lists all stores with their state; picking one offers what can be done about it. */
export async function manageStores(catalog: StoreCatalog): Promise<void> {
  const items = catalog.entries().map((entry) => ({
    label: `$(${entry.health.kind === "failed" ? "warning" : iconOf(entry)}) ${oneLine(entry.label)}`,
    description: entry.description?.label ?? "",
    detail: oneLine(`${healthText(entry)} · ${vscode.l10n.t("found by {0}", entry.origin)}`, 200),
    run: async () => {
      catalog.reopen(entry.id);
      await vscode.commands.executeCommand("mlops.experiments.focus");
    },
    entry,
  }));
  const add = { label: `$(add) ${vscode.l10n.t("Add Store or Server…")}`, run: addStore };
  const log = { label: `$(output) ${vscode.l10n.t("Show Log")}`, run: () => vscode.commands.executeCommand("mlops.log.show") };
  const settings = {
    label: `$(gear) ${vscode.l10n.t("Open Settings")}`,
    run: () => vscode.commands.executeCommand("workbench.action.openSettings", "mlops.stores"),
  };
  const picked = await vscode.window.showQuickPick([...items, add, settings, log], {
    title: vscode.l10n.t("Stores and Connections"),
    placeHolder: vscode.l10n.t("Pick a store to read it again"),
    matchOnDetail: true,
  });
  await picked?.run();
}

function iconOf({ location }: StoreEntry): string {
  return location.kind === "rest" ? "server-environment" : location.kind === "sqlite" ? "database" : "folder-library";
}
