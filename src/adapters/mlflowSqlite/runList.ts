import { AppError } from "../../core/base/appError";
import type { CancelSignal } from "../../core/base/cancel";
import { parseFilter, parseOrderBy } from "../../core/tracking/filter/parseFilter";
import { MLFLOW_TAG } from "../../core/tracking/run";
import type { RunQuery } from "../../core/tracking/trackingStore";
import type { Connection } from "./connection";
import { filterToSql, orderToSql } from "./filterSql";
import { literal, lifecycleIs } from "./sql";
import { numberOf, textOf } from "./values";

const MAX_CACHED_LISTS = 4;
/** How many of its last runs a page token names, so that the list goes on at the right place although some of them are gone. */
const RUNS_IN_TOKEN = 5;
/** How many runs of an ordered list are asked at a time whether they are roots. */
const ROOT_CHUNK = 1000;
const PARENT_TAG = literal(MLFLOW_TAG.parentRunId);

/** A part of `runs`: which experiments, which lifecycle. A run outside of it is treated as if it did not exist. */
interface Scope {
  readonly where: (alias: string) => string;
  /** Bound once for each use of `where`. */
  readonly experimentIds: string;
}

export interface RunIdPage {
  readonly ids: readonly string[];
  readonly nextPageToken: string | null;
  readonly childCounts: ReadonlyMap<string, number>;
}

interface OrderedList {
  readonly dataVersion: number;
  readonly ids: readonly string[];
}

/**
 * Finds the ids of the runs of a page. The ordered ids of a search are kept as long as the database does not change, because
 * SQLite has no index for them and would sort all runs again for each page. A page token names the last runs of its page,
 * so that runs added or removed meanwhile neither repeat nor hide others.
 */
export class RunList {
  private readonly lists = new Map<string, OrderedList>();

  constructor(private readonly connection: Connection) {}

  clear(): void {
    this.lists.clear();
  }

  async page(query: RunQuery, signal: CancelSignal): Promise<RunIdPage> {
    const scope = scopeOf(query, this.connection);
    const ordered = await this.orderedIds(query, scope, signal);
    const pageSize = Math.max(1, Math.floor(query.pageSize));
    const start = query.pageToken === undefined ? 0 : positionAfter(query.pageToken, ordered);
    const found: { readonly id: string; readonly position: number }[] = [];
    let position = start;
    // One more than asked, to know whether another page follows.
    while (position < ordered.length && found.length <= pageSize) {
      const isNested = query.nesting?.kind === "roots";
      const chunk = ordered.slice(position, position + (isNested ? Math.max(ROOT_CHUNK, pageSize) : pageSize + 1));
      const nested = isNested ? await this.withParent(chunk, scope, signal) : new Set<string>();
      for (const [offset, id] of chunk.entries()) {
        if (!nested.has(id)) {
          found.push({ id, position: position + offset });
        }
      }
      position += chunk.length;
      await this.connection.breathe(signal);
    }
    const shown = found.slice(0, pageSize);
    const ids = shown.map(({ id }) => id);
    const nextPageToken = found.length > pageSize ? tokenAfter(shown) : null;
    return { ids, nextPageToken, childCounts: await this.childCounts(ids, scope, signal) };
  }

  private async orderedIds(query: RunQuery, scope: Scope, signal: CancelSignal): Promise<readonly string[]> {
    const { experimentIds, lifecycle, filter, orderBy, nesting } = query;
    const key = JSON.stringify([experimentIds, lifecycle, filter, orderBy, nesting?.kind === "childrenOf" ? nesting.runId : null]);
    const dataVersion = await this.connection.dataVersion(signal);
    const known = this.lists.get(key);
    if (known?.dataVersion === dataVersion) {
      return known.ids;
    }
    const ids = await this.readOrderedIds(query, scope, signal);
    this.lists.delete(key);
    this.lists.set(key, { dataVersion, ids });
    for (const oldest of [...this.lists.keys()].slice(0, -MAX_CACHED_LISTS)) {
      this.lists.delete(oldest);
    }
    return ids;
  }

