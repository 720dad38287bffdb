import { describe, expect, it } from "vitest";

import { groupKey, parentKey } from "../../../src/core/table/collapseKeys";
import { runNow } from "../../../src/core/table/work";
import { differingColumns } from "../../../src/core/table/differingColumns";
import { parseFilter } from "../../../src/core/tracking/filter/parseFilter";
import { linesOf, tableOf, toRun, viewOf } from "./tableRuns";

const by = (column: string, descending = false) => ({ sort: [{ column, descending }] });

describe("sorting", () => {
  const table = tableOf([
    { id: "nan", metrics: { auc: NaN } },
    { id: "none" },
    { id: "low", metrics: { auc: 0.1 } },
    { id: "inf", metrics: { auc: Infinity } },
    { id: "neg", metrics: { auc: -2 } },
    { id: "minf", metrics: { auc: -Infinity } },
    { id: "high", metrics: { auc: 0.9 } },
  ]);

  it("puts infinities, then NaN, then missing values last in both directions", () => {
    expect(linesOf(table, viewOf(table, by("metric:auc")))).toEqual(["neg", "low", "high", "minf", "inf", "nan", "none"]);
    expect(linesOf(table, viewOf(table, by("metric:auc", true)))).toEqual(["high", "low", "neg", "inf", "minf", "nan", "none"]);
  });

  it("sorts params that are numbers by value and before texts", () => {
    const params = tableOf(["10", "9", "1e-3", "auto", "-1"].map((lr) => ({ id: lr, params: { lr } })));
    expect(linesOf(params, viewOf(params, by("param:lr")))).toEqual(["-1", "1e-3", "9", "10", "auto"]);
  });

  it("sorts names as people do: without case and accents, numbers by size", () => {
    const names = tableOf(["run-10", "Run-2", "élan", "eagle", "zebra"].map((id) => ({ id })));
    expect(linesOf(names, viewOf(names, by("attribute:name")))).toEqual(["eagle", "élan", "Run-2", "run-10", "zebra"]);
  });

  it("uses the next column for ties and keeps the order of equal runs", () => {
    const ties = tableOf([
      { id: "a", params: { x: "0.1" }, metrics: { m: 1 } },
      { id: "b", params: { x: "0.10" }, metrics: { m: 3 } },
      { id: "c", params: { x: "0.1" }, metrics: { m: 2 } },
      { id: "d", params: { x: "0" }, metrics: { m: 0 } },
    ]);
    const sort = [
      { column: "param:x", descending: false },
      { column: "metric:m", descending: true },
    ];
    expect(linesOf(ties, viewOf(ties, { sort }))).toEqual(["d", "b", "c", "a"]);
    expect(linesOf(ties, viewOf(ties, by("attribute:status")))).toEqual(["a", "b", "c", "d"]);
  });

  it("sorts by an aggregate once histories are known, with unread ones last", () => {
    const runs = tableOf([
      { id: "a", metrics: { loss: 1 } },
      { id: "b", metrics: { loss: 2 } },
      { id: "c", metrics: { loss: 3 } },
    ]);
    runs.setSummary("loss", 0, { min: 0.5, max: 9, curve: null });
    runs.setSummary("loss", 1, { min: 0.1, max: 4, curve: null });
    const layout = { ...by("metric:loss"), aggregates: { "metric:loss": "best" as const } };
    expect(linesOf(runs, viewOf(runs, layout))).toEqual(["b", "a", "c"]);
  });

  it("sorts a column that does not exist as no column at all", () => {
    expect(linesOf(table, viewOf(table, by("metric:absent")))).toHaveLength(7);
  });
});

describe("grouping", () => {
  const table = tableOf([
    { id: "a", params: { model: "xgb" } },
    { id: "b" },
    { id: "c", params: { model: "cat" } },
    { id: "d", params: { model: "xgb" } },
    { id: "e", params: { model: "" } },
  ]);

  it("makes one group a value, the runs without one last; the empty text is a value", () => {
    expect(linesOf(table, viewOf(table, { groupBy: "param:model" }))).toEqual(["[]", "e", "[cat]", "c", "[xgb]", "a", "d", "[null]", "b"]);
  });

  it("hides the runs of a group that is shut, but still counts them", () => {
    const view = viewOf(table, { groupBy: "param:model" }, { collapsed: new Set([groupKey("xgb"), groupKey(null)]) });
    expect(linesOf(table, view)).toEqual(["[]", "e", "[cat]", "c", "[xgb]", "[null]"]);
    expect(view.rows).toHaveLength(5);
    expect(view.groups[2]?.rows).toHaveLength(2);
  });

  it("keeps a run named none apart from the runs without a value", () => {
    expect(groupKey("none")).not.toBe(groupKey(null));
  });

  it("shows no groups for a column that is gone", () => {
    expect(linesOf(table, viewOf(table, { groupBy: "tag:gone" }))).toEqual(["a", "b", "c", "d", "e"]);
  });
});

