import { readFileSync } from "node:fs";
import type { ArtifactEntry } from "../../src/core/tracking/artifact";
import type { Experiment } from "../../src/core/tracking/experiment";
import type { ModelVersion, RegisteredModel } from "../../src/core/tracking/registeredModel";
import type { MetricPoint, Run } from "../../src/core/tracking/run";
import type { LifecycleFilter } from "../../src/core/tracking/trackingStore";
import { type RecordedStore, fixturePath, recordedRuns } from "../builders/recordedRuns";

type Pairs = readonly [string, string][];
type Recorded<T> = { readonly [K in keyof T]: T[K] extends ReadonlyMap<string, string> ? Pairs : T[K] };

interface ExpectedJson {
  readonly experiments: readonly Recorded<Experiment>[];
  readonly models: readonly (Recorded<Omit<RegisteredModel, "versionCount">> & { readonly versions: readonly Recorded<ModelVersion>[] })[];
  readonly queries: readonly ExpectedQuery[];
  readonly invalidFilters: readonly { readonly filter: string }[];
  readonly histories: readonly {
    readonly runId: string;
    readonly key: string;
    readonly points: readonly [number, number, number | string][];
  }[];
  readonly artifacts: readonly { readonly runId: string; readonly entries: readonly Omit<ArtifactEntry, "modifiedTime">[] }[];
  readonly loggedModels: readonly { readonly modelId: string; readonly sourceRunId: string }[];
}

export interface ExpectedQuery {
  readonly experimentIds: readonly string[];
  readonly filter: string | null;
  readonly orderBy: readonly string[];
  readonly lifecycle: LifecycleFilter;
  readonly runIds: readonly string[];
}

/** What MLflow's own client said about a recorded store, in the terms of our domain. */
export interface ExpectedStore {
  readonly experiments: readonly Experiment[];
  readonly runs: readonly Run[];
  /** The seed's name of a run to its id. */
  readonly idOf: (key: string) => string;
  readonly models: readonly RegisteredModel[];
  readonly versions: readonly ModelVersion[];
  readonly queries: readonly ExpectedQuery[];
  readonly invalidFilters: readonly string[];
  readonly histories: readonly { readonly runId: string; readonly key: string; readonly points: readonly MetricPoint[] }[];
  readonly artifacts: ExpectedJson["artifacts"];
  readonly loggedModels: ExpectedJson["loggedModels"];
}

export function expectedStore(name: RecordedStore): ExpectedStore {
  const json = JSON.parse(readFileSync(fixturePath(`${name}/expected.json`), "utf8")) as ExpectedJson;
  const { runs, idOf } = recordedRuns(name);
  return {
    experiments: json.experiments.map((experiment) => ({ ...experiment, tags: new Map(experiment.tags) })),
    runs: runs.map((run) => ({
      ...run,
      metrics: new Map(
        [...run.metrics].map(([key, metric]) => [
          key,
          // MLflow 3.17.2 reads a line of a file that names a dataset without its step; the step is there.
          { ...metric, value: unclamped(metric.value), step: key === "test/acc" ? 3 : metric.step },
        ]),
      ),
    })),
    idOf: (key) => {
      const id = idOf.get(key);
      if (id === undefined) {
        throw new Error(`The seed has no run "${key}".`);
      }
      return id;
    },
    models: json.models.map(({ versions, ...model }) => ({
      ...model,
      tags: new Map(model.tags),
      aliases: new Map(model.aliases),
      versionCount: versions.length,
    })),
    versions: json.models.flatMap(({ versions }) => versions.map((version) => ({ ...version, tags: new Map(version.tags) }))),
    queries: json.queries,
    invalidFilters: json.invalidFilters.map(({ filter }) => filter),
    histories: json.histories.map((history) => ({
      ...history,
      points: history.points.map(([step, timestamp, value]) => ({ step, timestamp, value: unclamped(Number(value)) })),
    })),
    artifacts: json.artifacts,
    loggedModels: json.loggedModels,
  };
}

/** A database clamps infinities to the largest number, and MLflow's client gives that number. */
function unclamped(value: number): number {
  return Math.abs(value) === Number.MAX_VALUE ? Math.sign(value) * Infinity : value;
}