  private async readOrderedIds(query: RunQuery, scope: Scope, signal: CancelSignal): Promise<readonly string[]> {
    const { schema } = this.connection;
    const conditions = query.filter?.trim() ? filterToSql(parseFilter(query.filter), schema) : [];
    const order = orderToSql(parseOrderBy(query.orderBy ?? []), schema);
    const children =
      query.nesting?.kind === "childrenOf"
        ? [
            {
              sql: `r.run_uuid IN (SELECT run_uuid FROM tags WHERE key = ${PARENT_TAG} AND value = ? AND value <> run_uuid)`,
              parameters: [query.nesting.runId],
            },
          ]
        : [];
    const wheres = [{ sql: scope.where("r"), parameters: [scope.experimentIds] }, ...children, ...conditions];
    const rows = await this.connection.all(
      `SELECT r.run_uuid AS id FROM runs r ${order.joins.map(({ sql }) => sql).join(" ")}
       WHERE ${wheres.map(({ sql }) => sql).join(" AND ")} ORDER BY ${order.terms.join(", ")}`,
      [...order.joins, ...wheres].flatMap(({ parameters }) => parameters),
      signal,
    );
    return rows.map((row) => textOf(row["id"]));
  }

  /** Those of the runs whose parent is in the scope too. A run that names itself, or a parent that is gone, is a root. */
  private async withParent(ids: readonly string[], scope: Scope, signal: CancelSignal): Promise<ReadonlySet<string>> {
    const rows = await this.connection.all(
      `SELECT t.run_uuid AS id FROM json_each(?) j
       CROSS JOIN tags t ON t.key = ${PARENT_TAG} AND t.run_uuid = j.value
       CROSS JOIN runs p ON p.run_uuid = t.value
       WHERE p.run_uuid <> t.run_uuid AND ${scope.where("p")}`,
      [JSON.stringify(ids), scope.experimentIds],
      signal,
    );
    return new Set(rows.map((row) => textOf(row["id"])));
  }

  private async childCounts(ids: readonly string[], scope: Scope, signal: CancelSignal): Promise<ReadonlyMap<string, number>> {
    const rows = await this.connection.all(
      `SELECT t.value AS id, count(*) AS children FROM tags t CROSS JOIN runs c ON c.run_uuid = t.run_uuid
       WHERE t.key = ${PARENT_TAG} AND t.value IN (SELECT value FROM json_each(?)) AND t.value <> t.run_uuid AND ${scope.where("c")}
       GROUP BY t.value`,
      [JSON.stringify(ids), scope.experimentIds],
      signal,
    );
    return new Map(rows.map((row) => [textOf(row["id"]), numberOf(row["children"])]));
  }
}

function scopeOf(query: RunQuery, { schema }: Connection): Scope {
  // An id that is no number belongs to another store; SQLite would read it as 0, which is an experiment.
  const ids = query.experimentIds.filter((id) => /^\d{1,19}$/.test(id));
  const inWorkspace = schema.inWorkspace("e", "experiments");
  const shown = inWorkspace === "" ? "" : ` AND experiment_id IN (SELECT e.experiment_id FROM experiments e WHERE 1${inWorkspace})`;
  const lifecycle = (alias: string): string => lifecycleIs(query.lifecycle, schema.column(alias, "runs", "lifecycle_stage", "'active'"));
  return {
    // Ids of 18 digits do not fit into a JavaScript number, so they travel as text.
    where: (alias) =>
      `${alias}.experiment_id IN (SELECT experiment_id FROM experiments
         WHERE experiment_id IN (SELECT CAST(value AS INTEGER) FROM json_each(?))${shown}) AND ${lifecycle(alias)}`,
    experimentIds: JSON.stringify(ids),
  };
}

function tokenAfter(shown: readonly { readonly id: string; readonly position: number }[]): string {
  const next = (shown.at(-1)?.position ?? -1) + 1;
  return JSON.stringify([next, ...shown.slice(-RUNS_IN_TOKEN).map(({ id }) => id)]);
}

/** Where the list goes on: behind the last of the token's runs that is still there, or else at the old place. */
function positionAfter(token: string, ids: readonly string[]): number {
  const [next, runIds] = parseToken(token);
  if (ids[next - 1] === runIds.at(-1)) {
    return next;
  }
  for (const runId of runIds.toReversed()) {
    const position = ids.indexOf(runId);
    if (position >= 0) {
      return position + 1;
    }
  }
  return next;
}

function parseToken(token: string): readonly [next: number, runIds: readonly string[]] {
  try {
    const [next, ...runIds] = JSON.parse(token) as readonly unknown[];
    if (typeof next === "number" && next >= 0 && runIds.every((id) => typeof id === "string")) {
      return [next, runIds];
    }
  } catch {
    // Told below.
  }
  throw new AppError("usage", "The page token does not belong to this list.", { remedy: "Read the list again from its first page." });
}
