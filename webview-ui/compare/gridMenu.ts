import type { CompareView } from "../../src/protocol/compare";
import { t } from "../shared/l10n";
import type { MenuEntry } from "../shared/menu";
import { columnLabels } from "./labels";
import type { Line } from "./lines";
import { artifactMenu, columnMenu, rowMenu } from "./menus";
import type { PageActions } from "./pageActions";

export interface GridMenuContext {
  readonly view: CompareView;
  /** All lines that the table shows. */
  readonly lines: readonly Line[];
  readonly actions: PageActions;
  readonly folded: readonly string[];
  readonly setFolded: (folded: readonly string[]) => void;
  /** Opens a second menu in the place of the first one. */
  readonly choose: (label: string, entries: readonly MenuEntry[]) => void;
}

/** The menu of a place in the table, or null where there is none. @param row a line, or -1 for the headings; @param column null for the key. */
export function gridMenu(
  row: number,
  column: number | null,
  context: GridMenuContext,
): { readonly label: string; readonly entries: readonly MenuEntry[] } | null {
  const { view, lines, actions, choose } = context;
  if (row === -1) {
    return column === null
      ? { label: t("Column {0}", t("Key")), entries: foldMenu(context) }
      : { label: t("Column {0}", columnLabels(view)[column] ?? ""), entries: columnMenu(view, column, actions) };
  }
  const line = lines[row];
  switch (line?.kind) {
    case "row":
      return { label: line.label, entries: rowMenu(view, line, column, actions, choose) };
    case "artifact":
      return { label: line.entry.path, entries: artifactMenu(view, line, column, actions, choose) };
    case "section":
    case "prefix":
      return { label: t("Sections"), entries: foldMenu(context) };
    default:
      return null;
  }
}

function foldMenu({ lines, folded, setFolded }: GridMenuContext): readonly MenuEntry[] {
  const foldable = lines.flatMap((line) => (line.kind === "section" || line.kind === "prefix" ? [line.id] : []));
  return [
    { kind: "item", label: t("Expand All"), run: () => setFolded([]) },
    { kind: "item", label: t("Collapse All"), icon: "collapse-all", run: () => setFolded([...new Set([...folded, ...foldable])]) },
  ];
}
