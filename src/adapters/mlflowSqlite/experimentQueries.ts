import { AppError } from "../../core/base/appError";
import type { CancelSignal } from "../../core/base/cancel";
import type { Experiment } from "../../core/tracking/experiment";
import type { Page } from "../../core/tracking/page";
import type { ExperimentQuery } from "../../core/tracking/trackingStore";
import type { Connection } from "./connection";
import { lifecycleIs } from "./sql";
import { numberOrNull, textOf } from "./values";

/** As MLflow lists them: newest first, then by id. A token names the last experiment of its page. */
export async function searchExperiments(connection: Connection, query: ExperimentQuery, signal: CancelSignal): Promise<Page<Experiment>> {
  const { schema } = connection;
  const column = (name: string): string => schema.column("e", "experiments", name);
  const created = `coalesce(CAST(${column("creation_time")} AS REAL), -1)`;
  const after = query.pageToken === undefined ? null : parseToken(query.pageToken);
  const pageSize = Math.max(1, Math.floor(query.pageSize));
  const rows = await connection.all(
    `SELECT CAST(e.experiment_id AS TEXT) AS id, e.name AS name, ${column("lifecycle_stage")} AS lifecycle, ${column("artifact_location")} AS location,
            CAST(${column("creation_time")} AS REAL) AS creationTime, CAST(${column("last_update_time")} AS REAL) AS lastUpdateTime, ${created} AS created
     FROM experiments e
     WHERE ${lifecycleIs(query.lifecycle, schema.column("e", "experiments", "lifecycle_stage", "'active'"))}${schema.inWorkspace("e", "experiments")}
       ${after === null ? "" : `AND (${created} < ?1 OR (${created} = ?1 AND e.experiment_id > CAST(?2 AS INTEGER)))`}
     ORDER BY ${created} DESC, e.experiment_id LIMIT ${pageSize + 1}`,
    after ?? [],
    signal,
  );
  const page = rows.slice(0, pageSize);
  const tags = await loadExperimentTags(
    connection,
    page.map((row) => textOf(row["id"])),
    signal,
  );
  const last = page.at(-1);
  return {
    items: page.map((row) => ({
      experimentId: textOf(row["id"]),
      name: textOf(row["name"]),
      lifecycleStage: row["lifecycle"] === "deleted" ? "deleted" : "active",
      artifactLocation: textOf(row["location"]),
      creationTime: numberOrNull(row["creationTime"]),
      lastUpdateTime: numberOrNull(row["lastUpdateTime"]),
      tags: tags.get(textOf(row["id"])) ?? new Map<string, string>(),
    })),
    nextPageToken: last === undefined || rows.length <= pageSize ? null : `${textOf(last["created"])}:${textOf(last["id"])}`,
  };
}

async function loadExperimentTags(
  connection: Connection,
  ids: readonly string[],
  signal: CancelSignal,
): Promise<ReadonlyMap<string, ReadonlyMap<string, string>>> {
  const tags = new Map<string, Map<string, string>>();
  if (connection.schema.has("experiment_tags")) {
    const sql = `SELECT CAST(experiment_id AS TEXT) AS id, key, value FROM experiment_tags
                 WHERE experiment_id IN (SELECT CAST(value AS INTEGER) FROM json_each(?))`;
    for (const row of await connection.all(sql, [JSON.stringify(ids)], signal)) {
      const id = textOf(row["id"]);
      tags.set(id, (tags.get(id) ?? new Map<string, string>()).set(textOf(row["key"]), textOf(row["value"])));
    }
  }
  return tags;
}

function parseToken(token: string): readonly [created: number, id: string] {
  const parts = /^(-?[\d.e+]{1,25}):(\d{1,19})$/.exec(token);
  if (parts === null) {
    throw new AppError("usage", "The page token does not belong to this list.", { remedy: "Read the list again from its first page." });
  }
  return [Number(parts[1]), parts[2] ?? ""];
}
