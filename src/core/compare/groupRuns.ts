import type { CompareOptions } from "../../protocol/compare";
import type { ComparedRow, RunComparison } from "./runComparison";
import { sortNaturally } from "./sortNaturally";
import { type NumberSpread, spreadOf } from "../base/spread";

export interface RunGroup {
  /** The shared value, whole; null for the runs without one. */
  readonly label: string | null;
  /** Indexes into the runs, ascending. */
  readonly runs: readonly number[];
}

/** Stands for a missing value among the values of a group. */
const MISSING = "∅";

/** The runs that share a value, ordered by it; those without one come last. Null where runs are not grouped. */
export function groupRuns(comparison: RunComparison, groupBy: CompareOptions["groupBy"]): readonly RunGroup[] | null {
  if (groupBy === null) {
    return null;
  }
  const { section, key } = groupBy;
  const row =
    comparison.rows.find((candidate) => candidate.section === section && candidate.label === key) ??
    comparison.rows.find((candidate) => candidate.section === section && candidate.key === key);
  if (row === undefined) {
    return comparison.runs.length === 0 ? [] : [{ label: null, runs: [...comparison.runs.keys()] }];
  }
  const members = new Map<number, number[]>();
  for (const [run, found] of row.classes.entries()) {
    const group = members.get(found);
    if (group === undefined) {
      members.set(found, [run]);
    } else {
      group.push(run);
    }
  }
  const groups = [...members.values()].map((runs) => ({ value: row.values[runs[0] ?? 0] ?? null, runs }));
  const place = new Map(
    sortNaturally(groups.flatMap(({ value }) => (typeof value === "string" ? [value] : []))).map((text, at) => [text, at]),
  );
  return groups
    .sort((a, b) => rank(a.value, place) - rank(b.value, place) || 0)
    .map(({ value, runs }) => ({ label: value === null ? null : labelOf(value, row.kind), runs }));
}

/** What orders groups: the number, or the place of the text; NaN comes after all numbers and a missing value last. */
function rank(value: number | string | null, place: ReadonlyMap<string, number>): number {
  const order = typeof value === "string" ? (place.get(value) ?? 0) : value;
  return order === null ? Number.MAX_VALUE : Number.isNaN(order) ? Number.MAX_VALUE / 2 : Math.max(-1e300, Math.min(1e300, order));
}

function labelOf(value: number | string, kind: ComparedRow["kind"]): string {
  return kind === "time" && typeof value === "number" && Math.abs(value) <= 8.64e15 ? new Date(value).toISOString() : String(value);
}

/** A row by groups. Groups are equal that hold the same values, and where these are several numbers, have the same mean. */
export function toGroupedCells(
  row: ComparedRow,
  groups: readonly RunGroup[],
): { readonly cells: (null | string | NumberSpread)[]; readonly classes: number[]; readonly distinct: number } {
  const textOf = new Map<number, string>();
  const cells: (null | string | NumberSpread)[] = [];
  const classes: number[] = [];
  const classOf = new Map<string, number>();
  for (const { runs } of groups) {
    const held = [...new Set(runs.map((run) => row.classes[run] ?? 0))].sort((a, b) => a - b);
    let cell: null | string | NumberSpread = null;
    if (held.length > 1 || (held[0] ?? 0) !== 0) {
      if (row.kind === "text") {
        for (const run of runs) {
          textOf.set(row.classes[run] ?? 0, String(row.values[run] ?? MISSING));
        }
        const texts = held.map((found) => textOf.get(found) ?? MISSING);
        cell = texts.length === 1 ? (texts[0] ?? "") : sortNaturally(texts).join(" | ");
      } else {
        cell = spreadOf(runs.flatMap((run) => (typeof row.values[run] === "number" ? [row.values[run]] : [])));
      }
    }
    const mean = held.length > 1 && typeof cell === "object" && cell !== null ? `:${cell.mean}` : "";
    const identity = held.join() + mean;
    const found = cell === null ? 0 : (classOf.get(identity) ?? classOf.size + 1);
    classOf.set(identity, found);
    cells.push(cell);
    classes.push(found);
  }
  return { cells, classes, distinct: classOf.size };
}
