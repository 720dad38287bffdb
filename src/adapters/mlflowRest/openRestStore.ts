import { AppError } from "../../core/base/appError";
import type { CancelSignal } from "../../core/base/cancel";
import type { Store } from "../../core/tracking/store";
import type { StoreDescription } from "../../core/tracking/trackingStore";
import { HttpTransport } from "./httpTransport";
import { MlflowApi } from "./mlflowApi";
import { experimentsReply } from "./records";
import type { RestConnection } from "./restConnection";
import { RestStore } from "./restStore";
import { readTlsOptions } from "./tlsOptions";

/** Opens an MLflow server. Contacts it, to learn whether it is one, whether the login is accepted, and its version. */
export async function openRestStore(connection: RestConnection, signal: CancelSignal): Promise<Store> {
  signal.throwIfAborted();
  if (!URL.canParse(connection.url) || !/^https?:$/.test(new URL(connection.url).protocol)) {
    throw new AppError("usage", `"${connection.url.slice(0, 200)}" is not the address of a server.`, {
      remedy: "Write it as http(s)://host:port.",
    });
  }
  const transport = new HttpTransport(connection.url, await readTlsOptions(connection), connection.timeoutMs);
  const api = new MlflowApi(transport, connection);
  try {
    // A search of one experiment: the cheapest call that only an MLflow server answers and that needs a login where there is one.
    await api.post("/api/2.0/mlflow/experiments/search", { max_results: 1 }, experimentsReply, signal);
    const version = await readVersion(api, signal);
    return new RestStore(api, describe(connection, version));
  } catch (error) {
    api.dispose();
    throw error;
  }
}

/** The server's version, or null: servers that only speak MLflow's API (and some proxies) do not serve this page. */
async function readVersion(api: MlflowApi, signal: CancelSignal): Promise<string | null> {
  try {
    return /^\d+\.\d+[\w.+-]{0,40}$/.exec((await api.getText("/version", signal)).trim())?.[0] ?? null;
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof AppError) {
      return null;
    }
    throw error;
  }
}

function describe(connection: RestConnection, version: string | null): StoreDescription {
  const notes: string[] = [];
  if (connection.workspace !== undefined) {
    notes.push(`Workspace ${connection.workspace}.`);
  }
  if (connection.insecureTls === true) {
    notes.push("The server's certificate is not checked.");
  }
  return { label: version === null ? "MLflow server" : `MLflow ${version} server`, notes, webUrl: connection.url };
}
