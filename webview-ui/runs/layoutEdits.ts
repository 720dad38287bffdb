import type { ColumnId, MetricAggregate, MetricDirection, SortTerm, TableColumn, TableLayout } from "../../src/protocol/runsTable";

/** The order in which all columns stand now, so that an edit of it keeps what the user sees. */
function currentOrder(columns: readonly TableColumn[]): ColumnId[] {
  return columns.map((column) => column.id);
}

export function showColumn(layout: TableLayout, id: ColumnId, show: boolean): TableLayout {
  const without = (ids: readonly ColumnId[]): ColumnId[] => ids.filter((other) => other !== id);
  return {
    ...layout,
    shown: show ? [...without(layout.shown), id] : without(layout.shown),
    hidden: show ? without(layout.hidden) : [...without(layout.hidden), id],
  };
}

export function showColumns(layout: TableLayout, ids: readonly ColumnId[], show: boolean): TableLayout {
  return ids.reduce((edited, id) => showColumn(edited, id, show), layout);
}

export function moveColumn(layout: TableLayout, columns: readonly TableColumn[], id: ColumnId, before: ColumnId | null): TableLayout {
  const order = currentOrder(columns).filter((other) => other !== id);
  const at = before === null ? order.length : order.indexOf(before);
  order.splice(at < 0 ? order.length : at, 0, id);
  return { ...layout, order };
}

export function pinColumn(layout: TableLayout, columns: readonly TableColumn[], id: ColumnId, pin: boolean): TableLayout {
  const pinned = layout.pinned.filter((other) => other !== id);
  return { ...layout, order: currentOrder(columns), pinned: pin ? [...pinned, id] : pinned };
}

export function resizeColumn(layout: TableLayout, id: ColumnId, width: number): TableLayout {
  return { ...layout, widths: { ...layout.widths, [id]: width } };
}

/**
 * A click sorts by the column alone: first in the direction that shows the best or newest on top, then the other way, then
 * not at all. With `add` the column joins those that sort already.
 */
export function sortByColumn(layout: TableLayout, column: TableColumn, add: boolean): TableLayout {
  const current = layout.sort.find((term) => term.column === column.id);
  const others = add ? layout.sort.filter((term) => term.column !== column.id) : [];
  const first = descendsFirst(column);
  const next: SortTerm | null =
    current === undefined
      ? { column: column.id, descending: first }
      : current.descending === first
        ? { ...current, descending: !first }
        : null;
  if (next === null) {
    return { ...layout, sort: others };
  }
  if (add && current !== undefined) {
    return { ...layout, sort: layout.sort.map((term) => (term.column === column.id ? next : term)) };
  }
  return { ...layout, sort: [...others, next] };
}

export function sortColumn(layout: TableLayout, id: ColumnId, descending: boolean | null): TableLayout {
  return { ...layout, sort: descending === null ? [] : [{ column: id, descending }] };
}

function descendsFirst(column: TableColumn): boolean {
  return column.kind === "time" || column.kind === "duration" || column.direction === "up";
}

export function chooseAggregate(layout: TableLayout, id: ColumnId, aggregate: MetricAggregate): TableLayout {
  return { ...layout, aggregates: { ...layout.aggregates, [id]: aggregate } };
}

export function chooseDirection(layout: TableLayout, id: ColumnId, direction: MetricDirection): TableLayout {
  return { ...layout, directions: { ...layout.directions, [id]: direction } };
}

export function groupByColumn(layout: TableLayout, id: ColumnId | null): TableLayout {
  return { ...layout, groupBy: id };
}
