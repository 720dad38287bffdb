import type { CancelSignal } from "../../core/base/cancel";
import { MLFLOW_TAG, type DatasetInput, type Metric, type ModelOutput, type Run, type RunStatus } from "../../core/tracking/run";
import type { Connection, SqlRow, SqlTuple } from "./connection";
import { metricValueOf, numberOf, numberOrNull, textOf, textOrNull } from "./values";

/** Small enough that one statement takes a few milliseconds, so that a writer and a cancel get their turn. */
const CHUNK = 200;
const STATUSES: ReadonlySet<string> = new Set(["RUNNING", "SCHEDULED", "FINISHED", "FAILED", "KILLED"] satisfies RunStatus[]);

/** The parts of a run, filled from one table after the other. */
interface RunParts {
  readonly row: SqlRow;
  readonly params: Map<string, string>;
  readonly metrics: Map<string, Metric>;
  readonly tags: Map<string, string>;
  readonly inputs: DatasetInput[];
  readonly outputs: ModelOutput[];
}

/** Loads whole runs by id, in the order of the ids; ids that are not there (any more) are left out. */
export async function loadRuns(connection: Connection, ids: readonly string[], signal: CancelSignal): Promise<readonly Run[]> {
  const runs: Run[] = [];
  for (let start = 0; start < ids.length; start += CHUNK) {
    runs.push(...(await loadChunk(connection, ids.slice(start, start + CHUNK), signal)));
    await connection.breathe(signal);
  }
  return runs;
}

async function loadChunk(connection: Connection, ids: readonly string[], signal: CancelSignal): Promise<readonly Run[]> {
  const { schema } = connection;
  const parameters = [JSON.stringify(ids)];
  // Rows name their run by its place in the chunk: a small number is read faster than an id of 32 letters.
  const parts = new Map<number, RunParts>();
  const column = (name: string): string => schema.column("r", "runs", name);
  for (const row of await connection.all(
    `SELECT j.key AS place, r.run_uuid AS id, CAST(r.experiment_id AS TEXT) AS experiment, ${column("name")} AS name, ${column("status")} AS status,
            CAST(${column("start_time")} AS REAL) AS startTime, CAST(${column("end_time")} AS REAL) AS endTime,
            ${column("user_id")} AS user, ${column("artifact_uri")} AS artifactUri, ${column("lifecycle_stage")} AS lifecycle
     FROM json_each(?) j CROSS JOIN runs r ON r.run_uuid = j.value`,
    parameters,
    signal,
  )) {
    parts.set(numberOf(row["place"]), { row, params: new Map(), metrics: new Map(), tags: new Map(), inputs: [], outputs: [] });
  }
  await loadTexts(connection, "params", parameters, (place, key, value) => parts.get(place)?.params.set(key, value), signal);
  await loadTexts(connection, "tags", parameters, (place, key, value) => parts.get(place)?.tags.set(key, value), signal);
  await loadMetrics(connection, parameters, parts, signal);
  await loadInputs(connection, parameters, parts, signal);
  await loadOutputs(connection, parameters, parts, signal);
  return [...parts.values()].map(toRun);
}

async function loadTexts(
  connection: Connection,
  table: "params" | "tags",
  parameters: readonly string[],
  add: (place: number, key: string, value: string) => void,
  signal: CancelSignal,
): Promise<void> {
  await visitRows(
    connection,
    `SELECT j.key AS place, t.key AS key, t.value AS value FROM json_each(?) j
     CROSS JOIN ${table} t ${connection.schema.indexedBy(table, "run_uuid")} ON t.run_uuid = j.value`,
    parameters,
    ([place, key, value]) => add(numberOf(place), textOf(key), textOf(value)),
    signal,
  );
}

async function loadMetrics(
  connection: Connection,
  parameters: readonly string[],
  parts: ReadonlyMap<number, RunParts>,
  signal: CancelSignal,
): Promise<void> {
  const { schema } = connection;
  const index = schema.has("latest_metrics") ? schema.indexedBy("latest_metrics", "run_uuid") : "";
  // Steps and times as REAL: some programs log nanoseconds, which Node refuses to read as an integer.
  await visitRows(
    connection,
    `SELECT j.key AS place, m.key AS key, m.value AS value, m.is_nan AS isNan, CAST(m.timestamp AS REAL) AS timestamp,
            CAST(m.step AS REAL) AS step
     FROM json_each(?) j CROSS JOIN ${schema.latestMetrics} m ${index} ON m.run_uuid = j.value`,
    parameters,
    ([place, key, value, isNan, timestamp, step]) =>
      parts.get(numberOf(place))?.metrics.set(textOf(key), {
        value: metricValueOf(value, isNan),
        timestamp: numberOf(timestamp),
        step: numberOf(step),
      }),
    signal,
  );
}

