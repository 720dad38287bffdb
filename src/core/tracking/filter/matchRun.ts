import type { Run } from "../run";
import { MLFLOW_TAG } from "../run";
import { compareText } from "./compareText";
import { matchesLike } from "./likePattern";
import type { Comparator, Comparison, OrderTerm, RunFilter } from "./runFilter";

/**
 * Whether a run satisfies a filter, exactly as MLflow's SQL store would decide: a value that is missing satisfies nothing but
 * IS NULL, LIKE minds the case, ILIKE folds ASCII letters only, and NaN satisfies nothing but `!=` (as in MLflow 3).
 */
export function matchesFilter(run: Run, filter: RunFilter): boolean {
  return filter.every((comparison) => matchesComparison(run, comparison));
}

/** Sorts as MLflow does: by the terms, then newest first, then by run id; NaN comes behind all numbers, missing values last. */
export function runComparator(order: readonly OrderTerm[]): (a: Run, b: Run) => number {
  const byTerms = order.map(termComparator);
  const hasStartTime = order.some((term) => term.field.entity === "attribute" && term.field.key === "start_time");
  const newestFirst = termComparator({ field: { entity: "attribute", key: "start_time" }, ascending: false });
  const comparators = [...byTerms, ...(hasStartTime ? [] : [newestFirst]), (a: Run, b: Run) => compareText(a.runId, b.runId)];
  return (a, b) => {
    for (const compare of comparators) {
      const result = compare(a, b);
      if (result !== 0) {
        return result;
      }
    }
    return 0;
  };
}

function matchesComparison(run: Run, comparison: Comparison): boolean {
  const { field, comparator, value } = comparison;
  switch (field.entity) {
    case "metric":
      return compares(clamp(run.metrics.get(field.key)?.value), comparator, value);
    case "param":
      return compares(run.params.get(field.key), comparator, value);
    case "tag":
      return compares(run.tags.get(field.key), comparator, value);
    case "dataset":
      return run.inputs.some((input) => compares(datasetValue(input, field.key), comparator, value));
    case "attribute":
      // MLflow looks a run's name up in its tag, because old databases have no name in the row.
      return compares(
        field.key === "run_name" ? run.tags.get(MLFLOW_TAG.runName) : (attributeValue(run, field.key) ?? undefined),
        comparator,
        value,
      );
  }
}

function compares(actual: string | number | undefined, comparator: Comparator, expected: Comparison["value"]): boolean {
  if (comparator === "IS NULL") {
    return actual === undefined;
  }
  if (actual === undefined) {
    return false;
  }
  switch (comparator) {
    case "=":
      return actual === expected;
    case "!=":
      return actual !== expected;
    case "<":
      return Number(actual) < Number(expected);
    case "<=":
      return Number(actual) <= Number(expected);
    case ">":
      return Number(actual) > Number(expected);
    case ">=":
      return Number(actual) >= Number(expected);
    case "LIKE":
      return matchesLike(String(actual), String(expected), false);
    case "ILIKE":
      return matchesLike(String(actual), String(expected), true);
    case "IN":
      return Array.isArray(expected) && expected.includes(actual);
    case "NOT IN":
      return Array.isArray(expected) && !expected.includes(actual);
    case "IS NOT NULL":
      return true;
  }
}

function termComparator(term: OrderTerm): (a: Run, b: Run) => number {
  const direction = term.ascending ? 1 : -1;
  return (a, b) => {
    const left = sortValue(a, term);
    const right = sortValue(b, term);
    const rank = rankOf(left) - rankOf(right);
    if (rank !== 0 || left === undefined || right === undefined || Number.isNaN(left)) {
      return rank;
    }
    return direction * (typeof left === "string" || typeof right === "string" ? compareText(String(left), String(right)) : left - right);
  };
}

/** Numbers and texts first, then NaN, then what is missing, in both directions. */
function rankOf(value: string | number | undefined): number {
  return value === undefined ? 2 : Number.isNaN(value) ? 1 : 0;
}

function sortValue(run: Run, { field }: OrderTerm): string | number | undefined {
  switch (field.entity) {
    case "metric":
      return clamp(run.metrics.get(field.key)?.value);
    case "param":
      return run.params.get(field.key);
    case "tag":
      return run.tags.get(field.key);
    default:
      return attributeValue(run, field.key) ?? undefined;
  }
}

function attributeValue(run: Run, key: string): string | number | null {
  switch (key) {
    case "run_id":
      return run.runId;
    case "run_name":
      return run.name;
    case "status":
      return run.status;
    case "start_time":
      return run.startTime;
    case "end_time":
      return run.endTime;
    case "user_id":
      return run.userId;
    case "artifact_uri":
      return run.artifactUri;
    default:
      return null;
  }
}

function datasetValue(input: Run["inputs"][number], key: string): string | undefined {
  return key === "name" ? input.name : key === "digest" ? input.digest : (input.context ?? undefined);
}

/** A database holds the largest double in place of an infinity, so `metrics.loss < 1e999` is true for one. */
function clamp(value: number | undefined): number | undefined {
  return value === undefined ? undefined : Math.max(-Number.MAX_VALUE, Math.min(Number.MAX_VALUE, value));
}
