import type { TableColumn, TableLayout } from "../../src/protocol/runsTable";
import { t } from "../shared/l10n";
import type { MenuEntry } from "../shared/menu";
import { columnLabel, familyLabel, SEPARATOR } from "./columnLabels";
import { groupByColumn } from "./layoutEdits";

/** A menu is read from top to bottom; of more than this, the rest is grouped by through the heading's own menu. */
const MAX_GROUPABLE = 40;
const ALWAYS = ["attribute:experiment", "attribute:store", "attribute:status", "attribute:user", "attribute:dataset", "attribute:source"];

export function groupMenu(
  columns: readonly TableColumn[],
  layout: TableLayout,
  change: (layout: TableLayout) => void,
): readonly MenuEntry[] {
  const entryOf = (column: TableColumn): MenuEntry => ({
    kind: "radio",
    label: columnLabel(column),
    checked: layout.groupBy === column.id,
    run: () => change(groupByColumn(layout, column.id)),
  });
  const entries: MenuEntry[] = [
    { kind: "radio", label: t("No Groups"), checked: layout.groupBy === null, run: () => change(groupByColumn(layout, null)) },
    SEPARATOR,
    ...columns.filter((column) => ALWAYS.includes(column.id)).map(entryOf),
  ];
  for (const family of ["param", "tag"] as const) {
    const all = columns.filter((column) => column.family === family && !column.id.startsWith("tag:mlflow."));
    if (all.length > 0) {
      entries.push({ kind: "heading", label: familyLabel(family) }, ...all.slice(0, MAX_GROUPABLE).map(entryOf));
      if (all.length > MAX_GROUPABLE) {
        entries.push({
          kind: "heading",
          label: t("Showing {0} of {1}; the others group by the menu of their column.", MAX_GROUPABLE, all.length),
        });
      }
    }
  }
  return entries;
}

export interface MoreActions {
  readonly change: (layout: Partial<TableLayout>) => void;
  readonly exportCsv: () => void;
  readonly reload: () => void;
}

export function moreMenu(layout: TableLayout, actions: MoreActions): readonly MenuEntry[] {
  return [
    {
      kind: "check",
      label: t("Sparklines"),
      checked: layout.sparklines,
      run: () => actions.change({ ...layout, sparklines: !layout.sparklines }),
    },
    SEPARATOR,
    { kind: "item", label: t("Export CSV…"), run: actions.exportCsv },
    { kind: "item", label: t("Read Again"), icon: "refresh", run: actions.reload },
    SEPARATOR,
    { kind: "item", label: t("Reset the Table"), run: () => actions.change({}) },
  ];
}
