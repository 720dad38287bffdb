import { runNow } from "../../../src/core/table/work";
import { RunTable } from "../../../src/core/table/runTable";
import { metricChoice, parseTableLayout } from "../../../src/core/table/tableLayout";
import { computeTableView, type TableView, type TableViewSpec } from "../../../src/core/table/tableView";
import type { Run } from "../../../src/core/tracking/run";
import type { TableLayout } from "../../../src/protocol/runsTable";

export interface TestRun {
  readonly id: string;
  readonly params?: Readonly<Record<string, string>> | readonly (readonly [string, string])[];
  readonly metrics?: Readonly<Record<string, number>>;
  readonly tags?: readonly (readonly [string, string])[];
  readonly parent?: string;
  readonly start?: number;
  readonly experimentId?: string;
  readonly status?: Run["status"];
}

export function toRun(run: TestRun): Run {
  const params = run.params ?? {};
  return {
    runId: run.id,
    experimentId: run.experimentId ?? "1",
    name: run.id,
    status: run.status ?? "FINISHED",
    lifecycleStage: "active",
    startTime: run.start ?? 0,
    endTime: null,
    userId: "",
    artifactUri: "",
    parentRunId: run.parent ?? null,
    params: new Map(Array.isArray(params) ? params : Object.entries(params)),
    metrics: new Map(Object.entries(run.metrics ?? {}).map(([key, value]) => [key, { value, timestamp: 0, step: 0 }])),
    tags: new Map(run.tags ?? []),
    inputs: [],
    outputs: [],
  };
}

export function tableOf(runs: readonly TestRun[], storeId = "s", now = 0): RunTable {
  const table = new RunTable({ experiment: (_store, id) => `experiment ${id}`, store: (id) => id }, () => now);
  runs.forEach((run) => table.upsert(storeId, toRun(run)));
  return table;
}

export function viewOf(table: RunTable, layout: Partial<TableLayout> = {}, spec: Partial<TableViewSpec> = {}): TableView {
  const whole = parseTableLayout({ sort: [], ...layout });
  return runNow(
    computeTableView(table, {
      filter: null,
      sort: whole.sort,
      groupBy: whole.groupBy,
      tree: whole.tree,
      collapsed: new Set(),
      aggregateOf: (id) => metricChoice(whole, id),
      ...spec,
    }),
  );
}

/** Run ids and, in brackets, group labels from top to bottom. */
export function linesOf(table: RunTable, view: TableView): string[] {
  return [...view.lines].map((code) => (code < 0 ? `[${String(view.groups[-1 - code]?.label)}]` : (table.at(code)?.run.runId ?? "?")));
}
