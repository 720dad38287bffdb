import type { CompareCell, CompareRow, CompareView, RunColumn } from "../../../../src/protocol/compare";

/** A row of a comparison; what a test does not name is of no concern to it. */
export function row(key: string, cells: readonly CompareCell[], more: Partial<CompareRow> = {}): CompareRow {
  const section = more.section ?? "params";
  return {
    section,
    key,
    address: `${section}:${key}`,
    kind: "text",
    differs: new Set(cells.map((cell) => JSON.stringify(cell))).size > 1,
    distinct: 0,
    direction: null,
    directionFrom: null,
    cells,
    best: [],
    verdicts: "",
    ...more,
  };
}

function run(index: number): RunColumn {
  return {
    kind: "run",
    storeId: "store",
    runId: `run-${index}`,
    name: `run ${index}`,
    store: "store",
    experiment: "experiment",
    status: "FINISHED",
    startTime: null,
    versions: [],
    style: index,
    problem: null,
  };
}

export function view(rows: readonly CompareRow[], more: Partial<CompareView> = {}): CompareView {
  const runs = Array.from({ length: rows[0]?.cells.length ?? 2 }, (_, index) => run(index));
  return {
    revision: 1,
    runs,
    columns: runs,
    rows,
    options: { baseline: null, groupBy: null, directions: [] },
    reading: null,
    problems: [],
    ...more,
  };
}
