import { AppError } from "../../core/base/appError";
import { oneLine } from "../../core/base/oneLine";
import type { Comparison, FilterField, OrderTerm, RunFilter } from "../../core/tracking/filter/runFilter";
import { MLFLOW_TAG } from "../../core/tracking/run";
import type { SqlParameter } from "./connection";
import type { MlflowSchema } from "./schema";

export interface SqlPart {
  readonly sql: string;
  readonly parameters: readonly SqlParameter[];
}

/** The columns of `runs` that a filter or an order may name; the name of a run is a case of its own. */
const ATTRIBUTE_COLUMNS: ReadonlyMap<string, string> = new Map([
  ["run_id", "run_uuid"],
  ["run_name", "name"],
  ["status", "status"],
  ["artifact_uri", "artifact_uri"],
  ["start_time", "start_time"],
  ["end_time", "end_time"],
  ["user_id", "user_id"],
]);

/** Conditions on the row `r` of `runs` that decide as MLflow's SQL store does on SQLite. All values are bound. */
export function filterToSql(filter: RunFilter, schema: MlflowSchema): readonly SqlPart[] {
  return filter.map((comparison) => comparisonToSql(comparison, schema));
}

function comparisonToSql(comparison: Comparison, schema: MlflowSchema): SqlPart {
  const { field, comparator } = comparison;
  if (field.entity === "dataset") {
    return datasetToSql(comparison, schema);
  }
  if (field.entity === "attribute" && field.key !== "run_name") {
    return compare(`r.${attributeColumn(field, schema)}`, comparison);
  }
  // MLflow looks a run's name up in its tag, because old databases have no name in the row.
  const key = field.entity === "attribute" ? MLFLOW_TAG.runName : field.key;
  const table = field.entity === "metric" ? schema.latestMetrics : field.entity === "param" ? "params" : "tags";
  if (comparator === "IS NULL" || comparator === "IS NOT NULL") {
    const not = comparator === "IS NULL" ? "NOT " : "";
    return { sql: `${not}EXISTS (SELECT 1 FROM ${table} f WHERE f.run_uuid = r.run_uuid AND f.key = ?)`, parameters: [key] };
  }
  const { sql, parameters } = compare("f.value", comparison);
  // NaN is stored as 0 with a flag. It differs from every number and is neither above nor below one.
  const nan = field.entity !== "metric" ? sql : comparator === "!=" ? `(${sql} OR f.is_nan <> 0)` : `${sql} AND f.is_nan = 0`;
  return {
    sql: `EXISTS (SELECT 1 FROM ${table} f WHERE f.run_uuid = r.run_uuid AND f.key = ? AND ${nan})`,
    parameters: [key, ...parameters],
  };
}

function datasetToSql(comparison: Comparison, schema: MlflowSchema): SqlPart {
  if (!schema.has("inputs") || !schema.has("datasets") || !schema.has("input_tags")) {
    return { sql: "0", parameters: [] };
  }
  const key = comparison.field.key;
  if (key === "context") {
    const { sql, parameters } = compare("f.value", comparison);
    return {
      sql: `EXISTS (SELECT 1 FROM inputs i JOIN input_tags f ON f.input_uuid = i.input_uuid
            WHERE i.destination_type = 'RUN' AND i.destination_id = r.run_uuid AND i.source_type = 'DATASET' AND f.name = ? AND ${sql})`,
      parameters: [MLFLOW_TAG.dataContext, ...parameters],
    };
  }
  if (key !== "name" && key !== "digest") {
    throw unknownField(comparison.field);
  }
  const { sql, parameters } = compare(`f.${key}`, comparison);
  return {
    sql: `EXISTS (SELECT 1 FROM inputs i JOIN datasets f ON f.dataset_uuid = i.source_id
          WHERE i.destination_type = 'RUN' AND i.destination_id = r.run_uuid AND i.source_type = 'DATASET' AND ${sql})`,
    parameters,
  };
}

function compare(column: string, { comparator, value }: Comparison): SqlPart {
  switch (comparator) {
    case "IS NULL":
    case "IS NOT NULL":
      return { sql: `${column} ${comparator}`, parameters: [] };
    case "IN":
    case "NOT IN":
      return { sql: `${column} ${comparator} (SELECT value FROM json_each(?))`, parameters: [JSON.stringify(value)] };
    case "ILIKE":
      return { sql: `lower(${column}) LIKE lower(?)`, parameters: [scalar(value)] };
    // The connection compares with case-sensitive LIKE.
    case "LIKE":
    case "=":
    case "!=":
    case ">":
    case ">=":
    case "<":
    case "<=":
      return { sql: `${column} ${comparator} ?`, parameters: [scalar(value)] };
  }
}

function scalar(value: Comparison["value"]): string | number {
  if (typeof value !== "string" && typeof value !== "number") {
    throw new AppError("filter/invalid", "A list of values can only follow IN or NOT IN.");
  }
  return value;
}

export interface OrderSql {
  readonly joins: readonly SqlPart[];
  /** For ORDER BY; without parameters. */
  readonly terms: readonly string[];
}

/** Sorts as MLflow does: NaN behind all numbers, missing values last, then newest first, then by run id. */
export function orderToSql(order: readonly OrderTerm[], schema: MlflowSchema): OrderSql {
  const joins: SqlPart[] = [];
  const terms: string[] = [];
  for (const [index, { field, ascending }] of order.entries()) {
    const direction = ascending ? "ASC" : "DESC";
    if (field.entity === "attribute") {
      const column = `r.${attributeColumn(field, schema)}`;
      terms.push(`${column} IS NULL`, `${column} ${direction}`);
      continue;
    }
    if (field.entity === "dataset") {
      throw unknownField(field);
    }
    const alias = `o${index}`;
    const table = field.entity === "metric" ? schema.latestMetrics : field.entity === "param" ? "params" : "tags";
    joins.push({ sql: `LEFT JOIN ${table} ${alias} ON ${alias}.run_uuid = r.run_uuid AND ${alias}.key = ?`, parameters: [field.key] });
    const nanBehind =
      field.entity === "metric"
        ? `CASE WHEN ${alias}.is_nan <> 0 THEN 1 WHEN ${alias}.value IS NULL THEN 2 ELSE 0 END`
        : `${alias}.value IS NULL`;
    terms.push(nanBehind, `${alias}.value ${direction}`);
  }
  if (!order.some(({ field }) => field.entity === "attribute" && field.key === "start_time")) {
    terms.push("r.start_time DESC");
  }
  terms.push("r.run_uuid");
  return { joins, terms };
}

function attributeColumn(field: FilterField, schema: MlflowSchema): string {
  const column = ATTRIBUTE_COLUMNS.get(field.key);
  if (column === undefined || !schema.has("runs", column)) {
    throw unknownField(field);
  }
  return column;
}

function unknownField(field: FilterField): AppError {
  return new AppError("filter/invalid", `Runs of this database cannot be searched by ${field.entity} "${oneLine(field.key)}".`);
}
