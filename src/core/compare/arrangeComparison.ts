import type { CompareDirection, CompareOptions, CompareRow } from "../../protocol/compare";
import { finish, mapInSteps, type Steps } from "../base/steps";
import { guessMetricDirection } from "../table/metricDirection";
import { groupRuns, type RunGroup, toGroupedCells } from "./groupRuns";
import type { ComparedRow, RunComparison } from "./runComparison";
import type { NumberSpread } from "../base/spread";

/** A cell with its whole value. */
export type ArrangedCell = null | number | string | NumberSpread;

export interface ArrangedRow extends Pick<CompareRow, "direction" | "directionFrom" | "distinct" | "best" | "verdicts"> {
  readonly row: ComparedRow;
  readonly cells: readonly ArrangedCell[];
}

/** A comparison as the user arranged it: the same rows in the same order, and columns that may stand for several runs. */
export interface ArrangedComparison {
  readonly comparison: RunComparison;
  /** Null where the columns are the runs. */
  readonly groups: readonly RunGroup[] | null;
  /** Index into the columns, or null. */
  readonly baseline: number | null;
  readonly rows: readonly ArrangedRow[];
}

/**
 * Groups the runs, and judges each column against the baseline.
 * @param configured directions of metrics from an mlops.yaml; the user's correction wins over them.
 */
export function arrangeComparison(
  comparison: RunComparison,
  options: CompareOptions,
  configured: ReadonlyMap<string, CompareDirection>,
): ArrangedComparison {
  return finish(arrangeInSteps(comparison, options, configured));
}

/** The same in steps of one row. */
export function* arrangeInSteps(
  comparison: RunComparison,
  options: CompareOptions,
  configured: ReadonlyMap<string, CompareDirection>,
): Steps<ArrangedComparison> {
  const groups = groupRuns(comparison, options.groupBy);
  const baseline = baselineColumn(comparison, options.baseline, groups);
  const corrected = new Map(options.directions);
  const rows = yield* mapInSteps(comparison.rows, (row): ArrangedRow => {
    const { cells, classes, distinct } = groups === null ? { ...row, cells: row.values } : toGroupedCells(row, groups);
    const direction = directionOf(row, corrected, configured);
    return {
      row,
      cells,
      distinct,
      ...direction,
      best: direction.direction === null ? [] : bestColumns(cells, direction.direction),
      verdicts: baseline === null ? "" : judge(cells, classes, baseline, direction.direction),
    };
  });
  return { comparison, groups, baseline, rows };
}

function baselineColumn(comparison: RunComparison, run: number | null, groups: readonly RunGroup[] | null): number | null {
  if (run === null || comparison.runs[run] === undefined) {
    return null;
  }
  return groups === null ? run : groups.findIndex((group) => group.runs.includes(run));
}

function directionOf(
  row: ComparedRow,
  corrected: ReadonlyMap<string, CompareDirection>,
  configured: ReadonlyMap<string, CompareDirection>,
): Pick<ArrangedRow, "direction" | "directionFrom"> {
  if (row.section !== "metrics") {
    return { direction: null, directionFrom: null };
  }
  const byUser = corrected.get(row.label) ?? corrected.get(row.key);
  if (byUser !== undefined) {
    return { direction: byUser, directionFrom: "user" };
  }
  const byConfig = configured.get(row.key);
  if (byConfig !== undefined) {
    return { direction: byConfig, directionFrom: "config" };
  }
  // How busy a machine was is neither good nor bad.
  return row.key.startsWith("system/")
    ? { direction: null, directionFrom: null }
    : { direction: guessMetricDirection(row.key), directionFrom: "guess" };
}

/** The number that a cell is judged by: its value, or its mean; null where there is none that is finite. */
export function judgedNumber(cell: ArrangedCell | undefined): number | null {
  const value = typeof cell === "object" ? cell?.mean : cell;
  return typeof value === "number" && Number.isFinite(value) ? value : null;
}

/** All columns that share the best finite value; none where there is nothing to be better than. */
function bestColumns(cells: readonly ArrangedCell[], direction: CompareDirection): number[] {
  let best: number | null = null;
  let columns: number[] = [];
  let judged = 0;
  for (const [column, cell] of cells.entries()) {
    const value = judgedNumber(cell);
    if (value === null) {
      continue;
    }
    judged++;
    if (best === null || (direction === "up" ? value > best : value < best)) {
      best = value;
      columns = [column];
    } else if (value === best) {
      columns.push(column);
    }
  }
  return judged < 2 ? [] : columns;
}

/** NaN, infinities and missing values are different, but neither better nor worse. */
function judge(cells: readonly ArrangedCell[], classes: readonly number[], baseline: number, direction: CompareDirection | null): string {
  const base = judgedNumber(cells[baseline]);
  let verdicts = "";
  for (const [column, cell] of cells.entries()) {
    if (column === baseline) {
      verdicts += "b";
    } else if (classes[column] === classes[baseline]) {
      verdicts += "=";
    } else {
      const value = direction === null ? null : judgedNumber(cell);
      verdicts += value === null || base === null || value === base ? "≠" : value > base === (direction === "up") ? "+" : "-";
    }
  }
  return verdicts;
}
