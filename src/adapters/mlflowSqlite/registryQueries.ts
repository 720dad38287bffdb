import { AppError } from "../../core/base/appError";
import type { CancelSignal } from "../../core/base/cancel";
import { oneLine } from "../../core/base/oneLine";
import type { Page, PageRequest } from "../../core/tracking/page";
import type { ModelVersion, RegisteredModel } from "../../core/tracking/registeredModel";
import type { Connection, SqlParameter, SqlRow } from "./connection";
import { numberOf, numberOrNull, textOf, textOrNull } from "./values";

/** MLflow keeps a deleted version as a row with this stage. */
const NOT_DELETED = `coalesce(v.current_stage, 'None') <> 'Deleted_Internal'`;

export async function searchRegisteredModels(
  connection: Connection,
  query: PageRequest,
  signal: CancelSignal,
): Promise<Page<RegisteredModel>> {
  if (!connection.schema.has("registered_models")) {
    return { items: [], nextPageToken: null };
  }
  const pageSize = Math.max(1, Math.floor(query.pageSize));
  const after = query.pageToken;
  const models = await loadModels(connection, {
    where: after === undefined ? "" : "AND m.name > ?",
    parameters: after === undefined ? [] : [after],
    limit: pageSize + 1,
    signal,
  });
  const items = models.slice(0, pageSize);
  // A token is the last name of its page: it stays right whatever is added or removed meanwhile.
  return { items, nextPageToken: models.length > pageSize ? (items.at(-1)?.name ?? null) : null };
}

/** @throws AppError `model/not-found`. */
export async function getRegisteredModel(connection: Connection, name: string, signal: CancelSignal): Promise<RegisteredModel> {
  const [model] = connection.schema.has("registered_models")
    ? await loadModels(connection, { where: "AND m.name = ?", parameters: [name], limit: 1, signal })
    : [];
  if (model === undefined) {
    throw new AppError("model/not-found", `There is no registered model "${oneLine(name)}".`, {
      remedy: "It may have been renamed or deleted; refresh the view.",
    });
  }
  return model;
}

export async function searchModelVersions(
  connection: Connection,
  name: string,
  query: PageRequest,
  signal: CancelSignal,
): Promise<Page<ModelVersion>> {
  await getRegisteredModel(connection, name, signal);
  const pageSize = Math.max(1, Math.floor(query.pageSize));
  const after = query.pageToken;
  if (after !== undefined && !/^\d{1,15}$/.test(after)) {
    throw new AppError("usage", "The page token does not belong to this list.", { remedy: "Read the list again from its first page." });
  }
  const versions = await loadVersions(connection, {
    where: `AND v.name = ?${after === undefined ? "" : " AND v.version < ?"}`,
    parameters: after === undefined ? [name] : [name, Number(after)],
    limit: pageSize + 1,
    signal,
  });
  const items = versions.slice(0, pageSize);
  return { items, nextPageToken: versions.length > pageSize ? (items.at(-1)?.version ?? null) : null };
}

export async function versionsOfRun(connection: Connection, runId: string, signal: CancelSignal): Promise<readonly ModelVersion[]> {
  return loadVersions(connection, { where: "AND v.run_id = ?", parameters: [runId], limit: null, signal });
}

/** The row of one version, or undefined; artifacts need its source. */
export async function findVersionSource(
  connection: Connection,
  name: string,
  version: string,
  signal: CancelSignal,
): Promise<{ readonly source: string; readonly storageLocation: string | null } | undefined> {
  const [found] = /^\d{1,15}$/.test(version)
    ? await loadVersions(connection, { where: "AND v.name = ? AND v.version = ?", parameters: [name, Number(version)], limit: 1, signal })
    : [];
  return found;
}

interface Selection {
  /** Further conditions, each with a leading AND. */
  readonly where: string;
  readonly parameters: readonly SqlParameter[];
  readonly limit: number | null;
  readonly signal: CancelSignal;
}

async function loadModels(connection: Connection, { where, parameters, limit, signal }: Selection): Promise<readonly RegisteredModel[]> {
  const { schema } = connection;
  const column = (name: string): string => schema.column("m", "registered_models", name);
  const versions = schema.has("model_versions")
    ? `(SELECT count(*) FROM model_versions v WHERE v.name = m.name AND ${NOT_DELETED}${schema.inWorkspace("v", "model_versions")})`
    : "0";
  const rows = await connection.all(
    `SELECT m.name AS name, ${column("description")} AS description, CAST(${column("creation_time")} AS REAL) AS creationTime,
            CAST(${column("last_updated_time")} AS REAL) AS lastUpdatedTime, ${versions} AS versions
     FROM registered_models m WHERE 1 ${where}${schema.inWorkspace("m", "registered_models")}
     ORDER BY m.name ${limit === null ? "" : `LIMIT ${limit}`}`,
    parameters,
    signal,
  );
  const names = rows.map((row) => textOf(row["name"]));
  const tags = await loadPairs(connection, "registered_model_tags", names, "key", "value", signal);
  const aliases = await loadPairs(connection, "registered_model_aliases", names, "alias", "version", signal);
  return rows.map((row) => {
    const name = textOf(row["name"]);
    return {
      name,
      description: textOf(row["description"]),
      creationTime: numberOrNull(row["creationTime"]),
      lastUpdatedTime: numberOrNull(row["lastUpdatedTime"]),
      tags: tags.get(name) ?? new Map<string, string>(),
      aliases: aliases.get(name) ?? new Map<string, string>(),
      versionCount: numberOf(row["versions"]),
    };
  });
}

