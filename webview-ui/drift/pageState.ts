import type { DriftState } from "../../src/protocol/drift";
import { STATE_ORDER } from "./driftStates";

export const DRIFT_TABS = ["columns", "time", "correlations", "segments", "notes"] as const;
export type DriftTab = (typeof DRIFT_TABS)[number];

export const SORTS = ["name", "state", "score", "missing"] as const;
export type SortKey = (typeof SORTS)[number];

/** What the user arranged on the page itself; kept over a reload beside the host's ids. */
export interface DriftPageState {
  readonly tab: DriftTab;
  /** The column whose details are open. */
  readonly column: string | null;
  readonly sort: { readonly by: SortKey; readonly descending: boolean };
  /** States that are shown; none chosen shows all. */
  readonly states: readonly DriftState[];
  readonly widths: Readonly<Record<string, number>>;
  /** The column by which rows are told apart. */
  readonly segmentColumn: string | null;
}

export const DEFAULT_DRIFT_STATE: DriftPageState = {
  tab: "columns",
  column: null,
  sort: { by: "state", descending: false },
  states: [],
  widths: {},
  segmentColumn: null,
};

/** The page's part of a kept state; what does not fit is as on the first day. */
export function readDriftState(kept: unknown): DriftPageState {
  const page = field(kept, "page");
  const sort = field(page, "sort");
  const text = (name: string): string | null => {
    const value = field(page, name);
    return typeof value === "string" ? value : null;
  };
  const states = field(page, "states");
  return {
    tab: DRIFT_TABS.find((tab) => tab === field(page, "tab")) ?? DEFAULT_DRIFT_STATE.tab,
    column: text("column"),
    sort: {
      by: SORTS.find((key) => key === field(sort, "by")) ?? DEFAULT_DRIFT_STATE.sort.by,
      descending: field(sort, "descending") === true,
    },
    states: STATE_ORDER.filter((state) => Array.isArray(states) && states.includes(state)),
    widths: Object.fromEntries(
      Object.entries(field(page, "widths") ?? {}).filter(
        (entry): entry is [string, number] => typeof entry[1] === "number" && entry[1] > 0 && entry[1] < 5000,
      ),
    ),
    segmentColumn: text("segmentColumn"),
  };
}

/** The page as the host wants it to be looked at: open at a column, or at the KPIs over time. */
export function withFocus(page: DriftPageState, target: unknown): DriftPageState {
  const focus = field(target, "focus");
  const name = field(focus, "name");
  return field(focus, "kind") === "kpi"
    ? { ...page, tab: "time" }
    : typeof name === "string"
      ? { ...page, tab: "columns", column: name, states: [] }
      : page;
}

/** The KPI that the host wants to be looked at; null where it wants none. */
export function kpiOf(target: unknown): string | null {
  const focus = field(target, "focus");
  const name = field(focus, "name");
  return field(focus, "kind") === "kpi" && typeof name === "string" ? name : null;
}

/** What tells one wish of the host from the next. */
export function focusOf(target: unknown): string {
  return JSON.stringify(field(target, "focus") ?? null);
}

function field(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>)[name] : undefined;
}
