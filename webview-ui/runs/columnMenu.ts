import type { MetricAggregate, TableColumn, TableLayout } from "../../src/protocol/runsTable";
import { t } from "../shared/l10n";
import type { MenuEntry } from "../shared/menu";
import { SEPARATOR } from "./columnLabels";
import { chooseAggregate, chooseDirection, groupByColumn, moveColumn, pinColumn, showColumn, sortColumn } from "./layoutEdits";

/** The menu of a heading. */
export function columnMenu(
  column: TableColumn,
  columns: readonly TableColumn[],
  layout: TableLayout,
  change: (layout: TableLayout) => void,
): readonly MenuEntry[] {
  const sort = layout.sort.find((term) => term.column === column.id);
  const entries: MenuEntry[] = [
    {
      kind: "radio",
      label: t("Sort Ascending"),
      checked: sort?.descending === false,
      run: () => change(sortColumn(layout, column.id, false)),
    },
    {
      kind: "radio",
      label: t("Sort Descending"),
      checked: sort?.descending === true,
      run: () => change(sortColumn(layout, column.id, true)),
    },
  ];
  if (sort !== undefined) {
    entries.push({ kind: "item", label: t("Do Not Sort"), run: () => change(sortColumn(layout, column.id, null)) });
  }
  if (column.family === "metric") {
    entries.push(SEPARATOR, { kind: "heading", label: t("Value") }, ...metricEntries(column, layout, change));
  }
  if (column.kind === "text" || column.kind === "status") {
    const grouped = layout.groupBy === column.id;
    entries.push(SEPARATOR, {
      kind: "check",
      label: t("Group by This Column"),
      checked: grouped,
      run: () => change(groupByColumn(layout, grouped ? null : column.id)),
    });
  }
  return [...entries, SEPARATOR, ...placeEntries(column, columns, layout, change)];
}

function metricEntries(column: TableColumn, layout: TableLayout, change: (layout: TableLayout) => void): readonly MenuEntry[] {
  const labels: readonly (readonly [MetricAggregate, string])[] = [
    ["last", t("Last")],
    ["best", t("Best")],
    ["min", t("Minimum")],
    ["max", t("Maximum")],
  ];
  return [
    ...labels.map(([aggregate, label]): MenuEntry => ({
      kind: "radio",
      label,
      checked: column.aggregate === aggregate,
      run: () => change(chooseAggregate(layout, column.id, aggregate)),
    })),
    SEPARATOR,
    {
      kind: "radio",
      label: t("Higher Is Better"),
      checked: column.direction === "up",
      run: () => change(chooseDirection(layout, column.id, "up")),
    },
    {
      kind: "radio",
      label: t("Lower Is Better"),
      checked: column.direction === "down",
      run: () => change(chooseDirection(layout, column.id, "down")),
    },
  ];
}

function placeEntries(
  column: TableColumn,
  columns: readonly TableColumn[],
  layout: TableLayout,
  change: (layout: TableLayout) => void,
): readonly MenuEntry[] {
  const likes = columns.filter((other) => other.visibility === "visible" && other.pinned === column.pinned);
  const at = likes.findIndex((other) => other.id === column.id);
  const previous = likes[at - 1];
  const afterNext = likes[at + 2] ?? columns[columns.findIndex((other) => other.id === likes[at + 1]?.id) + 1];
  return [
    {
      kind: "check",
      label: t("Pin at the Left"),
      checked: column.pinned,
      run: () => change(pinColumn(layout, columns, column.id, !column.pinned)),
    },
    {
      kind: "item",
      label: t("Move Left"),
      keys: t("Ctrl+Shift+Left"),
      disabled: previous === undefined,
      run: () => change(moveColumn(layout, columns, column.id, previous?.id ?? null)),
    },
    {
      kind: "item",
      label: t("Move Right"),
      keys: t("Ctrl+Shift+Right"),
      disabled: likes[at + 1] === undefined,
      run: () => change(moveColumn(layout, columns, column.id, afterNext?.id ?? null)),
    },
    {
      kind: "item",
      label: t("Hide Column"),
      disabled: column.id === "attribute:name",
      run: () => change(showColumn(layout, column.id, false)),
    },
  ];
}
