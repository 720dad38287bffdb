import * as v from "valibot";

import type { CancelSignal } from "../../core/base/cancel";
import type { RegistryWriter } from "../../core/deployment/registryWriter";
import { HttpTransport } from "./httpTransport";
import { MlflowApi } from "./mlflowApi";
import type { RestConnection } from "./restConnection";
import { readTlsOptions } from "./tlsOptions";

const ALIAS = "/api/2.0/mlflow/registered-models/alias";
const STAGE = "/api/2.0/mlflow/model-versions/transition-stage";
/** MLflow answers an empty object, or the version, which is read anew anyway. */
const anything = v.object({});

/** Moves aliases and stages on a server. Each call is sent once. @param connection of the server at an address. */
export function createRegistryByRest(connection: (url: string) => Promise<RestConnection>): RegistryWriter {
  const withApi = async (url: string, work: (api: MlflowApi) => Promise<unknown>): Promise<void> => {
    const found = await connection(url);
    const api = new MlflowApi(new HttpTransport(found.url, await readTlsOptions(found), found.timeoutMs), found);
    try {
      await work(api);
    } finally {
      api.dispose();
    }
  };
  const urlOf = ({ location }: Parameters<RegistryWriter["setAlias"]>[0]): string => (location.kind === "rest" ? location.url : "");
  return {
    setAlias: (place, alias, version, signal: CancelSignal) =>
      withApi(urlOf(place), (api) => api.postOnce(ALIAS, { name: place.model, alias, version }, anything, signal)),
    deleteAlias: (place, alias, signal) =>
      withApi(urlOf(place), (api) => api.deleteOnce(ALIAS, { name: place.model, alias }, anything, signal)),
    moveStage: (place, version, stage, archiveOthers, signal) => {
      const body = { name: place.model, version, stage, archive_existing_versions: archiveOthers };
      return withApi(urlOf(place), (api) => api.postOnce(STAGE, body, anything, signal));
    },
  };
}
