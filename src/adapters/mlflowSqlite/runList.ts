import { AppError } from "../../core/base/appError";
import type { CancelSignal } from "../../core/base/cancel";
import { parseFilter, parseOrderBy } from "../../core/tracking/filter/parseFilter";
import type { RunQuery } from "../../core/tracking/trackingStore";
import type { Connection } from "./connection";
import { filterToSql, orderToSql, type SqlPart } from "./filterSql";
import { RunFamily } from "./runFamily";
import { lifecycleIs } from "./sql";
import { textOf } from "./values";
import { VersionedCache } from "./versionedCache";

const MAX_CACHED_LISTS = 4;
/** How many of its last runs a page token names, so that the list goes on at the right place although some of them are gone. */
const RUNS_IN_TOKEN = 5;

export interface RunIdPage {
  readonly ids: readonly string[];
  readonly nextPageToken: string | null;
  readonly childCounts: ReadonlyMap<string, number> | null;
}

/** The part of `runs` that a query asks for. A run outside of it is treated as if it did not exist. */
type Scope = Pick<RunQuery, "experimentIds" | "lifecycle">;
type ListQuery = Scope & Pick<RunQuery, "filter" | "orderBy">;

/**
 * Finds the ids of the runs of a page. The ordered ids of a search are kept as long as the database does not change, because
 * SQLite has no index for them and would sort all runs again for each page. A page token names the last runs of its page,
 * so that runs added or removed meanwhile neither repeat nor hide others.
 */
export class RunList {
  private readonly lists: VersionedCache<readonly string[]>;
  private readonly families: VersionedCache<RunFamily>;

  constructor(private readonly connection: Connection) {
    this.lists = new VersionedCache(connection, MAX_CACHED_LISTS);
    this.families = new VersionedCache(connection, MAX_CACHED_LISTS);
  }

  clear(): void {
    this.lists.clear();
    this.families.clear();
  }

  async page(query: RunQuery, signal: CancelSignal): Promise<RunIdPage> {
    const ordered = await this.orderedIds(query, signal);
    const family = query.nesting === undefined ? null : await this.family(query, signal);
    const pageSize = Math.max(1, Math.floor(query.pageSize));
    const found: { readonly id: string; readonly position: number }[] = [];
    let position = query.pageToken === undefined ? 0 : positionAfter(query.pageToken, ordered);
    // One more than asked, to know whether another page follows.
    for (; position < ordered.length && found.length <= pageSize; position++) {
      const id = ordered[position];
      if (id !== undefined && (family === null || isWanted(id, query.nesting, family))) {
        found.push({ id, position });
      }
    }
    const shown = found.slice(0, pageSize);
    const ids = shown.map(({ id }) => id);
    return { ids, nextPageToken: found.length > pageSize ? tokenAfter(shown) : null, childCounts: family?.childCounts(ids) ?? null };
  }

  /** Ids of all runs of experiments, deleted ones included, the newest first. */
  allIds(experimentIds: readonly string[], signal: CancelSignal): Promise<readonly string[]> {
    return this.orderedIds({ experimentIds, lifecycle: "all" }, signal);
  }

  private orderedIds(query: ListQuery, signal: CancelSignal): Promise<readonly string[]> {
    const { experimentIds, lifecycle, filter, orderBy } = query;
    const key = JSON.stringify([experimentIds, lifecycle, filter, orderBy]);
    return this.lists.get(key, () => this.readOrderedIds(query, signal), signal);
  }

  /** Of the whole scope: a filter hides runs, but makes no child a root. */
  private family({ experimentIds, lifecycle }: Scope, signal: CancelSignal): Promise<RunFamily> {
    const scope = { experimentIds, lifecycle };
    const read = async (): Promise<RunFamily> => RunFamily.read(this.connection, await this.orderedIds(scope, signal), signal);
    return this.families.get(JSON.stringify(scope), read, signal);
  }

  private async readOrderedIds(query: ListQuery, signal: CancelSignal): Promise<readonly string[]> {
    const { schema } = this.connection;
    const conditions = query.filter?.trim() ? filterToSql(parseFilter(query.filter), schema) : [];
    const order = orderToSql(parseOrderBy(query.orderBy ?? []), schema);
    const wheres = [scopeToSql(query, this.connection), ...conditions];
    const rows = await this.connection.tuples(
      `SELECT r.run_uuid AS id FROM runs r ${order.joins.map(({ sql }) => sql).join(" ")}
       WHERE ${wheres.map(({ sql }) => sql).join(" AND ")} ORDER BY ${order.terms.join(", ")}`,
      [...order.joins, ...wheres].flatMap(({ parameters }) => parameters),
      signal,
    );
    return rows.map(([id]) => textOf(id));
  }
}

function isWanted(id: string, nesting: RunQuery["nesting"], family: RunFamily): boolean {
  return nesting?.kind === "childrenOf" ? family.isChildOf(id, nesting.runId) : family.isRoot(id);
}

function scopeToSql(scope: Scope, { schema }: Connection): SqlPart {
  // An id that is no number belongs to another store; SQLite would read it as 0, which is an experiment.
  const ids = scope.experimentIds.filter((id) => /^\d{1,19}$/.test(id));
  const inWorkspace = schema.inWorkspace("e", "experiments");
  const shown = inWorkspace === "" ? "" : ` AND experiment_id IN (SELECT e.experiment_id FROM experiments e WHERE 1${inWorkspace})`;
  return {
    // Ids of 18 digits do not fit into a JavaScript number, so they travel as text.
    sql: `r.experiment_id IN (SELECT experiment_id FROM experiments
            WHERE experiment_id IN (SELECT CAST(value AS INTEGER) FROM json_each(?))${shown})
          AND ${lifecycleIs(scope.lifecycle, schema.column("r", "runs", "lifecycle_stage", "'active'"))}`,
    parameters: [JSON.stringify(ids)],
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