async function loadInputs(
  connection: Connection,
  parameters: readonly string[],
  parts: ReadonlyMap<number, RunParts>,
  signal: CancelSignal,
): Promise<void> {
  const { schema } = connection;
  if (!schema.has("inputs") || !schema.has("datasets") || !schema.has("input_tags")) {
    return;
  }
  await visitRows(
    connection,
    `SELECT j.key AS place, d.name AS name, d.digest AS digest, d.dataset_source_type AS sourceType, d.dataset_source AS source,
            d.dataset_schema AS schema, d.dataset_profile AS profile,
            (SELECT t.value FROM input_tags t WHERE t.input_uuid = i.input_uuid AND t.name = '${MLFLOW_TAG.dataContext}') AS context
     FROM json_each(?) j
     CROSS JOIN inputs i ON i.destination_type = 'RUN' AND i.destination_id = j.value AND i.source_type = 'DATASET'
     CROSS JOIN datasets d ON d.dataset_uuid = i.source_id
     ORDER BY i.rowid`,
    parameters,
    ([place, name, digest, sourceType, source, dataSchema, profile, context]) =>
      parts.get(numberOf(place))?.inputs.push({
        name: textOf(name),
        digest: textOf(digest),
        sourceType: textOf(sourceType),
        source: textOf(source),
        schema: textOrNull(dataSchema),
        profile: textOrNull(profile),
        context: textOrNull(context),
      }),
    signal,
  );
}

/** The logged models of MLflow 3, linked from the run to the model. */
async function loadOutputs(
  connection: Connection,
  parameters: readonly string[],
  parts: ReadonlyMap<number, RunParts>,
  signal: CancelSignal,
): Promise<void> {
  if (!connection.schema.has("logged_models") || !connection.schema.has("inputs")) {
    return;
  }
  await visitRows(
    connection,
    `SELECT j.key AS place, i.destination_id AS model, CAST(${connection.schema.column("i", "inputs", "step", "0")} AS REAL) AS step
     FROM json_each(?) j CROSS JOIN inputs i ON i.source_type = 'RUN_OUTPUT' AND i.source_id = j.value AND i.destination_type = 'MODEL_OUTPUT'
     ORDER BY i.rowid`,
    parameters,
    ([place, model, step]) => parts.get(numberOf(place))?.outputs.push({ modelId: textOf(model), step: numberOf(step) }),
    signal,
  );
}

/** All rows of a chunk at once, which is a quarter faster than one after the other. */
async function visitRows(
  connection: Connection,
  sql: string,
  parameters: readonly string[],
  visit: (row: SqlTuple) => void,
  signal: CancelSignal,
): Promise<void> {
  for (const row of await connection.tuples(sql, parameters, signal)) {
    visit(row);
  }
}

/** UNKNOWN for a word that no known version writes. */
export function statusOf(status: string): RunStatus {
  return STATUSES.has(status) ? (status as RunStatus) : "UNKNOWN";
}

function toRun({ row, tags, ...rest }: RunParts): Run {
  const parent = tags.get(MLFLOW_TAG.parentRunId);
  return {
    runId: textOf(row["id"]),
    experimentId: textOf(row["experiment"]),
    name: textOf(row["name"]) || (tags.get(MLFLOW_TAG.runName) ?? ""),
    status: statusOf(textOf(row["status"])),
    lifecycleStage: row["lifecycle"] === "deleted" ? "deleted" : "active",
    startTime: numberOrNull(row["startTime"]),
    endTime: numberOrNull(row["endTime"]),
    userId: textOf(row["user"]),
    artifactUri: textOf(row["artifactUri"]),
    parentRunId: parent === undefined || parent === "" ? null : parent,
    tags,
    ...rest,
  };
}
