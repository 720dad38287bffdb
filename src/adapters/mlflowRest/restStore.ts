import type { CancelSignal } from "../../core/base/cancel";
import type { ArtifactEntry, ArtifactHash, ArtifactOwner } from "../../core/tracking/artifact";
import type { Experiment } from "../../core/tracking/experiment";
import type { Page, PageRequest } from "../../core/tracking/page";
import type { ModelVersion, RegisteredModel } from "../../core/tracking/registeredModel";
import type { MetricHistory, Run } from "../../core/tracking/run";
import type { Store } from "../../core/tracking/store";
import type { ExperimentQuery, RunPage, RunQuery, StoreChange, StoreDescription } from "../../core/tracking/trackingStore";
import { Artifacts } from "./artifacts";
import { ChangeWatch } from "./changes";
import { fetchMetricHistories } from "./metricHistories";
import type { MlflowApi } from "./mlflowApi";
import { ModelSearch } from "./modelSearch";
import { PageChains } from "./pageChain";
import { experimentsReply, runReply } from "./records";
import { assertRunId, toRunError } from "./runErrors";
import { RunSearch, VIEW_TYPE } from "./runSearch";

const MAX_EXPERIMENTS_PER_REQUEST = 1000;

/** An MLflow server as a store. */
export class RestStore implements Store {
  private readonly experimentChains = new PageChains();
  private readonly runs: RunSearch;
  private readonly models: ModelSearch;
  private readonly artifacts: Artifacts;
  private readonly changes: ChangeWatch;

  constructor(
    private readonly api: MlflowApi,
    private readonly description: StoreDescription,
  ) {
    this.runs = new RunSearch(api);
    this.models = new ModelSearch(api);
    this.artifacts = new Artifacts(api, this.models);
    this.changes = new ChangeWatch(api, this.runs);
  }

  dispose(): void {
    this.api.dispose();
  }

  describe(signal: CancelSignal): Promise<StoreDescription> {
    signal.throwIfAborted();
    return Promise.resolve(this.description);
  }

  async searchExperiments(query: ExperimentQuery, signal: CancelSignal): Promise<Page<Experiment>> {
    const position = this.experimentChains.open(query.pageToken);
    const items: Experiment[] = [];
    let token = position.serverToken;
    for (;;) {
      const body = {
        max_results: Math.max(1, Math.min(query.pageSize - items.length, MAX_EXPERIMENTS_PER_REQUEST)),
        view_type: VIEW_TYPE[query.lifecycle],
        order_by: ["creation_time DESC", "experiment_id ASC"],
        ...(token === "" ? {} : { page_token: token }),
      };
      const reply = await this.api.post("/api/2.0/mlflow/experiments/search", body, experimentsReply, signal);
      items.push(...reply.experiments.filter((experiment) => this.experimentChains.admit(position, experiment.experimentId)));
      const isLast = reply.next_page_token === "" || reply.next_page_token === token;
      token = reply.next_page_token;
      if (isLast || items.length >= query.pageSize) {
        return { items, nextPageToken: isLast ? null : this.experimentChains.next(position, token) };
      }
    }
  }

  searchRuns(query: RunQuery, signal: CancelSignal): Promise<RunPage> {
    return this.runs.search(query, signal);
  }

  async getRun(runId: string, signal: CancelSignal): Promise<Run> {
    signal.throwIfAborted();
    assertRunId(runId);
    const path = "/api/2.0/mlflow/runs/get";
    return (await this.api.get(path, { run_id: runId }, runReply, signal, (refusal) => toRunError(refusal, runId))).run;
  }

  getMetricHistories(
    runIds: readonly string[],
    key: string,
    options: { readonly maxPoints: number },
    signal: CancelSignal,
  ): Promise<ReadonlyMap<string, MetricHistory>> {
    return fetchMetricHistories(this.api, runIds, key, options.maxPoints, signal);
  }

  listArtifacts(owner: ArtifactOwner, path: string, signal: CancelSignal): Promise<readonly ArtifactEntry[]> {
    return this.artifacts.list(owner, path, signal);
  }

  readArtifact(owner: ArtifactOwner, path: string, options: { readonly maxBytes: number }, signal: CancelSignal): Promise<Uint8Array> {
    return this.artifacts.read(owner, path, options.maxBytes, signal);
  }

  hashArtifact(owner: ArtifactOwner, path: string, onRead: (bytes: number) => void, signal: CancelSignal): Promise<ArtifactHash> {
    return this.artifacts.hash(owner, path, onRead, signal);
  }

  checkForChanges(signal: CancelSignal): Promise<StoreChange> {
    return this.changes.check(signal);
  }

  searchRegisteredModels(query: PageRequest, signal: CancelSignal): Promise<Page<RegisteredModel>> {
    return this.models.searchModels(query, signal);
  }

  getRegisteredModel(name: string, signal: CancelSignal): Promise<RegisteredModel> {
    return this.models.getModel(name, signal);
  }

  searchModelVersions(name: string, query: PageRequest, signal: CancelSignal): Promise<Page<ModelVersion>> {
    return this.models.searchVersions(name, query, signal);
  }

  versionsOfRun(runId: string, signal: CancelSignal): Promise<readonly ModelVersion[]> {
    return this.models.versionsOfRun(runId, signal);
  }
}
