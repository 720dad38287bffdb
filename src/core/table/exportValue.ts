import type { ColumnId, TableColumn, TableLayout } from "../../protocol/runsTable";
import { ATTRIBUTE, parseColumnId } from "./columnId";
import { aggregateMetric } from "./metricSummary";
import { SILENT, type RunTable } from "./runTable";
import { metricChoice } from "./tableLayout";

/** A cell as it leaves the table: whole texts, full precision, times in ISO 8601, durations in seconds. */
export function exportValue(table: RunTable, row: number, id: ColumnId, layout: TableLayout): string | number | null {
  const value = table.column(id)?.get(row) ?? null;
  const parsed = parseColumnId(id);
  if (id === ATTRIBUTE.status && value === SILENT) {
    return "RUNNING";
  }
  if (typeof value !== "number" || parsed === null) {
    return value;
  }
  switch (id) {
    case ATTRIBUTE.start:
    case ATTRIBUTE.end: {
      const date = new Date(value);
      return Number.isNaN(date.getTime()) ? value : date.toISOString();
    }
    case ATTRIBUTE.duration:
      return value / 1000;
    default: {
      const { aggregate, direction } = metricChoice(layout, id);
      return aggregateMetric(value, table.summary(parsed.key, row), aggregate, direction);
    }
  }
}

/** The heading of an exported column: unlike on the screen, it says the unit and which value of a metric it is. */
export function exportHeading(column: TableColumn): string {
  if (column.kind === "duration") {
    return `${column.label} (s)`;
  }
  return column.aggregate === null || column.aggregate === "last" ? column.label : `${column.label} (${column.aggregate})`;
}
