import type { CancelSignal } from "../../core/base/cancel";
import { COST_TAGS, type CostFacts, isComparedByParams } from "../../core/tracking/costFacts";
import { MLFLOW_TAG } from "../../core/tracking/run";
import type { Connection, SqlTuple } from "./connection";
import { statusOf } from "./runRecords";
import { literal } from "./sql";
import { numberOf, numberOrNull, textOf } from "./values";

/** A row a run and statement: such a chunk takes some ten milliseconds. */
const CHUNK = 2000;
/** Between two items, and in an item, where a text is put together; neither is in a name. */
const [BETWEEN, WITHIN] = ["\u001e", "\u0000"];

/** Whether the tables are such that facts can be read this way: MLflow 1.2 and later. */
export function hasCostFacts({ schema }: Connection): boolean {
  return schema.has("latest_metrics", "value") && schema.has("runs", "start_time") && schema.has("runs", "end_time");
}

/** What cost needs of runs, in the order of their ids, chunk by chunk; ids that are not there (any more) are left out. */
export async function* readCostFacts(
  connection: Connection,
  ids: readonly string[],
  signal: CancelSignal,
): AsyncGenerator<readonly CostFacts[]> {
  const gpuMetrics = await readGpuMetrics(connection, signal);
  for (let start = 0; start < ids.length; start += CHUNK) {
    yield readChunk(connection, ids.slice(start, start + CHUNK), gpuMetrics, signal);
    await connection.breathe(signal);
  }
}

async function readChunk(
  connection: Connection,
  ids: readonly string[],
  gpuMetrics: ReadonlyMap<string, readonly string[]>,
  signal: CancelSignal,
): Promise<readonly CostFacts[]> {
  const chunk = JSON.stringify(ids);
  const inputs = await readInputs(connection, chunk, signal);
  const facts = (await connection.tuples(runsSql(connection), [chunk], signal)).map((row): CostFacts & { readonly place: number } => {
    const [place, id, experiment, name, status, startTime, endTime, user, hasOutput, hasMetric, lastPointAt, tags, lifecycle] = row;
    const at = numberOf(place);
    const own = toTags(tags);
    const parent = own.get(COST_TAGS.parent) ?? "";
    return {
      place: at,
      ...{ runId: textOf(id), experimentId: textOf(experiment), name: textOf(name) || (own.get(MLFLOW_TAG.runName) ?? "") },
      ...{ status: statusOf(textOf(status)), startTime: numberOrNull(startTime), endTime: numberOrNull(endTime) },
      ...{ userId: textOf(user), parentRunId: parent === "" ? null : parent, tags: own, isDeleted: textOf(lifecycle) === "deleted" },
      ...{ hasOutput: numberOf(hasOutput) === 1, hasMetric: numberOf(hasMetric) === 1, lastPointAt: numberOrNull(lastPointAt) },
      ...{ inputs: inputs.get(at) ?? [], params: null, gpuMetrics: gpuMetrics.get(textOf(id)) ?? [] },
    };
  });
  const compared = facts.filter(isComparedByParams);
  const params = compared.length === 0 ? new Map<string, readonly string[]>() : await readParams(connection, compared, signal);
  return facts.map(({ place: _, ...one }) => (params.has(one.runId) ? { ...one, params: params.get(one.runId) ?? [] } : one));
}

