import type { DatabaseSync } from "node:sqlite";

import { AppError } from "../../core/base/appError";
import { oneLine } from "../../core/base/oneLine";
import { literal } from "./sql";
import { textOf } from "./values";

/** What every MLflow since 1.0 has; without it the database belongs to another program. */
const REQUIRED: readonly (readonly [table: string, column: string])[] = [
  ["experiments", "experiment_id"],
  ["experiments", "name"],
  ["runs", "run_uuid"],
  ["runs", "experiment_id"],
  ["params", "run_uuid"],
  ["metrics", "run_uuid"],
  ["tags", "run_uuid"],
];

/**
 * The tables, columns and indexes that a database really has. Readers ask for columns, never for a schema version: MLflow
 * changes its schema with most releases, and only the columns matter here.
 */
export class MlflowSchema {
  private constructor(
    private readonly columns: ReadonlyMap<string, ReadonlySet<string>>,
    private readonly indexes: readonly { readonly table: string; readonly name: string; readonly columns: string }[],
    /** The workspace (MLflow 3) whose rows are shown. */
    readonly workspace: string,
  ) {}

  /** @throws AppError `store/not-mlflow`. */
  static probe(database: DatabaseSync, path: string, workspace: string): MlflowSchema {
    const columns = new Map<string, Set<string>>();
    for (const row of database
      .prepare(
        "SELECT m.name AS tableName, c.name AS columnName FROM sqlite_master m JOIN pragma_table_info(m.name) c WHERE m.type IN ('table', 'view')",
      )
      .all()) {
      const table = textOf(row["tableName"]);
      columns.set(table, (columns.get(table) ?? new Set()).add(textOf(row["columnName"])));
    }
    if (!REQUIRED.every(([table, column]) => columns.get(table)?.has(column) === true)) {
      throw new AppError("store/not-mlflow", `The database "${oneLine(path, 300)}" holds no MLflow data.`, {
        remedy: "Point to the mlflow.db that MLflow writes.",
      });
    }
    const indexes = database
      .prepare(
        `SELECT m.tbl_name AS tableName, m.name AS indexName,
                (SELECT group_concat(name, ',') FROM (SELECT name FROM pragma_index_info(m.name) ORDER BY seqno)) AS indexColumns
         FROM sqlite_master m WHERE m.type = 'index'`,
      )
      .all()
      .map((row) => ({ table: textOf(row["tableName"]), name: textOf(row["indexName"]), columns: textOf(row["indexColumns"]) }));
    return new MlflowSchema(columns, indexes, workspace);
  }

  has(table: string, column?: string): boolean {
    const found = this.columns.get(table);
    return found !== undefined && (column === undefined || found.has(column));
  }

  /** `alias.column`, or the given SQL where this database has no such column. */
  column(alias: string, table: string, column: string, otherwise = "NULL"): string {
    return this.has(table, column) ? `${alias}.${column}` : otherwise;
  }

  /**
   * An `INDEXED BY` clause for the first of the given column lists that has an index, or nothing. Without it SQLite takes the
   * primary key, which begins with the metric's key: six times slower, as no statistics are kept in these databases.
   */
  indexedBy(table: string, ...columnLists: readonly string[]): string {
    for (const columns of columnLists) {
      const index = this.indexes.find((candidate) => candidate.table === table && candidate.columns === columns);
      if (index !== undefined) {
        return `INDEXED BY "${index.name.replaceAll('"', '""')}"`;
      }
    }
    return "";
  }

  /** Restricts rows to the shown workspace, as ` AND alias.workspace = 'default'`, or nothing before MLflow 3. */
  inWorkspace(alias: string, table: string): string {
    return this.has(table, "workspace") ? ` AND ${alias}.workspace = ${literal(this.workspace)}` : "";
  }

  /** A table or subquery with one row per run and metric. Before MLflow 1.2 there was no such table. */
  get latestMetrics(): string {
    if (this.has("latest_metrics", "value")) {
      return "latest_metrics";
    }
    const step = this.column("m", "metrics", "step", "0");
    return `(SELECT run_uuid, key, value, timestamp, step, is_nan FROM (
      SELECT m.run_uuid, m.key, m.value, m.timestamp, ${step} AS step, ${this.column("m", "metrics", "is_nan", "0")} AS is_nan,
             row_number() OVER (PARTITION BY m.run_uuid, m.key ORDER BY ${step} DESC, m.timestamp DESC, m.value DESC) AS place
      FROM metrics m) WHERE place = 1)`;
  }

  /** For people. */
  get generation(): string {
    if (this.has("logged_models")) {
      return "MLflow 3";
    }
    return this.has("inputs") ? "MLflow 2" : "MLflow 1";
  }
}
