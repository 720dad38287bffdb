import type { ColumnId } from "../../protocol/runsTable";
import { matchesFilter } from "../tracking/filter/matchRun";
import type { FilterField, RunFilter } from "../tracking/filter/runFilter";
import { NumberColumn } from "./numberColumn";
import type { RunTable } from "./runTable";
import { TextColumn } from "./textColumn";
import { STEPS_BETWEEN_PAUSES, type Work } from "./work";

/** Which runs the table shows: those that contain a text in a column that is seen, or that satisfy MLflow's filter language. */
export type RowFilter =
  | { readonly kind: "contains"; readonly text: string; readonly columns: readonly ColumnId[] }
  | { readonly kind: "language"; readonly filter: RunFilter };

export function* filterRows(table: RunTable, rows: Uint32Array, filter: RowFilter | null): Work<Uint32Array> {
  if (filter === null) {
    return rows;
  }
  const test = filter.kind === "contains" ? yield* containsTest(table, filter.text, filter.columns) : languageTest(table, filter.filter);
  const kept = new Uint32Array(rows.length);
  let count = 0;
  for (let index = 0; index < rows.length; index++) {
    const row = rows[index] ?? 0;
    if (test(row)) {
      kept[count++] = row;
    }
    if (index % (STEPS_BETWEEN_PAUSES / 25) === 0) {
      yield;
    }
  }
  return kept.slice(0, count);
}

function* containsTest(table: RunTable, text: string, ids: readonly ColumnId[]): Work<(row: number) => boolean> {
  const wanted = text.trim().toLowerCase();
  const matching: { readonly column: TextColumn; readonly codes: Uint8Array }[] = [];
  const numbers: NumberColumn[] = [];
  const isNumeric = /^[-+.\d]/.test(wanted);
  for (const id of ids) {
    const column = table.column(id);
    if (column instanceof TextColumn) {
      const codes = column.matchingCodes((value) => value.toLowerCase().includes(wanted));
      if (codes.includes(1)) {
        matching.push({ column, codes });
      }
    } else if (column instanceof NumberColumn && isNumeric && id.startsWith("metric:")) {
      numbers.push(column);
    }
    yield;
  }
  return (row) =>
    matching.some(({ column, codes }) => codes[column.code(row)] === 1) ||
    numbers.some((column) => {
      const value = column.get(row);
      return value !== null && String(value).includes(wanted);
    });
}

function languageTest(table: RunTable, filter: RunFilter): (row: number) => boolean {
  const ids = filter.map(({ field }) => columnOf(field)).filter((id) => id !== null);
  return (row) => {
    const run = table.runWith(row, ids);
    return run !== undefined && matchesFilter(run, filter);
  };
}

function columnOf(field: FilterField): ColumnId | null {
  switch (field.entity) {
    case "param":
    case "metric":
    case "tag":
      return `${field.entity}:${field.key}`;
    case "attribute":
    case "dataset":
      return null;
  }
}
