import { readFile } from "node:fs/promises";
import { homedir } from "node:os";
import { join, resolve } from "node:path";
import { parseEnv } from "node:util";

import * as vscode from "vscode";

import { readEnvironment } from "../adapters/mlflowRest/environment";
import { openRestStore } from "../adapters/mlflowRest/openRestStore";
import type { RestConnection } from "../adapters/mlflowRest/restConnection";
import type { WorkerStoreOpener } from "../adapters/node/workerStore";
import { AppError } from "../core/base/appError";
import type { StoreOpener } from "../core/tracking/store";
import { parseStoreUri } from "../core/tracking/storeLocation";
import type { CredentialStore } from "../editor/platform/credentialStore";
import { readSettings } from "../editor/platform/settings";

const DEFAULT_TIMEOUT_SECONDS = 30;

/** Servers are contacted for a folder that is trusted only, since its files can name any. */
export function trustedOpener(workers: WorkerStoreOpener, credentials: CredentialStore): StoreOpener {
  return {
    open: async (location, signal) => {
      if (location.kind !== "rest") {
        return workers.open(location, signal);
      }
      if (!vscode.workspace.isTrusted) {
        throw new AppError("usage", "A server is not contacted for a folder that you do not trust.");
      }
      return openRestStore(await restConnection(location.url, credentials), signal);
    },
  };
}

/** The process's environment over the `.env` of a folder; a folder that is not trusted has no say. */
export async function environmentOf(folder: string | undefined): Promise<Record<string, string | undefined>> {
  let file: Record<string, string | undefined> = {};
  if (folder !== undefined && vscode.workspace.isTrusted) {
    try {
      file = parseEnv(await readFile(join(folder, ".env"), "utf8"));
    } catch {
      // Most folders have no .env, and one that cannot be read says nothing about a server.
    }
  }
  return { ...file, ...process.env };
}

export function toAbsolute(folder: string | undefined, path: string): string {
  return resolve(folder ?? homedir(), path.replace(/^~(?=\/|$)/, homedir()));
}

/** Settings first, then the environment where it names this very server, then what the user stored as a secret. */
export async function restConnection(url: string, credentials: CredentialStore): Promise<RestConnection> {
  const folders = (vscode.workspace.workspaceFolders ?? []).map((folder) => folder.uri.fsPath);
  const setting = readSettings().stores.find((store) => {
    const location = parseStoreUri(store.uri, (path) => path);
    return location.kind === "rest" && location.url === url;
  });
  const environments = await Promise.all([undefined, ...folders].map(async (folder) => readEnvironment(await environmentOf(folder))));
  const environment = environments.find((candidate) => candidate.url === url);
  const { credentials: login, ...details } = environment ?? { credentials: null };
  return {
    ...details,
    ...(setting?.workspace === undefined ? {} : { workspace: setting.workspace }),
    ...(setting?.headers === undefined ? {} : { headers: setting.headers }),
    ...(setting?.caFile === undefined ? {} : { caFile: toAbsolute(folders[0], setting.caFile) }),
    ...(setting?.clientCertFile === undefined ? {} : { clientCertFile: toAbsolute(folders[0], setting.clientCertFile) }),
    ...(setting?.insecureTls === true ? { insecureTls: true } : {}),
    url,
    credentials: async () => (await credentials.get(url)) ?? login ?? { kind: "none" },
    timeoutMs: (setting?.timeoutSeconds ?? DEFAULT_TIMEOUT_SECONDS) * 1000,
  };
}
