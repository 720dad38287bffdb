import type { CancelSignal } from "../../core/base/cancel";
import { NO_CHANGE, type StoreChange } from "../../core/tracking/trackingStore";
import type { Connection } from "./connection";
import { numberOf, textOf } from "./values";

/** Tables whose new rows tell which run got something new, and the column that names the run. */
const GROWING = [
  { table: "runs", run: "run_uuid" },
  { table: "params", run: "run_uuid" },
  { table: "tags", run: "run_uuid" },
  { table: "latest_metrics", run: "run_uuid" },
  { table: "metrics", run: "run_uuid" },
  { table: "inputs", run: "CASE WHEN destination_type = 'RUN' THEN destination_id WHEN source_type = 'RUN_OUTPUT' THEN source_id END" },
] as const;

/** Ended runs are summed in pieces, so that one statement takes about ten milliseconds. */
const ROWS_A_PIECE = 20_000;
/** Rows count up from 1; where a program numbered them otherwise, the pieces are larger instead of endless. */
const MAX_PIECES = 500;

/** With more changed runs than this, naming them is no cheaper than reading all again. */
const MAX_NAMED_RUNS = 500;
const ALL: StoreChange = { experiments: "all", runs: "all", models: "all" };

/** Which runs a look knew: those up to a row, and which of them had not ended. */
interface RunsKnown {
  readonly lastRow: number;
  readonly openRunIds: readonly string[];
}

interface Look {
  readonly dataVersion: number;
  readonly schemaVersion: number;
  /** Highest row of each growing table. */
  readonly lastRows: ReadonlyMap<string, number>;
  /** What can change in place, by id. */
  readonly experiments: ReadonlyMap<string, string>;
  readonly models: ReadonlyMap<string, string>;
  /** Runs that had not ended at this look or at the one before; theirs are the rows that programs change in place. */
  readonly runs: ReadonlyMap<string, string>;
  /** The ids among `runs` that have still not ended. */
  readonly openRunIds: readonly string[];
  /**
   * One text for all ended runs together: how many, and the sums of what can change in them; over the runs that were ended at
   * the look before, and over those that are ended now. The former is compared, the latter is kept to be compared next time.
   */
  readonly endedBefore: string;
  readonly endedNow: string;
}

/**
 * Finds what other programs changed. SQLite says for free whether anything was committed; only then the tables are looked at:
 * new rows name their runs, rows of running runs are compared, and ended runs are compared by sums. A tag of an ended run that
 * is changed in place while other programs write too is seen only at the next full refresh: comparing all tags would cost more
 * than it is worth.
 */
export class ChangeDetector {
  private last: Look | undefined;

  constructor(private readonly connection: Connection) {}

  async check(signal: CancelSignal): Promise<StoreChange> {
    const previous = this.last;
    if (await this.connection.reopenIfReplaced(signal)) {
      this.last = await this.look(undefined, signal);
      return previous === undefined ? NO_CHANGE : ALL;
    }
    if (previous?.dataVersion === (await this.connection.dataVersion(signal))) {
      return NO_CHANGE;
    }
    const now = await this.look(previous, signal);
    if (previous !== undefined && now.schemaVersion !== previous.schemaVersion) {
      await this.connection.reopen(signal);
      this.last = await this.look(undefined, signal);
      return ALL;
    }
    const change = previous === undefined ? NO_CHANGE : await this.compare(previous, now, signal);
    // Only now, so that a check that was cancelled half-way loses nothing.
    this.last = now;
    return change;
  }

  private async compare(previous: Look, now: Look, signal: CancelSignal): Promise<StoreChange> {
    const experiments = changedKeys(previous.experiments, now.experiments);
    const models = changedKeys(previous.models, now.models);
    const runs = await this.changedRuns(previous, now, signal);
    const isUnexplained = runs !== "all" && runs.length + experiments.length + models.length === 0;
    return { experiments, models, runs: isUnexplained ? "all" : runs };
  }

