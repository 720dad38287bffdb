import type { CancelSignal } from "../../core/base/cancel";
import type { RegisterWish } from "../../core/training/outcome/modelRegistrar";
import { HttpTransport } from "./httpTransport";
import { MlflowApi } from "./mlflowApi";
import { modelVersionReply, registeredModelReply } from "./records";
import type { RestConnection } from "./restConnection";
import { readTlsOptions } from "./tlsOptions";

/**
 * Registers a run's model on a server: the only calls of this product that change one. Each is sent once.
 * MLflow 3 keeps a logged model apart and takes `models:/m-…` as its source; MLflow 2 takes the folder among the run's artifacts, which
 * must lie inside of the run's own.
 */
export async function registerVersion(
  connection: RestConnection,
  wish: RegisterWish,
  signal: CancelSignal,
): Promise<{ readonly version: string }> {
  const api = new MlflowApi(new HttpTransport(connection.url, await readTlsOptions(connection), connection.timeoutMs), connection);
  try {
    await makeModel(api, wish.model, signal);
    const { source } = wish;
    const from =
      source.kind === "logged"
        ? { source: `models:/${source.modelId}`, model_id: source.modelId }
        : { source: `${wish.artifactUri.replace(/\/+$/, "")}/${source.path}` };
    const body = {
      name: wish.model,
      ...from,
      run_id: wish.runId,
      description: wish.description,
      tags: Object.entries(wish.tags).map(([key, value]) => ({ key, value })),
    };
    const { model_version: made } = await api.postOnce("/api/2.0/mlflow/model-versions/create", body, modelVersionReply, signal);
    return { version: made.version };
  } finally {
    api.dispose();
  }
}

async function makeModel(api: MlflowApi, name: string, signal: CancelSignal): Promise<void> {
  try {
    const refused = (refusal: { readonly errorCode: string }): Error | undefined =>
      refusal.errorCode === "RESOURCE_ALREADY_EXISTS" ? new ModelIsThere() : undefined;
    await api.postOnce("/api/2.0/mlflow/registered-models/create", { name }, registeredModelReply, signal, refused);
  } catch (error) {
    if (!(error instanceof ModelIsThere)) {
      throw error;
    }
  }
}

class ModelIsThere extends Error {
  override readonly name = "ModelIsThere";
}
