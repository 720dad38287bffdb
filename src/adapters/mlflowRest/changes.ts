import type { CancelSignal } from "../../core/base/cancel";
import type { Experiment } from "../../core/tracking/experiment";
import type { ModelVersion, RegisteredModel } from "../../core/tracking/registeredModel";
import type { Run } from "../../core/tracking/run";
import { NO_CHANGE, type StoreChange } from "../../core/tracking/trackingStore";
import type { MlflowApi } from "./mlflowApi";
import { experimentsReply, modelVersionsReply, registeredModelsReply } from "./records";
import type { RunSearch } from "./runSearch";

/** So many of the latest items of each kind are compared; a change further back shows on the next reload only. */
const LATEST = 50;
/** Experiments whose runs are looked at. */
const MAX_EXPERIMENTS = 1000;

type Prints = ReadonlyMap<string, string>;

interface Snapshot {
  readonly experiments: Prints;
  readonly runs: Prints;
  readonly experimentOf: ReadonlyMap<string, string>;
  readonly models: Prints;
}

/** Looks at the newest of everything, in five small calls, and compares with the last look. */
export class ChangeWatch {
  private last: Snapshot | undefined;

  constructor(
    private readonly api: MlflowApi,
    private readonly runs: RunSearch,
  ) {}

  async check(signal: CancelSignal): Promise<StoreChange> {
    const now = await this.look(signal);
    const before = this.last;
    this.last = now;
    if (before === undefined) {
      return NO_CHANGE;
    }
    const runs = differences(before.runs, now.runs, true);
    const experiments = new Set(differences(before.experiments, now.experiments, false));
    for (const runId of runs) {
      // A run that nobody has seen can only be found through its experiment.
      const experimentId = before.experimentOf.has(runId) ? undefined : now.experimentOf.get(runId);
      if (experimentId !== undefined) {
        experiments.add(experimentId);
      }
    }
    const models = differences(before.models, now.models, false);
    return {
      experiments: [...experiments],
      runs: runs.length >= LATEST ? "all" : runs,
      models: [...new Set(models.map((key) => key.slice(key.indexOf(":") + 1)))],
    };
  }

  private async look(signal: CancelSignal): Promise<Snapshot> {
    const body = { max_results: MAX_EXPERIMENTS, view_type: "ALL", order_by: ["last_update_time DESC"] };
    const { experiments } = await this.api.post("/api/2.0/mlflow/experiments/search", body, experimentsReply, signal);
    const active = experiments.filter((experiment) => experiment.lifecycleStage === "active").map(({ experimentId }) => experimentId);
    const newest = { experimentIds: active, lifecycle: "all", pageSize: LATEST } as const;
    const [latest, running] = await Promise.all([
      this.runs.search(newest, signal),
      this.runs.search({ ...newest, filter: "attributes.status = 'RUNNING'" }, signal),
    ]);
    const runs = [...latest.items, ...running.items];
    return {
      experiments: new Map(experiments.map((experiment) => [experiment.experimentId, printExperiment(experiment)])),
      runs: new Map(runs.map((run) => [run.runId, printRun(run)])),
      experimentOf: new Map(runs.map((run) => [run.runId, run.experimentId])),
      models: await this.lookAtModels(signal),
    };
  }

  private async lookAtModels(signal: CancelSignal): Promise<Prints> {
    const query = { max_results: LATEST, order_by: "last_updated_timestamp DESC" };
    const [models, versions] = await Promise.all([
      this.api.get("/api/2.0/mlflow/registered-models/search", query, registeredModelsReply, signal),
      this.api.get("/api/2.0/mlflow/model-versions/search", query, modelVersionsReply, signal),
    ]);
    return new Map([
      ...models.registered_models.map((model): [string, string] => [`model:${model.name}`, printModel(model)]),
      ...versions.model_versions.map((version): [string, string] => [`${version.version}:${version.modelName}`, printVersion(version)]),
    ]);
  }
}

/**
 * Keys that are new or read differently, and with `alsoGone` those that left the list: a run that finished, or that newer
 * runs pushed out. Experiments and models that are gone are named as well as long as the list holds all of them.
 */
function differences(before: Prints, now: Prints, alsoGone: boolean): string[] {
  const changed = [...now].filter(([key, print]) => before.get(key) !== print).map(([key]) => key);
  const isShort = now.size < LATEST;
  const gone = alsoGone || isShort ? [...before.keys()].filter((key) => !now.has(key)) : [];
  return [...changed, ...gone];
}

function printExperiment(experiment: Experiment): string {
  return JSON.stringify([experiment.name, experiment.lifecycleStage, experiment.lastUpdateTime, [...experiment.tags]]);
}

function printRun(run: Run): string {
  const metrics = [...run.metrics].map(([key, metric]) => [key, String(metric.value), metric.step, metric.timestamp]);
  return JSON.stringify([
    run.name,
    run.status,
    run.endTime,
    run.lifecycleStage,
    run.params.size,
    [...run.tags],
    metrics,
    run.outputs.length,
  ]);
}

function printModel(model: RegisteredModel): string {
  return JSON.stringify([model.lastUpdatedTime, model.description, [...model.aliases], [...model.tags]]);
}

function printVersion(version: ModelVersion): string {
  return JSON.stringify([version.lastUpdatedTime, version.stage, version.status, version.description, [...version.tags]]);
}
