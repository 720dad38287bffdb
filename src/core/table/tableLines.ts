import type { Cell, ColumnId, TableLayout, TableLine } from "../../protocol/runsTable";
import { oneLine } from "../base/oneLine";
import { toWireNumber } from "../tracking/metricGroups";
import type { StoreId } from "../tracking/storeLocation";
import { parentKey } from "./collapseKeys";
import { parseColumnId } from "./columnId";
import { aggregateMetric } from "./metricSummary";
import type { RunTable } from "./runTable";
import { metricChoice } from "./tableLayout";
import type { TableView } from "./tableView";

export interface LineContext {
  readonly layout: TableLayout;
  readonly collapsed: ReadonlySet<string>;
  /** Row numbers. */
  readonly selected: ReadonlySet<number>;
  readonly staleStores: ReadonlySet<StoreId>;
}

/** A history that the lines would show if it were known. */
export interface MissingHistory {
  readonly metric: string;
  readonly row: number;
}

/** More than a cell shows; the whole text is to be had by copying. */
const CELL_LENGTH = 400;

/** The lines `from` … `to` with their cells, and the metric histories that they lack. */
export function toTableLines(
  table: RunTable,
  view: TableView,
  range: { readonly from: number; readonly to: number },
  columns: readonly ColumnId[],
  context: LineContext,
): { readonly lines: readonly TableLine[]; readonly missing: readonly MissingHistory[] } {
  const missing: MissingHistory[] = [];
  const cellsOf = columns.map((id) => cellReader(table, id, context.layout, missing));
  const lines: TableLine[] = [];
  for (let index = Math.max(0, range.from); index < Math.min(range.to, view.lines.length); index++) {
    const code = view.lines[index] ?? 0;
    const group = code < 0 ? view.groups[-1 - code] : undefined;
    if (group !== undefined) {
      lines.push({
        kind: "group",
        column: group.column,
        label: group.label === null ? null : oneLine(group.label, CELL_LENGTH),
        runs: group.rows.length,
        selectedRuns: context.selected.size === 0 ? 0 : group.rows.reduce((sum, row) => sum + (context.selected.has(row) ? 1 : 0), 0),
        expanded: group.expanded,
      });
      continue;
    }
    const entry = table.at(code);
    lines.push({
      kind: "run",
      storeId: entry?.storeId ?? "",
      runId: entry?.run.runId ?? "",
      name: oneLine(entry?.run.name ?? "", CELL_LENGTH),
      depth: view.depths[index] ?? 0,
      children: view.childCounts.get(code) ?? 0,
      expanded: !context.collapsed.has(parentKey(code)),
      selected: context.selected.has(code),
      stale: entry !== undefined && context.staleStores.has(entry.storeId),
      cells: entry === undefined ? columns.map(() => null) : cellsOf.map((cellOf) => cellOf(code)),
    });
  }
  return { lines, missing };
}

function cellReader(table: RunTable, id: ColumnId, layout: TableLayout, missing: MissingHistory[]): (row: number) => Cell {
  const column = table.column(id);
  const parsed = parseColumnId(id);
  if (column === undefined || parsed === null) {
    return () => null;
  }
  if (parsed.family !== "metric") {
    return (row) => {
      const value = column.get(row);
      return typeof value === "string" ? oneLine(value, CELL_LENGTH) : value;
    };
  }
  const { aggregate, direction } = metricChoice(layout, id);
  const wantsHistory = aggregate !== "last" || layout.sparklines;
  return (row) => {
    const last = column.get(row) as number | null;
    if (last === null) {
      return null;
    }
    if (!wantsHistory) {
      return Number.isFinite(last) ? last : { value: toWireNumber(last), curve: null, pending: false };
    }
    const summary = table.summary(parsed.key, row);
    if (summary === undefined) {
      missing.push({ metric: parsed.key, row });
    }
    const value = aggregateMetric(last, summary, aggregate, direction);
    return {
      value: value === null ? null : toWireNumber(value),
      curve: layout.sparklines ? (summary?.curve ?? null) : null,
      pending: summary === undefined,
    };
  };
}
