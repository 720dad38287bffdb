import type { CompareCell, CompareColumn, CompareDirection, CompareOptions, CompareView, RunColumn } from "../../protocol/compare";
import { finish, mapInSteps, type Steps } from "../base/steps";
import { toWireNumber } from "../tracking/metricGroups";
import { type ArrangedCell, type ArrangedComparison, arrangeInSteps, type ArrangedRow } from "./arrangeComparison";
import type { ComparedRun } from "./comparedRun";
import { distinctCuts } from "./distinctCuts";
import { rowAddress, type RunComparison } from "./runComparison";

/** How much of a value the page gets. */
const MAX_VALUE = 300;
const MAX_LABEL = 120;

export interface CompareViewState {
  readonly revision: number;
  /** Directions of metrics from an mlops.yaml. */
  readonly configured: ReadonlyMap<string, CompareDirection>;
  /** By run; its place among the runs where it is absent. */
  readonly styles: readonly number[];
  readonly reading: CompareView["reading"];
  readonly problems: CompareView["problems"];
}

/** All that the page shows; values are compared whole and cut only here, so that no two look alike. */
export function toCompareView(comparison: RunComparison, options: CompareOptions, state: CompareViewState): CompareView {
  return finish(toCompareViewInSteps(comparison, options, state));
}

/** The same in steps of one row. */
export function* toCompareViewInSteps(comparison: RunComparison, options: CompareOptions, state: CompareViewState): Steps<CompareView> {
  const arranged = yield* arrangeInSteps(comparison, options, state.configured);
  const runs = comparison.runs.map((run, index) => toRunColumn(run, state.styles[index] ?? index));
  return {
    revision: state.revision,
    runs,
    columns: toColumns(arranged, runs),
    rows: yield* mapInSteps(arranged.rows, (row) => ({
      section: row.row.section,
      key: row.row.label,
      address: rowAddress(row.row),
      kind: row.row.kind,
      differs: row.distinct > 1,
      distinct: row.distinct,
      direction: row.direction,
      directionFrom: row.directionFrom,
      cells: toCells(row),
      best: row.best,
      verdicts: row.verdicts,
    })),
    options,
    reading: state.reading,
    problems: state.problems,
  };
}

function toRunColumn({ run, storeId, store, experiment, versions, problem }: ComparedRun, style: number): RunColumn {
  const { runId, name, status, startTime } = run;
  return { kind: "run", storeId, runId, name, store, experiment, status, startTime, versions, style, problem };
}

function toColumns({ groups }: ArrangedComparison, runs: readonly RunColumn[]): readonly CompareColumn[] {
  if (groups === null) {
    return runs;
  }
  const cuts = distinctCuts(
    groups.flatMap(({ label }) => (label === null ? [] : [label])),
    MAX_LABEL,
  );
  return groups.map(({ label, runs: members }, style) => ({
    kind: "group",
    label: label === null ? null : (cuts.get(label) ?? label),
    runs: members,
    style,
  }));
}

function toCells({ row, cells }: ArrangedRow): CompareCell[] {
  const long = row.kind === "text" ? cells.filter((cell) => typeof cell === "string" && cell.length > MAX_VALUE) : [];
  const cuts =
    long.length === 0
      ? undefined
      : distinctCuts(
          cells.filter((cell) => typeof cell === "string"),
          MAX_VALUE,
        );
  return cells.map((cell) => toCell(cell, cuts));
}

function toCell(cell: ArrangedCell, cuts: ReadonlyMap<string, string> | undefined): CompareCell {
  switch (typeof cell) {
    case "number":
      return toWireNumber(cell);
    case "string": {
      const cut = cuts?.get(cell);
      return cut === undefined ? cell : { text: cut, length: cell.length };
    }
    default:
      return cell === null ? null : { ...cell, mean: toWireNumber(cell.mean) };
  }
}
