import { serverSecrets } from "../cli/retrain/serverSecrets";
import type { EngineSecrets } from "../core/training/trainingEngine";
import type { CredentialStore } from "../editor/platform/credentialStore";

/** Logins that the user stored, in the forms in which engines and targets take them. Never kept, shown or logged. */
export interface Logins {
  /** Of a tracker, for the environment of a process; empty where none is stored. */
  readonly trackerEnv: (uri: string | null) => Promise<Readonly<Record<string, string>>>;
  /** Of a server, for this address and no other; the environment's where none is stored. */
  readonly ofServer: (server: "AIRFLOW" | "RAY", address: string) => Promise<EngineSecrets>;
}

export function openLogins(credentials: CredentialStore): Logins {
  const stored = async (address: string): Promise<EngineSecrets | null> => {
    const found = await credentials.get(address);
    return found === undefined
      ? null
      : found.kind === "bearer"
        ? { env: {}, token: found.token, login: null }
        : { env: {}, token: null, login: { username: found.username, password: found.password } };
  };
  return {
    trackerEnv: async (uri) => {
      const known = uri === null ? null : await stored(uri);
      return known?.login != null
        ? { MLFLOW_TRACKING_USERNAME: known.login.username, MLFLOW_TRACKING_PASSWORD: known.login.password }
        : known?.token != null
          ? { MLFLOW_TRACKING_TOKEN: known.token }
          : {};
    },
    ofServer: async (server, address) => (await stored(address)) ?? serverSecrets(process.env, server, address),
  };
}
