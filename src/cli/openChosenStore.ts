import { readEnvironment } from "../adapters/mlflowRest/environment";
import type { RestConnection, RestCredentials } from "../adapters/mlflowRest/restConnection";
import type { CancelSignal } from "../core/base/cancel";
import type { Store } from "../core/tracking/store";
import type { Environment, StoreChoice } from "./storeChoice";

const DEFAULT_TIMEOUT_S = 120;

/** Opens a store with the adapter of its kind; each is loaded only when it is used. */
export async function openChosenStore(choice: StoreChoice, env: Environment, dotEnv: Environment, signal: CancelSignal): Promise<Store> {
  const { location } = choice;
  switch (location.kind) {
    case "sqlite": {
      const { openSqliteStore } = await import("../adapters/mlflowSqlite/openSqliteStore");
      const workspace = env["MLFLOW_WORKSPACE"];
      return openSqliteStore(location.path, signal, workspace === undefined || workspace === "" ? {} : { workspace });
    }
    case "file": {
      const { openFileStore } = await import("../adapters/mlflowFile/openFileStore");
      return openFileStore(location.path, signal);
    }
    case "rest": {
      const { openRestStore } = await import("../adapters/mlflowRest/openRestStore");
      return openRestStore(toConnection(location.url, choice.uri, env, dotEnv, choice.isFolders), signal);
    }
  }
}

/**
 * Joins a server with its login. A login goes only to the server that its own environment names, or, where that names none,
 * to the one that the user, or the file that the command is about, named; `.env` comes with a folder and must not send the user's own login elsewhere.
 * @param isFolders whether only `.env` names the server.
 */
export function toConnection(url: string, uri: string, env: Environment, dotEnv: Environment, isFolders = false): RestConnection {
  const inUri = readEnvironment({ MLFLOW_TRACKING_URI: uri }).credentials;
  const own = readEnvironment({ ...(isFolders ? {} : { MLFLOW_TRACKING_URI: url }), ...withoutEmptyUri(env) });
  const folder = readEnvironment({ MLFLOW_TRACKING_URI: url, ...withoutEmptyUri(dotEnv) });
  const matching = [own, folder].filter((environment) => environment.url === url);
  const credentials = [inUri, ...matching.map((environment) => environment.credentials)].find((found) => found !== null);
  const { workspace, caFile, clientCertFile, insecureTls } = matching[0] ?? {};
  const timeout = Number(env["MLFLOW_HTTP_REQUEST_TIMEOUT"]);
  return {
    url,
    credentials: () => Promise.resolve<RestCredentials>(credentials ?? { kind: "none" }),
    ...(workspace === undefined ? {} : { workspace }),
    ...(caFile === undefined ? {} : { caFile }),
    ...(clientCertFile === undefined ? {} : { clientCertFile }),
    ...(insecureTls === undefined ? {} : { insecureTls }),
    timeoutMs: 1000 * (timeout > 0 && timeout < 86_400 ? timeout : DEFAULT_TIMEOUT_S),
  };
}

function withoutEmptyUri(env: Environment): Environment {
  const { MLFLOW_TRACKING_URI: uri, ...rest } = env;
  return uri === undefined || uri.trim() === "" ? rest : { ...rest, MLFLOW_TRACKING_URI: uri };
}
