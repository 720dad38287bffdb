import type { TableColumn, TableLine } from "../../src/protocol/runsTable";
import { t } from "../shared/l10n";
import type { MenuEntry } from "../shared/menu";
import { SEPARATOR } from "./columnLabels";

export interface RowActions {
  readonly open: () => void;
  readonly toggle: () => void;
  readonly select: () => void;
  readonly copyCell: () => void;
  readonly copyRow: () => void;
  readonly copySelected: () => void;
  readonly copyId: () => void;
}

/** The menu of a run, or of a group. */
export function rowMenu(line: TableLine, column: TableColumn | undefined, selectedRuns: number, actions: RowActions): readonly MenuEntry[] {
  if (line.kind === "group") {
    return [
      { kind: "item", label: line.expanded ? t("Collapse") : t("Expand"), keys: t("Enter"), run: actions.toggle },
      { kind: "item", label: t("Select or Deselect Its Runs"), keys: t("Space"), run: actions.select },
    ];
  }
  const entries: MenuEntry[] = [
    { kind: "item", label: t("Open Run"), icon: "go-to-file", keys: t("Enter"), run: actions.open },
    { kind: "check", label: t("Selected"), checked: line.selected, keys: t("Space"), run: actions.select },
    SEPARATOR,
  ];
  if (column !== undefined) {
    entries.push({ kind: "item", label: t("Copy Value"), icon: "copy", keys: t("Ctrl+C"), run: actions.copyCell });
  }
  entries.push({ kind: "item", label: t("Copy Row"), keys: t("Ctrl+Shift+C"), run: actions.copyRow });
  if (selectedRuns > 1) {
    entries.push({ kind: "item", label: t("Copy {0} Selected Rows", selectedRuns), run: actions.copySelected });
  }
  entries.push({ kind: "item", label: t("Copy Run ID"), run: actions.copyId });
  return entries;
}
