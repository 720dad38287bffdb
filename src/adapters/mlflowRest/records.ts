import * as v from "valibot";
import type { Experiment, LifecycleStage } from "../../core/tracking/experiment";
import type { ModelVersion, RegisteredModel } from "../../core/tracking/registeredModel";
import { MLFLOW_TAG, type MetricPoint, type Run, type RunStatus } from "../../core/tracking/run";

// MLflow's JSON leaves empty lists and null fields out, writes a version as text, and (some servers) 64-bit integers too.
// Only what identifies a thing is required; a wrong type elsewhere is read as "not given".

const text = v.optional(v.fallback(v.string(), ""), "");
const nullableText = v.optional(v.fallback(v.nullable(v.string()), null), null);
const identity = v.pipe(v.union([v.string(), v.pipe(v.number(), v.transform(String))]), v.nonEmpty());
const integer = v.optional(
  v.pipe(
    v.unknown(),
    v.transform((value) => (typeof value === "number" || (typeof value === "string" && value !== "") ? toFinite(Number(value)) : null)),
  ),
);
const double = v.optional(v.pipe(v.unknown(), v.transform(toDouble)), Number.NaN);
const list = <T>(item: v.GenericSchema<unknown, T>): v.GenericSchema<unknown, T[]> =>
  v.optional(
    v.pipe(
      v.nullable(v.array(item)),
      v.transform((items) => items ?? []),
    ),
    [],
  );

const pair = v.object({ key: v.string(), value: text });
const point = v.object({ key: v.optional(v.string(), ""), value: double, timestamp: integer, step: integer });

/** NaN and infinities come as JSON strings; a database clamps infinities to the largest double. */
function toDouble(value: unknown): number {
  const number = typeof value === "number" ? value : typeof value === "string" && value !== "" ? Number(value) : Number.NaN;
  return Math.abs(number) >= Number.MAX_VALUE ? Math.sign(number) * Infinity : number;
}

function toFinite(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}

const experimentRecord = v.pipe(
  v.object({
    experiment_id: identity,
    name: text,
    lifecycle_stage: text,
    artifact_location: text,
    creation_time: integer,
    last_update_time: integer,
    tags: list(pair),
  }),
  v.transform((record): Experiment => ({
    experimentId: record.experiment_id,
    name: record.name,
    lifecycleStage: toLifecycle(record.lifecycle_stage),
    artifactLocation: record.artifact_location,
    creationTime: record.creation_time ?? null,
    lastUpdateTime: record.last_update_time ?? null,
    tags: toMap(record.tags),
  })),
);

export const experimentsReply = v.object({ experiments: list(experimentRecord), next_page_token: text });

const STATUSES: ReadonlySet<string> = new Set<RunStatus>(["RUNNING", "SCHEDULED", "FINISHED", "FAILED", "KILLED"]);

const datasetInputRecord = v.object({
  dataset: v.object({ name: text, digest: text, source_type: text, source: text, schema: nullableText, profile: nullableText }),
  tags: list(pair),
});

export const runRecord = v.pipe(
  v.object({
    info: v.object({
      run_id: v.optional(identity),
      run_uuid: v.optional(identity),
      experiment_id: identity,
      run_name: text,
      status: text,
      start_time: integer,
      end_time: integer,
      user_id: text,
      artifact_uri: text,
      lifecycle_stage: text,
    }),
    data: v.optional(v.object({ metrics: list(point), params: list(pair), tags: list(pair) })),
    inputs: v.optional(v.object({ dataset_inputs: list(datasetInputRecord) })),
    outputs: v.optional(v.object({ model_outputs: list(v.object({ model_id: v.string(), step: integer })) })),
  }),
  v.check((record) => (record.info.run_id ?? record.info.run_uuid) !== undefined, "a run without an id"),
  v.transform((record): Run => {
    const { info } = record;
    const tags = toMap(record.data?.tags ?? []);
    return {
      runId: info.run_id ?? info.run_uuid ?? "",
      experimentId: info.experiment_id,
      name: info.run_name === "" ? (tags.get(MLFLOW_TAG.runName) ?? "") : info.run_name,
      status: STATUSES.has(info.status) ? (info.status as RunStatus) : "UNKNOWN",
      lifecycleStage: toLifecycle(info.lifecycle_stage),
      startTime: info.start_time ?? null,
      // Old servers write 0 for a run that has not ended.
      endTime: info.end_time === 0 ? null : (info.end_time ?? null),
      userId: info.user_id === "" ? (tags.get(MLFLOW_TAG.user) ?? "") : info.user_id,
      artifactUri: info.artifact_uri,
      parentRunId: tags.get(MLFLOW_TAG.parentRunId) ?? null,
      params: toMap(record.data?.params ?? []),
      metrics: new Map((record.data?.metrics ?? []).map((metric) => [metric.key, toPoint(metric)])),
      tags,
      inputs: (record.inputs?.dataset_inputs ?? []).map(({ dataset, tags: inputTags }) => ({
        name: dataset.name,
        digest: dataset.digest,
        sourceType: dataset.source_type,
        source: dataset.source,
        schema: dataset.schema,
        profile: dataset.profile,
        context: toMap(inputTags).get(MLFLOW_TAG.dataContext) ?? null,
      })),
      outputs: (record.outputs?.model_outputs ?? []).map((output) => ({ modelId: output.model_id, step: output.step ?? 0 })),
    };
  }),
);

