import { describe, expect, it } from "vitest";

import { DEFAULT_LAYOUT, parseTableLayout } from "../../../src/core/table/tableLayout";
import { toTableColumns } from "../../../src/core/table/tableColumns";
import { toTableLines } from "../../../src/core/table/tableLines";
import { exportValue } from "../../../src/core/table/exportValue";
import type { TableLayout } from "../../../src/protocol/runsTable";
import { tableOf, toRun, viewOf } from "./tableRuns";

const EVIL = ["__proto__", "constructor", "hasOwnProperty", "<script>alert(1)</script>", "a\nb", "🦊", "x".repeat(10_000), ""];

describe("RunTable", () => {
  it("keeps keys and values as they are, whatever they are called", () => {
    const params = EVIL.map((key): [string, string] => [key, `value of ${key}`]);
    const table = tableOf([{ id: "a", params, tags: params }]);
    for (const [key, value] of params) {
      expect(table.column(`param:${key}`)?.get(0)).toBe(value);
      expect(table.column(`tag:${key}`)?.get(0)).toBe(value);
    }
    expect(({} as Record<string, unknown>)["value of __proto__"]).toBeUndefined();
  });

  it("says whether an update changed anything, and forgets values that are gone", () => {
    const table = tableOf([{ id: "a", params: { lr: "1" }, metrics: { auc: 0.5 } }]);
    expect(table.upsert("s", toRun({ id: "a", params: { lr: "1" }, metrics: { auc: 0.5 } }))).toBe(false);
    expect(table.upsert("s", toRun({ id: "a", metrics: { auc: NaN } }))).toBe(true);
    expect(table.upsert("s", toRun({ id: "a", metrics: { auc: NaN } }))).toBe(false);
    expect(table.column("param:lr")?.get(0)).toBeNull();
    expect(table.column("metric:auc")?.get(0)).toBeNaN();
    expect(table.size).toBe(1);
  });

  it("keeps runs with one id in two stores apart", () => {
    const table = tableOf([{ id: "a" }], "s1");
    table.upsert("s2", toRun({ id: "a", status: "FAILED" }));
    expect(table.size).toBe(2);
    expect(table.remove("s1", "a")).toBe(true);
    expect(table.remove("s1", "a")).toBe(false);
    expect([...table.liveRows()]).toEqual([1]);
    expect(table.at(1)?.run.status).toBe("FAILED");
  });

  it("forgets a curve when the metric moved on, and the curve of a run that still runs", () => {
    const summary = { min: 0, max: 1, curve: null };
    const table = tableOf([
      { id: "done", metrics: { m: 1 } },
      { id: "live", metrics: { m: 1 }, status: "RUNNING" },
    ]);
    table.setSummary("m", 0, summary);
    table.setSummary("m", 1, summary);
    table.upsert("s", toRun({ id: "done", metrics: { m: 1 } }));
    table.upsert("s", toRun({ id: "live", metrics: { m: 1 }, status: "RUNNING" }));
    expect(table.summary("m", 0)).toBe(summary);
    expect(table.summary("m", 1)).toBeUndefined();
  });

  it("grows to many runs and columns", () => {
    const table = tableOf(
      Array.from({ length: 5000 }, (_, at) => ({ id: `r${at}`, params: { [`p${at % 50}`]: String(at) }, metrics: { m: at } })),
    );
    expect(table.size).toBe(5000);
    expect(table.column("metric:m")?.get(4999)).toBe(4999);
    expect(table.column("param:p49")?.get(4999)).toBe("4999");
    expect(table.column("param:p49")?.get(0)).toBeNull();
  });
});

describe("table columns", () => {
  const context = { severalStores: false, severalExperiments: false, differing: new Set(["metric:auc", "param:lr"]) };
  const table = tableOf([
    { id: "a", params: { lr: "0.1", seed: "1", b10: "x", b2: "x" }, metrics: { auc: 1, "system/gpu": 1 }, tags: [["team", "x"]] },
  ]);
  const shown = (layout: Partial<TableLayout>) =>
    toTableColumns(table, parseTableLayout(layout), context)
      .filter((column) => column.visibility === "visible")
      .map((column) => column.id);

  it("shows attributes, metrics and params by default, but not the machine's metrics, tags, nor what is equal", () => {
    expect(shown({})).toEqual(["attribute:name", "attribute:status", "attribute:start", "attribute:duration", "metric:auc", "param:lr"]);
    expect(shown({ onlyDiffering: false }).slice(4)).toEqual(["metric:auc", "param:b2", "param:b10", "param:lr", "param:seed"]);
  });

  it("puts pinned columns first and keeps the user's order before the rest", () => {
    const layout = { order: ["param:lr", "attribute:status"], pinned: ["metric:auc"], hidden: ["attribute:start"] };
    expect(shown(layout)).toEqual(["metric:auc", "param:lr", "attribute:status", "attribute:name", "attribute:duration"]);
  });

  it("shows the experiment and the store where there are several", () => {
    const several = toTableColumns(table, DEFAULT_LAYOUT, { ...context, severalStores: true, severalExperiments: true });
    expect(several.filter((column) => column.visibility === "visible").map((column) => column.id)).toContain("attribute:store");
  });

  it("aligns params of numbers as numbers", () => {
    const columns = new Map(toTableColumns(table, DEFAULT_LAYOUT, context).map((column) => [column.id, column.isNumeric]));
    expect([columns.get("param:lr"), columns.get("param:b2"), columns.get("metric:auc")]).toEqual([true, false, true]);
  });

  it("cuts names of ten thousand characters and puts them on one line", () => {
    const long = tableOf([{ id: "a", params: [["k\n".repeat(5000), "v"]] }]);
    const label = toTableColumns(long, DEFAULT_LAYOUT, context).at(-1)?.label ?? "";
    expect(label.length).toBeLessThan(300);
    expect(label).not.toContain("\n");
  });
});