  private async changedRuns(previous: Look, now: Look, signal: CancelSignal): Promise<"all" | readonly string[]> {
    // A lower last row means that rows were removed and their numbers may be used again.
    const isShrunk = [...now.lastRows].some(([table, last]) => last < (previous.lastRows.get(table) ?? 0));
    if (isShrunk || now.endedBefore !== previous.endedNow) {
      return "all";
    }
    const changed = new Set(previous.openRunIds.filter((id) => previous.runs.get(id) !== now.runs.get(id)));
    for (const { table, run } of this.growing()) {
      const rows = await this.connection.all(
        `SELECT DISTINCT ${run} AS id FROM ${table} WHERE rowid > ? AND rowid <= ? LIMIT ${MAX_NAMED_RUNS + 1}`,
        [previous.lastRows.get(table) ?? 0, now.lastRows.get(table) ?? 0],
        signal,
      );
      for (const row of rows) {
        if (row["id"] !== null) {
          changed.add(textOf(row["id"]));
        }
      }
    }
    return changed.size > MAX_NAMED_RUNS ? "all" : [...changed];
  }

  /**
   * Each value is read by one statement and is compared with the very value that the next look reads, so a commit between two
   * statements is found by one of the two looks.
   */
  private async look(previous: Look | undefined, signal: CancelSignal): Promise<Look> {
    // The version is read first: a commit during the look is then looked for again.
    const dataVersion = await this.connection.dataVersion(signal);
    const schemaVersion = numberOf((await this.connection.get("PRAGMA schema_version", [], signal))?.["schema_version"]);
    const lastRows = new Map<string, number>();
    for (const { table } of this.growing()) {
      lastRows.set(table, numberOf((await this.connection.get(`SELECT max(rowid) AS last FROM ${table}`, [], signal))?.["last"]));
    }
    const { runs, openRunIds } = await this.openRuns(previous?.openRunIds ?? [], signal);
    const now = { openRunIds, lastRow: lastRows.get("runs") ?? 0 };
    const before = previous === undefined ? now : { openRunIds: previous.openRunIds, lastRow: previous.lastRows.get("runs") ?? 0 };
    // In this order: a change between the two is then found twice rather than never.
    const endedNow = await this.endedRuns(now, signal);
    const endedBefore = isSame(before, now) ? endedNow : await this.endedRuns(before, signal);
    const [experiments, models] = [await this.experiments(signal), await this.models(signal)];
    return { dataVersion, schemaVersion, lastRows, experiments, models, runs, openRunIds, endedBefore, endedNow };
  }

  private growing(): readonly (typeof GROWING)[number][] {
    return GROWING.filter(({ table }) => this.connection.schema.has(table));
  }

  private async experiments(signal: CancelSignal): Promise<ReadonlyMap<string, string>> {
    const { schema } = this.connection;
    const tags = schema.has("experiment_tags")
      ? "(SELECT json_group_array(json_array(t.key, t.value)) FROM experiment_tags t WHERE t.experiment_id = e.experiment_id)"
      : "NULL";
    return this.fingerprints(
      `SELECT CAST(e.experiment_id AS TEXT) AS id, json_array(e.name, ${schema.column("e", "experiments", "lifecycle_stage")}, ${tags}) AS print
       FROM experiments e WHERE 1${schema.inWorkspace("e", "experiments")}`,
      signal,
    );
  }

