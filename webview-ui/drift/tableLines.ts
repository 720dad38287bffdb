import type { DriftColumnRow, DriftState } from "../../src/protocol/drift";
import { STATE_ORDER } from "./driftStates";
import type { DriftPageState, SortKey } from "./pageState";

/** A line of the table: a column, or the heading of a group of columns. */
export type TableLine =
  | { readonly kind: "group"; readonly id: string; readonly group: "outcome" | "feature"; readonly count: number }
  | { readonly kind: "column"; readonly id: string; readonly row: DriftColumnRow };

export interface LineChoice extends Pick<DriftPageState, "sort" | "states"> {
  readonly query: string;
}

/** Making a collator takes longer than a thousand comparisons. */
const names = new Intl.Collator(undefined, { numeric: true, sensitivity: "base" });

/** What the table shows: target and prediction first in a group of their own, then the features, each sorted and filtered alike. */
export function toTableLines(rows: readonly DriftColumnRow[], { query, states, sort }: LineChoice): readonly TableLine[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  const found = rows.filter(
    (row) =>
      (states.length === 0 || states.includes(row.state)) &&
      (words.length === 0 || words.every((word) => row.name.toLowerCase().includes(word))),
  );
  const sorted = sortRows(found, sort);
  const outcome = sorted.filter(({ role }) => role !== "feature");
  const features = sorted.filter(({ role }) => role === "feature");
  const lines = (group: readonly DriftColumnRow[]): readonly TableLine[] =>
    group.map((row) => ({ kind: "column", id: `column:${row.name}`, row }));
  if (outcome.length === 0) {
    return lines(features);
  }
  return [
    { kind: "group", id: "group:outcome", group: "outcome", count: outcome.length },
    ...lines(outcome),
    ...(features.length === 0 ? [] : [{ kind: "group", id: "group:feature", group: "feature", count: features.length } as const]),
    ...lines(features),
  ];
}

/** Beyond this nobody cares how far. */
const FARTHEST = 1e6;

/** How many columns are in each state, for the filter's buttons. */
export function countStates(rows: readonly DriftColumnRow[]): Readonly<Record<DriftState, number>> {
  const counts: Record<DriftState, number> = { fail: 0, warn: 0, unjudged: 0, ok: 0 };
  for (const { state } of rows) {
    counts[state]++;
  }
  return counts;
}

/**
 * How far beyond its limit a score is, so that columns judged by different methods can stand in one order: 1 is at the limit.
 * Null without a score. A p-value is compared by its powers of ten, because small ones differ by orders of magnitude.
 */
export function excess({ result }: Pick<DriftColumnRow, "result">): number | null {
  if (result?.score == null) {
    return null;
  }
  const { kind, score, threshold } = result;
  if (kind === "distance") {
    return threshold > 0 ? Math.max(0, Math.min(FARTHEST, score / threshold)) : score > 0 ? 2 : 0;
  }
  const limit = -Math.log10(threshold);
  return limit > 0 && threshold > 0 ? Math.min(FARTHEST, -Math.log10(Math.max(score, 1e-300)) / limit) : score <= threshold ? 1 : 0;
}

function sortRows(rows: readonly DriftColumnRow[], { by, descending }: DriftPageState["sort"]): readonly DriftColumnRow[] {
  const keys = new Map(rows.map((row) => [row, sortKey(row, by)]));
  const key = (row: DriftColumnRow): number | string | null => keys.get(row) ?? null;
  const turn = descending ? -1 : 1;
  return [...rows].sort((a, b) => {
    const [left, right] = [key(a), key(b)];
    // Nothing to sort by stays at the end in both directions.
    if (left === null || right === null) {
      return left === right ? tie(a, b, by) : left === null ? 1 : -1;
    }
    const order =
      typeof left === "number" && typeof right === "number"
        ? left - right
        : names.compare(String(left), String(right)) || plain(left, right);
    return order === 0 ? tie(a, b, by) : order * turn;
  });
}

/** Of equal state the farthest beyond the limit comes first. */
function tie(a: DriftColumnRow, b: DriftColumnRow, by: SortKey): number {
  const beyond = by === "state" ? (excess(b) ?? -1) - (excess(a) ?? -1) : 0;
  return beyond || names.compare(a.name, b.name) || plain(a.name, b.name);
}

function plain(a: number | string, b: number | string): number {
  return a === b ? 0 : a < b ? -1 : 1;
}

function sortKey(row: DriftColumnRow, by: SortKey): number | string | null {
  switch (by) {
    case "name":
      return row.name;
    case "state":
      return STATE_ORDER.indexOf(row.state);
    case "score":
      return excess(row);
    case "missing":
      return row.missing.current;
  }
}