describe("table layout", () => {
  it("takes defaults for what is missing or wrong, and keeps the rest", () => {
    expect(parseTableLayout(undefined)).toEqual(DEFAULT_LAYOUT);
    expect(parseTableLayout("nonsense")).toEqual(DEFAULT_LAYOUT);
    expect(parseTableLayout({})).toEqual(DEFAULT_LAYOUT);
    const layout = parseTableLayout({ tree: true, sort: [{ column: 7 }], widths: { "param:x": 100 }, order: ["nonsense"] });
    expect(layout).toEqual({ ...DEFAULT_LAYOUT, tree: true, widths: { "param:x": 100 } });
  });

  it("pollutes no prototype", () => {
    parseTableLayout(JSON.parse('{"widths": {"__proto__": {"polluted": 1}}, "__proto__": {"polluted": 1}}'));
    expect(({} as Record<string, unknown>)["polluted"]).toBeUndefined();
  });
});

describe("table lines", () => {
  const context = { layout: DEFAULT_LAYOUT, collapsed: new Set<string>(), selected: new Set([0]), staleStores: new Set(["s"]) };

  it("gives cells that JSON can carry, and says which histories they lack", () => {
    const table = tableOf([{ id: "a", params: { p: "y".repeat(9000) }, metrics: { nan: NaN, inf: -Infinity, one: 1 } }]);
    table.setSummary("one", 0, { min: 0, max: 2, curve: [0, 100] });
    const columns = ["metric:nan", "metric:inf", "metric:one", "metric:none", "param:p", "attribute:start"];
    const { lines, missing } = toTableLines(table, viewOf(table), { from: 0, to: 10 }, columns, context);
    expect(JSON.parse(JSON.stringify(lines))).toEqual(lines);
    const line = lines[0];
    expect(line).toMatchObject({ kind: "run", selected: true, stale: true, runId: "a" });
    expect(line?.kind === "run" && line.cells.slice(0, 4)).toEqual([
      { value: "NaN", curve: null, pending: true },
      { value: "-Infinity", curve: null, pending: true },
      { value: 1, curve: [0, 100], pending: false },
      null,
    ]);
    expect(line?.kind === "run" && (line.cells[4] as string).length).toBeLessThan(500);
    expect(missing.map(({ metric }) => metric)).toEqual(["nan", "inf"]);
  });

  it("gives nothing beyond the end", () => {
    const table = tableOf([{ id: "a" }]);
    expect(toTableLines(table, viewOf(table), { from: 5, to: 9 }, [], context).lines).toEqual([]);
  });
});

describe("export", () => {
  it("gives whole values, ISO times and seconds", () => {
    const table = tableOf([{ id: "a", start: Date.UTC(2026, 0, 2), params: { p: "z".repeat(9000) }, metrics: { m: 1 / 3 } }]);
    const value = (id: string) => exportValue(table, 0, id, DEFAULT_LAYOUT);
    expect(value("attribute:start")).toBe("2026-01-02T00:00:00.000Z");
    expect(value("metric:m")).toBe(1 / 3);
    expect(String(value("param:p"))).toHaveLength(9000);
    expect(value("param:none")).toBeNull();
  });

  it("tells a run that nothing was heard of for a day from one that runs, and exports what the store says", () => {
    const day = 86_400_000;
    const table = tableOf([{ id: "dead", status: "RUNNING", start: 0 }], "s", 2 * day);
    expect(table.column("attribute:status")?.get(0)).toBe("SILENT");
    expect(table.column("attribute:duration")?.get(0)).toBe(0);
    expect(exportValue(table, 0, "attribute:status", parseTableLayout({}))).toBe("RUNNING");
    const alive = tableOf([{ id: "alive", status: "RUNNING", start: day }], "s", day + 60_000);
    expect(alive.column("attribute:status")?.get(0)).toBe("RUNNING");
    expect(alive.column("attribute:duration")?.get(0)).toBeNull();
  });
});