describe("nesting", () => {
  const table = tableOf([
    { id: "child2", parent: "root" },
    { id: "root" },
    { id: "grandchild", parent: "child1" },
    { id: "child1", parent: "root" },
    { id: "orphan", parent: "elsewhere" },
  ]);

  it("puts children under their parent and keeps those whose parent is absent at the top", () => {
    const view = viewOf(table, { tree: true });
    expect(linesOf(table, view)).toEqual(["root", "child2", "child1", "grandchild", "orphan"]);
    expect([...view.depths]).toEqual([0, 1, 1, 2, 0]);
    expect(view.childCounts.get(1)).toBe(2);
  });

  it("hides all descendants of a parent that is shut", () => {
    const view = viewOf(table, { tree: true }, { collapsed: new Set([parentKey(1)]) });
    expect(linesOf(table, view)).toEqual(["root", "orphan"]);
  });

  it("loses no run in a circle of parents, nor one that is its own parent", () => {
    const circle = tableOf([
      { id: "a", parent: "b" },
      { id: "b", parent: "a" },
      { id: "self", parent: "self" },
    ]);
    expect(linesOf(circle, viewOf(circle, { tree: true })).sort()).toEqual(["a", "b", "self"]);
  });

  it("survives a chain of ten thousand parents", () => {
    const chain = tableOf(Array.from({ length: 10_000 }, (_, at) => ({ id: `r${at}`, ...(at > 0 ? { parent: `r${at - 1}` } : {}) })));
    const view = viewOf(chain, { tree: true });
    expect(view.lines).toHaveLength(10_000);
    expect(Math.max(...view.depths)).toBe(30);
  });

  it("does not take a run of another store for the parent", () => {
    const two = tableOf([{ id: "root" }], "s1");
    two.upsert("s2", toRun({ id: "kid", parent: "root" }));
    expect([...viewOf(two, { tree: true }).depths]).toEqual([0, 0]);
  });
});

describe("filtering", () => {
  const table = tableOf([
    { id: "a", params: { lr: "0.1" }, metrics: { auc: 0.9 } },
    { id: "b", params: { lr: "0.2" }, metrics: { auc: NaN } },
    { id: "c", params: { note: "LR is 0.1" } },
  ]);

  it("looks for a text in the columns that are seen, whatever the case", () => {
    const seen = { kind: "contains" as const, text: "lr IS", columns: ["param:note"] };
    expect(linesOf(table, viewOf(table, {}, { filter: seen }))).toEqual(["c"]);
    expect(linesOf(table, viewOf(table, {}, { filter: { ...seen, columns: ["param:lr"] } }))).toEqual([]);
  });

  it("understands MLflow's language over params, metrics and attributes", () => {
    const filter = (text: string) => linesOf(table, viewOf(table, {}, { filter: { kind: "language", filter: parseFilter(text) } }));
    expect(filter("metrics.auc > 0.5 and params.lr = '0.1'")).toEqual(["a"]);
    expect(filter("attributes.status = 'FINISHED'")).toEqual(["a", "b", "c"]);
    expect(filter("params.absent = 'x'")).toEqual([]);
  });
});

describe("columns that differ", () => {
  const differing = (table: ReturnType<typeof tableOf>) =>
    [...runNow(differingColumns(table, table.liveRows()))].filter((id) => !id.startsWith("attribute:"));

  it("takes a missing value for a difference, and NaN for equal to NaN", () => {
    const table = tableOf([
      { id: "a", params: { same: "1", some: "x" }, metrics: { nan: NaN, zero: 0 } },
      { id: "b", params: { same: "1" }, metrics: { nan: NaN } },
    ]);
    expect(differing(table)).toEqual(["param:some", "metric:zero"]);
  });

  it("takes the empty text and no value for different", () => {
    expect(differing(tableOf([{ id: "a", params: { p: "" } }, { id: "b" }]))).toEqual(["param:p"]);
  });

  it("of a single run counts every column with a value", () => {
    const table = tableOf([{ id: "a", params: { p: "1" } }]);
    expect(differing(table)).toEqual(["param:p"]);
  });

  it("judges the runs that the filter lets through only", () => {
    const table = tableOf([
      { id: "a", params: { lr: "1", model: "x" } },
      { id: "b", params: { lr: "2", model: "x" } },
      { id: "c", params: { lr: "1", model: "y" } },
    ]);
    const view = viewOf(table, {}, { filter: { kind: "contains", text: "x", columns: ["param:model"] } });
    expect(view.differing.has("param:lr")).toBe(true);
    expect(view.differing.has("param:model")).toBe(false);
  });
});