  private async models(signal: CancelSignal): Promise<ReadonlyMap<string, string>> {
    const { schema } = this.connection;
    if (!schema.has("registered_models")) {
      return new Map();
    }
    const part = (table: string, columns: readonly string[]): string =>
      schema.has(table)
        ? `(SELECT json_group_array(json_array(${columns.map((name) => schema.column("t", table, name)).join(", ")}))
            FROM ${table} t WHERE t.name = m.name${schema.inWorkspace("t", table)})`
        : "NULL";
    const versionColumns = ["version", "last_updated_time", "current_stage", "status", "status_message", "description", "run_id"];
    return this.fingerprints(
      `SELECT m.name AS id, json_array(${schema.column("m", "registered_models", "description")},
         ${schema.column("m", "registered_models", "last_updated_time")},
         ${part("model_versions", versionColumns)}, ${part("registered_model_tags", ["key", "value"])},
         ${part("registered_model_aliases", ["alias", "version"])}, ${part("model_version_tags", ["version", "key", "value"])}) AS print
       FROM registered_models m WHERE 1${schema.inWorkspace("m", "registered_models")}`,
      signal,
    );
  }

  private async openRuns(
    openBefore: readonly string[],
    signal: CancelSignal,
  ): Promise<{ readonly runs: ReadonlyMap<string, string>; readonly openRunIds: readonly string[] }> {
    const { schema } = this.connection;
    const column = (name: string): string => schema.column("r", "runs", name);
    const rows = await this.connection.all(
      `SELECT r.run_uuid AS id, ${isOpen(column)} AS isOpen,
         json_array(${["name", "status", "lifecycle_stage", "start_time", "end_time"].map(column).join(", ")},
           (SELECT json_group_array(json_array(t.key, t.value)) FROM tags t ${schema.indexedBy("tags", "run_uuid")} WHERE t.run_uuid = r.run_uuid)
         ) AS print
       FROM runs r WHERE ${isOpen(column)} OR r.run_uuid IN (SELECT value FROM json_each(?))`,
      [JSON.stringify(openBefore)],
      signal,
    );
    return {
      runs: new Map(rows.map((row) => [textOf(row["id"]), textOf(row["print"])])),
      openRunIds: rows.filter((row) => row["isOpen"] === 1).map((row) => textOf(row["id"])),
    };
  }

  private async endedRuns({ lastRow, openRunIds }: RunsKnown, signal: CancelSignal): Promise<string> {
    const { schema } = this.connection;
    const column = (name: string): string => schema.column("r", "runs", name);
    const prints: string[] = [];
    const step = Math.max(ROWS_A_PIECE, Math.ceil(lastRow / MAX_PIECES));
    for (let row = 0; row < lastRow; row += step) {
      const sums = await this.connection.get(
        `SELECT json_array(count(*), total(${column("start_time")}), total(${column("end_time")}), total(length(${column("name")})),
           count(CASE WHEN ${column("lifecycle_stage")} = 'deleted' THEN 1 END), count(CASE WHEN ${column("status")} = 'FINISHED' THEN 1 END)) AS print
         FROM runs r WHERE r.rowid > ? AND r.rowid <= ? AND NOT (${isOpen(column)}) AND r.run_uuid NOT IN (SELECT value FROM json_each(?))`,
        [row, Math.min(row + step, lastRow), JSON.stringify(openRunIds)],
        signal,
      );
      prints.push(textOf(sums?.["print"]));
      await this.connection.breathe(signal);
    }
    return prints.join();
  }

  private async fingerprints(sql: string, signal: CancelSignal): Promise<ReadonlyMap<string, string>> {
    const rows = await this.connection.all(sql, [], signal);
    return new Map(rows.map((row) => [textOf(row["id"]), textOf(row["print"])]));
  }
}

function isOpen(column: (name: string) => string): string {
  return `${column("end_time")} IS NULL AND coalesce(${column("lifecycle_stage")}, 'active') <> 'deleted'`;
}

function isSame(a: RunsKnown, b: RunsKnown): boolean {
  return a.lastRow === b.lastRow && a.openRunIds.join() === b.openRunIds.join();
}

/** Keys that are new, gone or different. */
function changedKeys(before: ReadonlyMap<string, string>, after: ReadonlyMap<string, string>): readonly string[] {
  const keys = new Set([...before.keys(), ...after.keys()]);
  return [...keys].filter((key) => before.get(key) !== after.get(key));
}
