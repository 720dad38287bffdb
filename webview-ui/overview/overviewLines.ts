import type { OverviewChallenge, OverviewLight, OverviewRow, OverviewState } from "../../src/protocol/overview";
import { CHALLENGE_ORDER, LIGHT_ORDER, STAGE_ORDER } from "./lights";
import type { OverviewColumnId, OverviewPageState } from "./pageState";

/** A line of the table: a product, or the heading of a group. */
export type OverviewLine =
  | { readonly kind: "group"; readonly id: string; readonly group: string | null; readonly count: number; readonly isFolded: boolean }
  | { readonly kind: "product"; readonly id: string; readonly row: OverviewRow };

export type LineChoice = Pick<OverviewPageState, "query" | "lights" | "onlyMine" | "groupBy" | "folded" | "sort">;

/** Making a collator takes longer than a thousand comparisons. */
const names = new Intl.Collator(undefined, { numeric: true, sensitivity: "base" });

/** What the table shows: filtered, sorted, and in groups where that is wanted. */
export function toOverviewLines(rows: readonly OverviewRow[], choice: LineChoice): readonly OverviewLine[] {
  const sorted = sortRows(
    rows.filter((row) => isWanted(row, choice)),
    choice.sort,
  );
  const { groupBy, folded } = choice;
  if (groupBy === "none") {
    return sorted.map(toLine);
  }
  const groups = new Map<string | null, OverviewRow[]>();
  for (const row of sorted) {
    const group = row[groupBy];
    groups.set(group, [...(groups.get(group) ?? []), row]);
  }
  return [...groups]
    .sort(([a], [b]) => compareGroups(groupBy, a, b))
    .flatMap(([group, members]): readonly OverviewLine[] => {
      const id = `group:${groupBy}:${group ?? ""}`;
      const isFolded = folded.includes(id);
      return [{ kind: "group", id, group, count: members.length, isFolded }, ...(isFolded ? [] : members.map(toLine))];
    });
}

/** The worst light of a product and its challenge; undefined for a product without any. */
export function worstOf({ challenges }: OverviewRow): OverviewState | undefined {
  return [...challenges].sort(
    (a, b) =>
      LIGHT_ORDER.indexOf(a.light) - LIGHT_ORDER.indexOf(b.light) ||
      // Of two that are equally bad, the one that somebody can do something about.
      Number(a.action === null) - Number(b.action === null) ||
      CHALLENGE_ORDER.indexOf(a.challenge) - CHALLENGE_ORDER.indexOf(b.challenge),
  )[0];
}

export function stateOf({ challenges }: OverviewRow, challenge: OverviewChallenge): OverviewState | undefined {
  return challenges.find((state) => state.challenge === challenge);
}

/** How many products have a light, for the filter's buttons. */
export function countLights(rows: readonly OverviewRow[]): Readonly<Record<OverviewLight, number>> {
  const counts: Record<OverviewLight, number> = { trouble: 0, attention: 0, unknown: 0, good: 0 };
  for (const row of rows) {
    counts[worstOf(row)?.light ?? "unknown"]++;
  }
  return counts;
}

export function isWaitingForMe({ waits }: OverviewRow): boolean {
  return waits.some(({ isMine }) => isMine);
}

function isWanted(row: OverviewRow, { query, lights, onlyMine }: LineChoice): boolean {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  const text = [row.name, row.config ?? "", row.team ?? "", row.owner ?? "", row.version?.place ?? ""].join(" ").toLowerCase();
  return (
    (!onlyMine || isWaitingForMe(row)) &&
    (lights.length === 0 || lights.includes(worstOf(row)?.light ?? "unknown")) &&
    words.every((word) => text.includes(word))
  );
}

function toLine(row: OverviewRow): OverviewLine {
  return { kind: "product", id: `product:${row.id}`, row };
}

/** What belongs to nobody comes last. */
function compareGroups(groupBy: "team" | "stage", a: string | null, b: string | null): number {
  if (a === null || b === null) {
    return Number(a === null) - Number(b === null);
  }
  const order = (stage: string): number => STAGE_ORDER.findIndex((one) => one === stage);
  return groupBy === "stage" ? order(a) - order(b) : names.compare(a, b);
}

function sortRows(rows: readonly OverviewRow[], { by, descending }: OverviewPageState["sort"]): readonly OverviewRow[] {
  const keys = new Map(rows.map((row) => [row, sortKey(row, by)]));
  const key = (row: OverviewRow): number | string | null => keys.get(row) ?? null;
  const turn = descending ? -1 : 1;
  return [...rows].sort((a, b) => {
    const [left, right] = [key(a), key(b)];
    // Nothing to sort by stays at the end in both directions.
    if (left === null || right === null) {
      return left === right ? byName(a, b) : left === null ? 1 : -1;
    }
    const order = typeof left === "number" && typeof right === "number" ? left - right : names.compare(String(left), String(right));
    return order === 0 ? byName(a, b) : order * turn;
  });
}

function byName(a: OverviewRow, b: OverviewRow): number {
  return names.compare(a.name, b.name) || (a.id === b.id ? 0 : a.id < b.id ? -1 : 1);
}

/** Smaller comes first: the worst, the nearest, the dearest. */
function sortKey(row: OverviewRow, by: OverviewColumnId): number | string | null {
  switch (by) {
    case "name":
      return row.name;
    case "next":
      return urgency(row);
    case "stage":
      return STAGE_ORDER.indexOf(row.stage);
    case "owner":
      return row.owner;
    case "version":
      return row.version?.since ?? null;
    case "kpi":
      return row.kpi === null ? null : STATUS_ORDER.indexOf(row.kpi.status);
    case "drift":
      return row.drift === null ? null : STATUS_ORDER.indexOf(row.drift.status);
    case "approvals":
      return -row.openApprovals;
    case "cost-month":
      return row.cost === null || isWithoutPrice(row) ? null : -row.cost.amount;
    case "duty":
      return row.nextDuty?.date ?? null;
    default: {
      const light = stateOf(row, by)?.light;
      return light === undefined ? null : LIGHT_ORDER.indexOf(light);
    }
  }
}

const STATUS_ORDER = ["fail", "warn", "unjudged", "ok"] as const;

/** Worst light first, and of equal ones those with more such lights. */
function urgency(row: OverviewRow): number {
  const weights: Readonly<Record<OverviewLight, number>> = { trouble: 1000, attention: 30, unknown: 1, good: 0 };
  return -row.challenges.reduce((sum, { light }) => sum + weights[light], 0);
}

function isWithoutPrice({ cost }: OverviewRow): boolean {
  return cost !== null && cost.runs > 0 && cost.unpricedRuns === cost.runs;
}