/** Runs are validated one by one, so that a large page does not hold up the event loop. */
export const runsReply = v.object({ runs: list(v.unknown()), next_page_token: text });
export const runReply = v.object({ run: runRecord });

const historyPoint = v.pipe(
  point,
  v.transform((record): MetricPoint => toPoint(record)),
);
export const historyReply = v.object({ metrics: list(historyPoint), next_page_token: text });
export const bulkHistoryReply = v.object({
  metrics: list(
    v.pipe(
      v.object({ ...point.entries, run_id: v.string() }),
      v.transform((record) => ({ runId: record.run_id, point: toPoint(record) })),
    ),
  ),
});

const aliasRecord = v.object({ alias: v.string(), version: identity });

const registeredModelRecord = v.pipe(
  v.object({
    name: v.string(),
    description: text,
    creation_timestamp: integer,
    last_updated_timestamp: integer,
    tags: list(pair),
    aliases: list(aliasRecord),
  }),
  v.transform((record): RegisteredModel => ({
    name: record.name,
    description: record.description,
    creationTime: record.creation_timestamp ?? null,
    lastUpdatedTime: record.last_updated_timestamp ?? null,
    tags: toMap(record.tags),
    aliases: new Map(record.aliases.map((alias) => [alias.alias, alias.version])),
    versionCount: null,
  })),
);

export const registeredModelsReply = v.object({ registered_models: list(registeredModelRecord), next_page_token: text });
export const registeredModelReply = v.object({ registered_model: registeredModelRecord });

const modelVersionRecord = v.pipe(
  v.object({
    name: v.string(),
    version: identity,
    current_stage: text,
    status: text,
    status_message: text,
    run_id: text,
    source: text,
    user_id: text,
    description: text,
    creation_timestamp: integer,
    last_updated_timestamp: integer,
    aliases: list(v.string()),
    tags: list(pair),
  }),
  v.transform((record): ModelVersion => ({
    modelName: record.name,
    version: record.version,
    stage: record.current_stage === "" ? "None" : record.current_stage,
    status: record.status,
    statusMessage: record.status_message,
    runId: record.run_id === "" ? null : record.run_id,
    source: record.source,
    storageLocation: null,
    userId: record.user_id,
    description: record.description,
    creationTime: record.creation_timestamp ?? null,
    lastUpdatedTime: record.last_updated_timestamp ?? null,
    aliases: record.aliases,
    tags: toMap(record.tags),
  })),
);

export const modelVersionsReply = v.object({ model_versions: list(modelVersionRecord), next_page_token: text });
export const modelVersionReply = v.object({ model_version: modelVersionRecord });
export const downloadUriReply = v.object({ artifact_uri: text });

const fileRecord = v.object({ path: v.string(), is_dir: v.optional(v.fallback(v.boolean(), false), false), file_size: integer });
export const filesReply = v.object({ files: list(fileRecord), next_page_token: text });
export type FileRecord = v.InferOutput<typeof fileRecord>;

function toMap(pairs: readonly { key: string; value: string }[]): Map<string, string> {
  return new Map(pairs.map(({ key, value }) => [key, value]));
}

function toPoint(record: { value: number; timestamp?: number | null | undefined; step?: number | null | undefined }): MetricPoint {
  return { value: record.value, timestamp: record.timestamp ?? 0, step: record.step ?? 0 };
}

function toLifecycle(value: string): LifecycleStage {
  return value === "deleted" ? "deleted" : "active";
}
