import type * as v from "valibot";
import { AppError } from "../../core/base/appError";
import type { CancelSignal } from "../../core/base/cancel";
import type { Page, PageRequest } from "../../core/tracking/page";
import type { ModelVersion, RegisteredModel } from "../../core/tracking/registeredModel";
import type { MlflowApi, RefusalReader } from "./mlflowApi";
import { PageChains } from "./pageChain";
import { modelVersionReply, modelVersionsReply, registeredModelReply, registeredModelsReply } from "./records";
import { quote } from "./serverRefusal";

const MAX_MODELS_PER_REQUEST = 1000;
const MAX_VERSIONS_PER_REQUEST = 1000;

/** Reads the model registry of a server. */
export class ModelSearch {
  private readonly modelChains = new PageChains();
  private readonly versionChains = new PageChains();

  constructor(private readonly api: MlflowApi) {}

  async searchModels(query: PageRequest, signal: CancelSignal): Promise<Page<RegisteredModel>> {
    const position = this.modelChains.open(query.pageToken);
    const items: RegisteredModel[] = [];
    let token = position.serverToken;
    for (;;) {
      const size = Math.max(1, Math.min(query.pageSize - items.length, MAX_MODELS_PER_REQUEST));
      const params = { max_results: size, order_by: "name ASC", page_token: token === "" ? undefined : token };
      const reply = await this.api.get("/api/2.0/mlflow/registered-models/search", params, registeredModelsReply, signal);
      items.push(...reply.registered_models.filter((model) => this.modelChains.admit(position, model.name)));
      const isLast = reply.next_page_token === "" || reply.next_page_token === token;
      token = reply.next_page_token;
      if (isLast || items.length >= query.pageSize) {
        return { items, nextPageToken: isLast ? null : this.modelChains.next(position, token) };
      }
    }
  }

  async getModel(name: string, signal: CancelSignal): Promise<RegisteredModel> {
    const reply = await this.api.get("/api/2.0/mlflow/registered-models/get", { name }, registeredModelReply, signal, toModelError(name));
    return reply.registered_model;
  }

  async getVersion(name: string, version: string, signal: CancelSignal): Promise<ModelVersion> {
    const path = "/api/2.0/mlflow/model-versions/get";
    const reply = await this.api.get(path, { name, version }, modelVersionReply, signal, toModelError(name));
    return reply.model_version;
  }

  async searchVersions(name: string, query: PageRequest, signal: CancelSignal): Promise<Page<ModelVersion>> {
    // The search's entries carry no aliases, and an unknown name gives an empty list: the model itself answers both.
    const { aliases } = await this.getModel(name, signal);
    const position = this.versionChains.open(query.pageToken);
    const items: ModelVersion[] = [];
    let token = position.serverToken;
    for (;;) {
      const size = Math.max(1, Math.min(query.pageSize - items.length, MAX_VERSIONS_PER_REQUEST));
      const reply = await this.requestVersions(toNameFilter(name), size, token, signal);
      const own = reply.model_versions.filter(
        (version) => version.modelName === name && this.versionChains.admit(position, version.version),
      );
      items.push(...own.map((version) => withAliases(version, aliases)));
      const isLast = reply.next_page_token === "" || reply.next_page_token === token;
      token = reply.next_page_token;
      if (isLast || items.length >= query.pageSize) {
        return { items, nextPageToken: isLast ? null : this.versionChains.next(position, token) };
      }
    }
  }

  async versionsOfRun(runId: string, signal: CancelSignal): Promise<readonly ModelVersion[]> {
    if (!/^[\w-]+$/.test(runId)) {
      return [];
    }
    const versions: ModelVersion[] = [];
    let token = "";
    do {
      const reply = await this.requestVersions(`run_id='${runId}'`, MAX_VERSIONS_PER_REQUEST, token, signal);
      versions.push(...reply.model_versions);
      token = reply.next_page_token === token ? "" : reply.next_page_token;
    } while (token !== "");
    const aliasesOf = new Map<string, ReadonlyMap<string, string>>();
    for (const { modelName } of versions) {
      if (!aliasesOf.has(modelName)) {
        aliasesOf.set(modelName, (await this.getModel(modelName, signal)).aliases);
      }
    }
    return versions
      .map((version) => withAliases(version, aliasesOf.get(version.modelName) ?? new Map()))
      .sort((a, b) => (a.modelName < b.modelName ? -1 : a.modelName > b.modelName ? 1 : Number(b.version) - Number(a.version)));
  }

  private requestVersions(
    filter: string,
    maxResults: number,
    token: string,
    signal: CancelSignal,
  ): Promise<v.InferOutput<typeof modelVersionsReply>> {
    const params = { filter, max_results: maxResults, order_by: "version_number DESC", page_token: token === "" ? undefined : token };
    return this.api.get("/api/2.0/mlflow/model-versions/search", params, modelVersionsReply, signal);
  }
}

/**
 * MLflow's filter text has two quotes and no escape. A name with both is found by LIKE, where `_` stands for any one
 * character; the caller keeps only the versions whose name is equal.
 */
function toNameFilter(name: string): string {
  if (!name.includes("'")) {
    return `name='${name}'`;
  }
  if (!name.includes('"')) {
    return `name="${name}"`;
  }
  return `name LIKE '${name.replaceAll("'", "_")}'`;
}

function withAliases(version: ModelVersion, aliases: ReadonlyMap<string, string>): ModelVersion {
  const own = [...aliases].filter(([, target]) => target === version.version).map(([alias]) => alias);
  return { ...version, aliases: own.sort() };
}

/** A name that MLflow would not let anyone give is as unknown as any other. */
function toModelError(name: string): RefusalReader {
  return (refusal) =>
    (refusal.status === 404 && !refusal.isWebPage) || refusal.errorCode === "INVALID_PARAMETER_VALUE"
      ? new AppError(
          "model/not-found",
          `There is no registered model "${quote(name, [])}" of this kind on the server. It says: ${refusal.message}`,
          {
            remedy: "Refresh the list; the model may have been renamed or removed.",
          },
        )
      : undefined;
}
