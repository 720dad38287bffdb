import { csvLine } from "../base/csvLine";
import { finish, mapInSteps, type Steps } from "../base/steps";
import type { ArrangedCell, ArrangedComparison } from "./arrangeComparison";
import { headingsOf } from "./cellTexts";
import { pickRows } from "./pickRows";
import type { ComparedRow } from "./runComparison";

/**
 * The rows given as CSV (RFC 4180) with whole values: numbers in full, times in ISO 8601, durations in seconds. A group has
 * three columns: mean or text, standard deviation, and number of values.
 * @param shown indexes of rows, in order.
 */
export function toCsv(arranged: ArrangedComparison, shown: readonly number[]): string {
  return finish(toCsvInSteps(arranged, shown));
}

/** The same in steps of one row. */
export function* toCsvInSteps(arranged: ArrangedComparison, shown: readonly number[]): Steps<string> {
  const headings = headingsOf(arranged);
  const isGrouped = arranged.groups !== null;
  const head = csvLine(["section", "key", ...(isGrouped ? headings.flatMap((name) => [name, `${name} sd`, `${name} n`]) : headings)]);
  const ids = isGrouped ? "" : csvLine(["summary", "run_id", ...arranged.comparison.runs.map(({ run }) => run.runId)]);
  yield;
  const lines = yield* mapInSteps(pickRows(arranged.rows, shown), ({ row, cells }) => {
    const key = row.kind === "duration" ? `${row.key} (s)` : row.key;
    return csvLine([row.section, key, ...cells.flatMap((cell) => toFields(cell, row, isGrouped))]);
  });
  return head + ids + lines.join("");
}

function toFields(cell: ArrangedCell, row: ComparedRow, isGrouped: boolean): (string | number | null)[] {
  if (typeof cell === "object" && cell !== null) {
    const spread = cell.spread === null ? null : row.kind === "duration" || row.kind === "time" ? cell.spread / 1000 : cell.spread;
    return [cell.count === 0 ? null : toField(cell.mean, row.kind), spread, cell.count];
  }
  const field = typeof cell === "number" ? toField(cell, row.kind) : cell;
  return isGrouped ? [field, null, null] : [field];
}

function toField(value: number, kind: ComparedRow["kind"]): string | number {
  switch (kind) {
    case "time":
      return Math.abs(value) <= 8.64e15 ? new Date(value).toISOString() : value;
    case "duration":
      return value / 1000;
    default:
      return value;
  }
}
