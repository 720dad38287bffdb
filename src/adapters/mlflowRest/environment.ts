import type { RestConnection, RestCredentials } from "./restConnection";

/** The parts of a connection that an environment sets. */
export interface EnvironmentConnection extends Omit<RestConnection, "url" | "credentials" | "headers" | "timeoutMs"> {
  /** The server that the environment names, or null where it names none or another kind of store. */
  readonly url: string | null;
  /** Null where the environment has no login, or names no server that it could be meant for. */
  readonly credentials: RestCredentials | null;
}

/**
 * Reads MLflow's own variables, from the process's environment or a parsed `.env` file. A login is given only together with
 * the server that the same environment names: use it for no other.
 */
export function readEnvironment(env: Readonly<Record<string, string | undefined>>): EnvironmentConnection {
  const get = (name: string): string | undefined => {
    const value = env[name]?.trim();
    return value === "" ? undefined : value;
  };
  const uri = get("MLFLOW_TRACKING_URI");
  const server = uri !== undefined && /^https?:\/\//i.test(uri) && URL.canParse(uri) ? new URL(uri) : null;
  const workspace = get("MLFLOW_WORKSPACE");
  const caFile = get("MLFLOW_TRACKING_SERVER_CERT_PATH");
  const clientCertFile = get("MLFLOW_TRACKING_CLIENT_CERT_PATH");
  return {
    url: server === null ? null : toBaseUrl(server),
    credentials: server === null ? null : readCredentials(get, server),
    ...(workspace === undefined ? {} : { workspace }),
    ...(caFile === undefined ? {} : { caFile }),
    ...(clientCertFile === undefined ? {} : { clientCertFile }),
    ...(/^(true|1)$/i.test(get("MLFLOW_TRACKING_INSECURE_TLS") ?? "") ? { insecureTls: true } : {}),
  };
}

function readCredentials(get: (name: string) => string | undefined, server: URL): RestCredentials | null {
  const username = get("MLFLOW_TRACKING_USERNAME");
  const password = get("MLFLOW_TRACKING_PASSWORD");
  const token = get("MLFLOW_TRACKING_TOKEN");
  // MLflow's own client takes the name and password where both kinds are set.
  if (username !== undefined && password !== undefined) {
    return { kind: "basic", username, password };
  }
  if (token !== undefined) {
    return { kind: "bearer", token };
  }
  if (server.username !== "") {
    return { kind: "basic", username: decodeURIComponent(server.username), password: decodeURIComponent(server.password) };
  }
  return null;
}

function toBaseUrl(server: URL): string {
  return `${server.origin}${server.pathname}`.replace(/\/+$/, "");
}
