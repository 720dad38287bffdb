import { t } from "../shared/l10n";
import type { GridColumn } from "../shared/virtualTable/gridTypes";
import type { DriftPageState, SortKey } from "./pageState";

export type DriftColumnId = "name" | "state" | "shape" | "score" | "direction" | "trend" | "missing" | "categories" | "verdict";

/** Which heading sorts by what. */
export const SORT_BY: Readonly<Partial<Record<string, SortKey>>> = { name: "name", state: "state", score: "score", missing: "missing" };

const WIDTHS: Readonly<Record<DriftColumnId, number>> = {
  name: 190,
  state: 104,
  shape: 112,
  score: 208,
  direction: 110,
  trend: 120,
  missing: 132,
  categories: 116,
  verdict: 420,
};
const NARROW_PANEL = 640;
const NARROW_NAME = 132;

/** The table's columns in order. @param room the table's width in pixels. @param parts which columns say anything at all. */
export function toDriftColumns(
  { widths, sort }: Pick<DriftPageState, "widths" | "sort">,
  room: number,
  parts: { readonly trend: boolean; readonly categories: boolean },
): readonly GridColumn[] {
  const column = (id: DriftColumnId, label: string, caption = "", note?: string): GridColumn => ({
    id,
    label,
    caption,
    note,
    width: widths[id] ?? (id === "name" && room < NARROW_PANEL ? NARROW_NAME : WIDTHS[id]),
    pinned: id === "name",
    align: "start",
    sort: SORT_BY[id] === sort.by ? { descending: sort.descending, place: null } : null,
  });
  const columns = [
    column("name", t("Column")),
    column("state", t("State")),
    column("shape", t("Shape"), "", t("Reference filled, current outlined, over the same bins")),
    column("score", t("Score"), t("against its limit"), t("The mark on the bar is the limit")),
    column("direction", t("Direction")),
    ...(parts.trend ? [column("trend", t("Over time"), "", t("Score by window; the dashed line is the limit"))] : []),
    column("missing", t("Missing"), t("before → now")),
    ...(parts.categories ? [column("categories", t("Categories"), t("new, lost"))] : []),
    column("verdict", t("What changed")),
  ];
  // The last column takes what room is left, so that sentences stand whole.
  const taken = columns.slice(0, -1).reduce((sum, { width }) => sum + width, 0);
  return columns.map((each) =>
    each.id === "verdict" && widths["verdict"] === undefined ? { ...each, width: Math.max(each.width, room - taken - 2) } : each,
  );
}
