import type { CompareColumn, CompareCurve, CompareView, RunColumn } from "../../../../src/protocol/compare";

export function aRun(name: string, style = 0): RunColumn {
  return {
    kind: "run",
    storeId: "store",
    runId: name,
    name,
    store: "Store",
    experiment: "churn",
    status: "FINISHED",
    startTime: 0,
    versions: [],
    style,
    problem: null,
  };
}

export function aView(
  names: readonly string[],
  change: Partial<CompareView> & { readonly columns?: readonly CompareColumn[] } = {},
): CompareView {
  const runs = names.map((name, index) => aRun(name, index));
  return {
    revision: 1,
    runs,
    columns: runs,
    rows: [],
    options: { baseline: null, groupBy: null, directions: [] },
    reading: null,
    problems: [],
    ...change,
  };
}

export function aCurve(run: number, values: CompareCurve["values"], change: Partial<CompareCurve> = {}): CompareCurve {
  return {
    run,
    steps: values.map((_, index) => index),
    times: values.map((_, index) => index * 1000),
    values,
    total: values.length,
    min: null,
    max: null,
    exact: true,
    ...change,
  };
}