async function loadVersions(connection: Connection, { where, parameters, limit, signal }: Selection): Promise<readonly ModelVersion[]> {
  const { schema } = connection;
  if (!schema.has("model_versions")) {
    return [];
  }
  const column = (name: string): string => schema.column("v", "model_versions", name);
  const rows = await connection.all(
    `SELECT v.name AS name, CAST(v.version AS TEXT) AS version, ${column("current_stage")} AS stage, ${column("status")} AS status,
            ${column("status_message")} AS statusMessage, ${column("run_id")} AS run, ${column("source")} AS source,
            ${column("storage_location")} AS storageLocation, ${column("user_id")} AS user, ${column("description")} AS description,
            CAST(${column("creation_time")} AS REAL) AS creationTime, CAST(${column("last_updated_time")} AS REAL) AS lastUpdatedTime
     FROM model_versions v WHERE ${NOT_DELETED} ${where}${schema.inWorkspace("v", "model_versions")}
     ORDER BY v.name, v.version DESC ${limit === null ? "" : `LIMIT ${limit}`}`,
    parameters,
    signal,
  );
  const names = [...new Set(rows.map((row) => textOf(row["name"])))];
  const aliases = await loadPairs(connection, "registered_model_aliases", names, "alias", "version", signal);
  const tags = await loadVersionTags(connection, rows, signal);
  return rows.map((row) => {
    const name = textOf(row["name"]);
    const version = textOf(row["version"]);
    return {
      modelName: name,
      version,
      stage: textOrNull(row["stage"]) ?? "None",
      status: textOrNull(row["status"]) ?? "READY",
      statusMessage: textOf(row["statusMessage"]),
      runId: textOf(row["run"]) || null,
      source: textOf(row["source"]),
      storageLocation: textOf(row["storageLocation"]) || null,
      userId: textOf(row["user"]),
      description: textOf(row["description"]),
      creationTime: numberOrNull(row["creationTime"]),
      lastUpdatedTime: numberOrNull(row["lastUpdatedTime"]),
      aliases: [...(aliases.get(name) ?? [])].filter(([, target]) => target === version).map(([alias]) => alias),
      tags: tags.get(versionKey(name, version)) ?? new Map<string, string>(),
    };
  });
}

/** Maps of key to value by model name, from a table that may be missing. */
async function loadPairs(
  connection: Connection,
  table: "registered_model_tags" | "registered_model_aliases",
  names: readonly string[],
  key: "key" | "alias",
  value: "value" | "version",
  signal: CancelSignal,
): Promise<ReadonlyMap<string, Map<string, string>>> {
  const pairs = new Map<string, Map<string, string>>();
  if (connection.schema.has(table)) {
    const sql = `SELECT t.name AS name, t.${key} AS pairKey, CAST(t.${value} AS TEXT) AS pairValue FROM ${table} t
                 WHERE t.name IN (SELECT value FROM json_each(?))${connection.schema.inWorkspace("t", table)} ORDER BY 2`;
    for (const row of await connection.all(sql, [JSON.stringify(names)], signal)) {
      const name = textOf(row["name"]);
      pairs.set(name, (pairs.get(name) ?? new Map<string, string>()).set(textOf(row["pairKey"]), textOf(row["pairValue"])));
    }
  }
  return pairs;
}

async function loadVersionTags(
  connection: Connection,
  versions: readonly SqlRow[],
  signal: CancelSignal,
): Promise<ReadonlyMap<string, Map<string, string>>> {
  const tags = new Map<string, Map<string, string>>();
  const table = "model_version_tags";
  if (connection.schema.has(table)) {
    const wanted = versions.map((row) => [textOf(row["name"]), textOf(row["version"])]);
    const rows = await connection.all(
      `SELECT t.name AS name, CAST(t.version AS TEXT) AS version, t.key AS key, t.value AS value
       FROM json_each(?) j CROSS JOIN ${table} t ON t.name = j.value ->> 0 AND t.version = CAST(j.value ->> 1 AS INTEGER)
       WHERE 1${connection.schema.inWorkspace("t", table)}`,
      [JSON.stringify(wanted)],
      signal,
    );
    for (const row of rows) {
      const key = versionKey(textOf(row["name"]), textOf(row["version"]));
      tags.set(key, (tags.get(key) ?? new Map<string, string>()).set(textOf(row["key"]), textOf(row["value"])));
    }
  }
  return tags;
}

function versionKey(name: string, version: string): string {
  return `${version}:${name}`;
}