function runsSql({ schema }: Connection): string {
  const column = (name: string): string => schema.column("r", "runs", name);
  const metrics = `latest_metrics m ${schema.indexedBy("latest_metrics", "run_uuid")} WHERE m.run_uuid = r.run_uuid`;
  const outputs = schema.has("logged_models")
    ? "EXISTS (SELECT 1 FROM inputs i WHERE i.source_type = 'RUN_OUTPUT' AND i.source_id = r.run_uuid AND i.destination_type = 'MODEL_OUTPUT')"
    : "0";
  // Only of a run without an end it matters when it was last heard of.
  return `SELECT j.key AS place, r.run_uuid AS id, CAST(r.experiment_id AS TEXT) AS experiment, ${column("name")} AS name, ${column("status")} AS status,
            CAST(r.start_time AS REAL) AS startTime, CAST(r.end_time AS REAL) AS endTime, ${column("user_id")} AS user, ${outputs} AS hasOutput,
            EXISTS (SELECT 1 FROM ${metrics} AND m.key NOT GLOB 'system/*') AS hasMetric,
            CASE WHEN r.end_time IS NULL THEN (SELECT CAST(max(m.timestamp) AS REAL) FROM ${metrics}) END AS lastPointAt,
            (SELECT group_concat(t.key || char(0) || CASE t.key WHEN ${literal(COST_TAGS.models)} THEN '' ELSE t.value END, char(30))
             FROM tags t ${schema.indexedBy("tags", "run_uuid")}
             WHERE t.run_uuid = r.run_uuid AND t.key IN (${[...Object.values(COST_TAGS), MLFLOW_TAG.runName].map(literal).join(", ")})) AS tags,
            ${schema.column("r", "runs", "lifecycle_stage", "'active'")} AS lifecycle
          FROM json_each(?) j CROSS JOIN runs r ON r.run_uuid = j.value`;
}

/** Of one run, from one text: a row a tag would cost much more. */
function toTags(text: SqlTuple[number] | undefined): Map<string, string> {
  const tags = new Map<string, string>();
  for (const item of text === null || text === undefined ? [] : textOf(text).split(BETWEEN)) {
    const end = item.indexOf(WITHIN);
    tags.set(item.slice(0, end), item.slice(end + 1));
  }
  return tags;
}

async function readInputs(connection: Connection, chunk: string, signal: CancelSignal): Promise<ReadonlyMap<number, string[]>> {
  const found = new Map<number, string[]>();
  const { schema } = connection;
  if (schema.has("inputs") && schema.has("datasets") && schema.has("input_tags")) {
    const rows = await connection.tuples(
      `SELECT j.key AS place, d.name AS name, d.digest AS digest,
              (SELECT t.value FROM input_tags t WHERE t.input_uuid = i.input_uuid AND t.name = ${literal(MLFLOW_TAG.dataContext)}) AS context
       FROM json_each(?) j
       CROSS JOIN inputs i ON i.destination_type = 'RUN' AND i.destination_id = j.value AND i.source_type = 'DATASET'
       CROSS JOIN datasets d ON d.dataset_uuid = i.source_id`,
      [chunk],
      signal,
    );
    for (const [place, name, digest, context] of rows) {
      push(found, numberOf(place), [textOf(context), textOf(name), textOf(digest)].join(WITHIN));
    }
  }
  return found;
}

async function readParams(
  connection: Connection,
  runs: readonly CostFacts[],
  signal: CancelSignal,
): Promise<ReadonlyMap<string, readonly string[]>> {
  const rows = await connection.tuples(
    `SELECT j.value AS id, group_concat(p.key || char(0) || p.value, char(30)) AS params FROM json_each(?) j
     CROSS JOIN params p ${connection.schema.indexedBy("params", "run_uuid")} ON p.run_uuid = j.value GROUP BY j.key`,
    [JSON.stringify(runs.map(({ runId }) => runId))],
    signal,
  );
  return new Map<string, readonly string[]>([
    ...runs.map(({ runId }) => [runId, []] as const),
    ...rows.map(([id, params]: SqlTuple) => [textOf(id), textOf(params).split(BETWEEN)] as const),
  ]);
}

async function readGpuMetrics(connection: Connection, signal: CancelSignal): Promise<ReadonlyMap<string, readonly string[]>> {
  const found = new Map<string, string[]>();
  // By the primary key, which begins with the metric's name.
  await connection.each(
    "SELECT m.run_uuid AS id, m.key AS key FROM latest_metrics m WHERE m.key >= 'system/' AND m.key < 'system0' AND m.key GLOB '*gpu_*'",
    [],
    ([id, key]) => push(found, textOf(id), textOf(key)),
    signal,
  );
  return found;
}

function push<K>(lists: Map<K, string[]>, key: K, text: string): void {
  const list = lists.get(key);
  if (list === undefined) {
    lists.set(key, [text]);
  } else {
    list.push(text);
  }
}
