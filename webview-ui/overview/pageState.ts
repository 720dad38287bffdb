import { OVERVIEW_COST_SIDES, type OverviewCostSide, type OverviewLight } from "../../src/protocol/overview";
import { CHALLENGE_ORDER, LIGHT_ORDER } from "./lights";

export const OVERVIEW_TABS = ["overview", "cost", "waste", "effort", "stack"] as const;
export type OverviewTab = (typeof OVERVIEW_TABS)[number];

/** Headings of the table, which all sort. */
export const OVERVIEW_COLUMNS = [
  "name",
  "next",
  ...CHALLENGE_ORDER,
  "stage",
  "owner",
  "version",
  "kpi",
  "drift",
  "approvals",
  "cost-month",
  "duty",
] as const;
export type OverviewColumnId = (typeof OVERVIEW_COLUMNS)[number];

export const GROUPINGS = ["none", "team", "stage"] as const;
export type Grouping = (typeof GROUPINGS)[number];

/** What the user arranged on the page itself; kept over a reload. */
export interface OverviewPageState {
  readonly tab: OverviewTab;
  readonly query: string;
  /** Products with one of these lights are shown; none chosen shows all. */
  readonly lights: readonly OverviewLight[];
  readonly onlyMine: boolean;
  readonly groupBy: Grouping;
  /** Groups that are folded away, by their ids. */
  readonly folded: readonly string[];
  readonly sort: { readonly by: OverviewColumnId; readonly descending: boolean };
  readonly widths: Readonly<Record<string, number>>;
  /** The product whose details are open. */
  readonly open: string | null;
  readonly costSide: OverviewCostSide;
  /** YYYY-MM; null for the newest that there is. */
  readonly costMonth: string | null;
}

export const DEFAULT_OVERVIEW_STATE: OverviewPageState = {
  tab: "overview",
  query: "",
  lights: [],
  onlyMine: false,
  groupBy: "none",
  folded: [],
  sort: { by: "next", descending: false },
  widths: {},
  open: null,
  costSide: "product",
  costMonth: null,
};

/** The page's part of a kept state; what does not fit is as on the first day. */
export function readOverviewState(kept: unknown): OverviewPageState {
  const page = field(kept, "page");
  const sort = field(page, "sort");
  const day = DEFAULT_OVERVIEW_STATE;
  const open = field(page, "open");
  const costMonth = field(page, "costMonth");
  const query = field(page, "query");
  const lights = field(page, "lights");
  return {
    tab: oneOf(OVERVIEW_TABS, field(page, "tab")) ?? day.tab,
    query: typeof query === "string" ? query.slice(0, 200) : "",
    lights: LIGHT_ORDER.filter((light) => Array.isArray(lights) && lights.includes(light)),
    onlyMine: field(page, "onlyMine") === true,
    groupBy: oneOf(GROUPINGS, field(page, "groupBy")) ?? day.groupBy,
    folded: texts(field(page, "folded")),
    sort: { by: oneOf(OVERVIEW_COLUMNS, field(sort, "by")) ?? day.sort.by, descending: field(sort, "descending") === true },
    widths: Object.fromEntries(
      Object.entries(field(page, "widths") ?? {}).filter(
        (entry): entry is [string, number] => typeof entry[1] === "number" && entry[1] > 0 && entry[1] < 5000,
      ),
    ),
    open: typeof open === "string" ? open : null,
    costSide: oneOf(OVERVIEW_COST_SIDES, field(page, "costSide")) ?? day.costSide,
    costMonth: typeof costMonth === "string" ? costMonth : null,
  };
}

function oneOf<T extends string>(known: readonly T[], value: unknown): T | undefined {
  return known.find((one) => one === value);
}

function texts(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((one): one is string => typeof one === "string") : [];
}

function field(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>)[name] : undefined;
}
