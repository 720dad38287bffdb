import { t } from "../shared/l10n";
import type { GridColumn } from "../shared/virtualTable/gridTypes";
import { CHALLENGES } from "./lights";
import { OVERVIEW_COLUMNS, type OverviewColumnId, type OverviewPageState } from "./pageState";

const WIDTHS: Readonly<Record<OverviewColumnId, number>> = {
  name: 200,
  next: 520,
  effort: 124,
  cost: 124,
  knowledge: 124,
  responsibility: 124,
  compliance: 124,
  stage: 76,
  owner: 170,
  version: 150,
  kpi: 190,
  drift: 104,
  approvals: 90,
  "cost-month": 150,
  duty: 220,
};
const NARROW_PANEL = 640;
const NARROW_NAME = 140;
const NARROW_NEXT = 240;

/** Details stand beside the table where the page is as wide as this, in pixels, and below it elsewhere. */
const BESIDE_FROM = 900;
const WIDEST_DETAILS = 440;
const DETAILS_SHARE = 0.46;

/** What details leave to the table, in pixels. @param room the page's width. */
export function tableRoom(room: number, hasDetails: boolean): number {
  return hasDetails && room >= BESIDE_FROM ? room - Math.min(WIDEST_DETAILS, room * DETAILS_SHARE) : room;
}

/** The table's columns in order. @param room the table's width in pixels. */
export function toOverviewGridColumns({ widths, sort }: Pick<OverviewPageState, "widths" | "sort">, room: number): readonly GridColumn[] {
  const labels: Readonly<Record<OverviewColumnId, readonly [label: string, caption: string, note?: string]>> = {
    name: [t("Product"), ""],
    next: [t("What is next"), t("the worst light"), t("Why, and one click to do something about it")],
    effort: [t(CHALLENGES.effort), ""],
    cost: [t(CHALLENGES.cost), ""],
    knowledge: [t(CHALLENGES.knowledge), ""],
    responsibility: [t(CHALLENGES.responsibility), ""],
    compliance: [t(CHALLENGES.compliance), ""],
    stage: [t("Stage"), ""],
    owner: [t("Owner"), ""],
    version: [t("At work"), t("version, age")],
    kpi: [t("KPI"), t("over time")],
    drift: [t("Drift"), t("last check")],
    approvals: [t("Approvals"), t("open")],
    "cost-month": [t("Cost"), t("this month")],
    duty: [t("Next duty"), ""],
  };
  return OVERVIEW_COLUMNS.map((id) => {
    const [label, caption, note] = labels[id];
    return {
      ...{ id, label, caption, note },
      width: widths[id] ?? widthOf(id, room, widths["name"]),
      pinned: id === "name",
      align: id === "approvals" || id === "cost-month" ? "end" : "start",
      sort: sort.by === id ? { descending: sort.descending, place: null } : null,
    };
  });
}

/** In a narrow panel the name and what is next fill it, so that their buttons are in sight. */
function widthOf(id: OverviewColumnId, room: number, name = NARROW_NAME): number {
  const isNarrow = room > 0 && room < NARROW_PANEL;
  return isNarrow && id === "name" ? NARROW_NAME : isNarrow && id === "next" ? Math.max(NARROW_NEXT, room - name - 16) : WIDTHS[id];
}
