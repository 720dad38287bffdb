import { AppError } from "../../src/core/base/appError";
import type { Experiment } from "../../src/core/tracking/experiment";
import type { ModelVersion, RegisteredModel } from "../../src/core/tracking/registeredModel";
import { MLFLOW_TAG, type Run } from "../../src/core/tracking/run";
import type { Store } from "../../src/core/tracking/store";
import { NO_CHANGE, type StoreChange } from "../../src/core/tracking/trackingStore";

/** A store in memory whose content and failures a test controls. Only for what real stores cannot be made to do on command. */
export class MemoryStore implements Store {
  experiments: Experiment[] = [];
  runs: Run[] = [];
  models: RegisteredModel[] = [];
  versions: ModelVersion[] = [];
  failure: Error | null = null;
  nextChange: StoreChange = NO_CHANGE;
  readonly calls: string[] = [];

  private answer<T>(name: string, value: () => T): Promise<T> {
    this.calls.push(name);
    return this.failure === null ? Promise.resolve(value()) : Promise.reject(this.failure);
  }

  private page<T>(
    items: readonly T[],
    query: { pageSize: number; pageToken?: string },
  ): { items: readonly T[]; nextPageToken: string | null } {
    const from = Number(query.pageToken ?? "0");
    const to = from + query.pageSize;
    return { items: items.slice(from, to), nextPageToken: to < items.length ? String(to) : null };
  }

  describe: Store["describe"] = () => this.answer("describe", () => ({ label: "memory", notes: [], webUrl: null }));
  searchExperiments: Store["searchExperiments"] = (query) => this.answer("searchExperiments", () => this.page(this.experiments, query));
  searchRuns: Store["searchRuns"] = (query) =>
    this.answer(`searchRuns ${query.nesting?.kind ?? "flat"}`, () => {
      const { nesting } = query;
      const inScope = this.runs.filter((run) => query.experimentIds.includes(run.experimentId));
      const wanted = inScope.filter((run) =>
        nesting === undefined ? true : nesting.kind === "roots" ? run.parentRunId === null : run.parentRunId === nesting.runId,
      );
      const childCounts = new Map<string, number>();
      for (const { parentRunId } of inScope) {
        if (parentRunId !== null) {
          childCounts.set(parentRunId, (childCounts.get(parentRunId) ?? 0) + 1);
        }
      }
      return { ...this.page(wanted, query), childCounts };
    });
  getRun: Store["getRun"] = (runId) =>
    this.answer("getRun", () => {
      const run = this.runs.find((candidate) => candidate.runId === runId);
      if (run === undefined) {
        throw new AppError("run/not-found", `There is no run ${runId}.`);
      }
      return run;
    });
  getMetricHistories: Store["getMetricHistories"] = () => this.answer("getMetricHistories", () => new Map());
  listArtifacts: Store["listArtifacts"] = () => this.answer("listArtifacts", () => []);
  readArtifact: Store["readArtifact"] = () => this.answer("readArtifact", () => new Uint8Array());
  checkForChanges: Store["checkForChanges"] = () =>
    this.answer("checkForChanges", () => {
      const change = this.nextChange;
      this.nextChange = NO_CHANGE;
      return change;
    });
  searchRegisteredModels: Store["searchRegisteredModels"] = (query) =>
    this.answer("searchRegisteredModels", () => this.page(this.models, query));
  getRegisteredModel: Store["getRegisteredModel"] = (name) =>
    this.answer("getRegisteredModel", () => {
      const model = this.models.find((candidate) => candidate.name === name);
      if (model === undefined) {
        throw new AppError("model/not-found", `There is no model ${name}.`);
      }
      return model;
    });
  searchModelVersions: Store["searchModelVersions"] = (name, query) =>
    this.answer("searchModelVersions", () =>
      this.page(
        this.versions.filter(({ modelName }) => modelName === name),
        query,
      ),
    );
  versionsOfRun: Store["versionsOfRun"] = (runId) =>
    this.answer("versionsOfRun", () => this.versions.filter((version) => version.runId === runId));
  dispose(): void {
    this.calls.push("dispose");
  }
}

export function anExperiment(experimentId: string, name: string): Experiment {
  return { experimentId, name, lifecycleStage: "active", artifactLocation: "", creationTime: 1, lastUpdateTime: 1, tags: new Map() };
}

export function aRun(runId: string, changes: Partial<Run> = {}): Run {
  const parentRunId = changes.parentRunId ?? null;
  return {
    runId,
    experimentId: "1",
    name: runId,
    status: "FINISHED",
    lifecycleStage: "active",
    startTime: 1_700_000_000_000,
    endTime: 1_700_000_060_000,
    userId: "ana",
    artifactUri: "",
    parentRunId,
    params: new Map(),
    metrics: new Map(),
    tags: parentRunId === null ? new Map() : new Map([[MLFLOW_TAG.parentRunId, parentRunId]]),
    inputs: [],
    outputs: [],
    ...changes,
  };
}
