import { describe, expect, it } from "vitest";

import type { CompareRow, CompareView, RunColumn } from "../../../src/protocol/compare";
import { boxGroups, boxStats, compareCategories, quantile } from "../../../webview-ui/compare/charts/boxStats";
import { toRelations } from "../../../webview-ui/compare/charts/dimensions";
import { heatMap } from "../../../webview-ui/compare/charts/heatCells";
import { outlierCut } from "../../../webview-ui/compare/charts/outlierCut";
import { scatterPairs } from "../../../webview-ui/compare/charts/scatterPairs";
import { dimension } from "./dimension";

const run = (name: string, style: number): RunColumn => ({
  kind: "run",
  storeId: "s",
  runId: name,
  name,
  store: "s",
  experiment: "e",
  status: "FINISHED",
  startTime: 0,
  versions: [],
  style,
  problem: null,
});
const row = (change: Partial<CompareRow>): CompareRow => ({
  section: "params",
  key: "lr",
  address: "lr",
  kind: "text",
  differs: true,
  distinct: 2,
  direction: null,
  directionFrom: null,
  cells: [],
  best: [],
  verdicts: "",
  ...change,
});
const view = (columns: CompareView["columns"], rows: readonly CompareRow[]): CompareView => ({
  revision: 1,
  runs: ["a", "b", "c", "d"].map(run),
  columns,
  rows,
  options: { baseline: null, groupBy: null, directions: [] },
  reading: null,
  problems: [],
});
const runs = ["a", "b", "c", "d"].map(run);
const dimensionOf = (cells: CompareRow["cells"], kind: CompareRow["kind"] = "text") =>
  toRelations(view(runs, [row({ cells, kind })]), String).dimensions[0]!;

describe("dimensions", () => {
  it("keeps numbers as numbers beside a None", () => {
    expect(dimensionOf(["0.1", "None", "0.2", "1e-3"])).toMatchObject({ kind: "number", values: [0.1, "None", 0.2, 0.001] });
  });

  it("takes texts for categories, also where one reads as a number", () => {
    expect(dimensionOf(["adam", "sgd", "3", null])).toMatchObject({ kind: "category", values: ["adam", "sgd", "3", null] });
  });

  it("does not take a hexadecimal or empty text for a number", () => {
    expect(dimensionOf(["0x10", "", " ", "Infinity"])).toMatchObject({ kind: "category" });
  });

  it("restores what JSON cannot carry", () => {
    expect(dimensionOf([1, "NaN", "-Infinity", null], "number").values).toEqual([1, NaN, -Infinity, null]);
  });

  it("takes a group's mean and runs", () => {
    const groups = [
      { kind: "group", label: "x", runs: [0, 2], style: 0 },
      { kind: "group", label: null, runs: [1, 3], style: 1 },
    ] as const;
    const { items, dimensions } = toRelations(
      view(groups, [row({ section: "metrics", kind: "number", cells: [{ mean: 2, spread: 1, count: 2 }, null] })]),
      (label) => label ?? "none",
    );
    expect(items).toEqual([
      { name: "x", runs: [0, 2], style: 0 },
      { name: "none", runs: [1, 3], style: 1 },
    ]);
    expect(dimensions[0]?.values).toEqual([2, null]);
  });

  it("leaves out rows that are neither parameter nor metric", () => {
    expect(toRelations(view(runs, [row({ section: "tags" })]), String).dimensions).toEqual([]);
  });
});

describe("scatterPairs", () => {
  const x = dimension("x", [1, null, NaN, "None", 0, 5]);
  const y = dimension("y", [1, 2, 3, 4, 5, 6]);

  it("counts every item that is no point once", () => {
    const { pairs, ...counts } = scatterPairs(x, y, null, { x: true, y: false });
    expect(pairs.map((pair) => pair.item)).toEqual([0, 5]);
    expect(counts).toEqual({ total: 6, missing: 1, notNumber: 1, notFinite: 1, nonPositive: 1 });
  });

  it("keeps zero on a linear axis", () => {
    expect(scatterPairs(x, y, null, { x: false, y: true }).pairs.map((pair) => pair.item)).toEqual([0, 4, 5]);
  });
});

describe("boxStats", () => {
  it("interpolates quantiles as type 7", () => {
    // numpy.quantile([1, 2, 4, 8], [0.25, 0.5, 0.75]) gives 1.75, 3, 5.
    expect([0.25, 0.5, 0.75].map((p) => quantile([1, 2, 4, 8], p))).toEqual([1.75, 3, 5]);
  });

  it("ends whiskers at the last value within 1.5 boxes and lists the rest", () => {
    expect(boxStats([1, 2, 3, 4, 5, 100])).toMatchObject({ whiskerMin: 1, whiskerMax: 5, max: 100, outliers: [100], median: 3.5 });
  });

  it("makes a flat box of one value", () => {
    expect(boxStats([7])).toMatchObject({ q1: 7, median: 7, q3: 7, whiskerMin: 7, whiskerMax: 7, outliers: [] });
  });

  it("never merges categories that begin alike, and counts what has no value", () => {
    const long = "resnet-".repeat(30);
    const groups = boxGroups(dimension("m", [1, 2, NaN, null]), dimension("c", [`${long}a`, `${long}b`, `${long}a`, null], "category"));
    expect(groups.groups.map((group) => [group.category, group.values])).toEqual([
      [`${long}a`, [1]],
      [`${long}b`, [2]],
    ]);
    expect(groups).toMatchObject({ left: 2, total: 4 });
  });

  it("keeps the missing value as a category of its own, last", () => {
    const groups = boxGroups(dimension("m", [1, 2, 3]), dimension("c", [null, "null", "a"], "category"));
    expect(groups.groups.map((group) => group.category)).toEqual(["a", "null", null]);
  });

  it("orders numbers by size before texts", () => {
    expect([null, "b", 10, "a", 9, NaN].sort(compareCategories)).toEqual([9, 10, NaN, "a", "b", null]);
  });
});

describe("outlierCut", () => {
  it("cuts the extremes and counts them", () => {
    const values = [...Array.from({ length: 1000 }, (_, index) => index / 1000), 1e6, NaN, Infinity];
    const cut = outlierCut(values)!;
    expect(cut.max).toBeLessThan(1);
    expect(cut.outside).toBe(values.filter((value) => Number.isFinite(value) && (value < cut.min || value > cut.max)).length);
    expect(cut.outside).toBeGreaterThan(0);
  });

  it("cuts nothing where all values are the same, or none is finite", () => {
    expect(outlierCut([3, 3, 3])).toBeNull();
    expect(outlierCut([NaN, Infinity])).toBeNull();
    expect(outlierCut([])).toBeNull();
  });
});

describe("heatMap", () => {
  it("averages the runs of a cell and counts those without a value or a place", () => {
    const map = heatMap(
      dimension("x", [1, 1, 2, null, 1]),
      dimension("y", ["a", "a", "b", "a", "b"], "category"),
      dimension("m", [2, 4, NaN, 1, 7]),
    );
    expect(map.xBins.map((bin) => bin.label)).toEqual(["1", "2"]);
    expect(map.cells).toContainEqual({ x: 0, y: 0, items: [0, 1], mean: 3 });
    expect(map.cells).toContainEqual({ x: 1, y: 1, items: [2], mean: null });
    expect(map).toMatchObject({ missing: 1, withoutValue: 1, min: 3, max: 7, binned: { x: false, y: false } });
    expect(map.cells.some((cell) => cell.x === 1 && cell.y === 0)).toBe(false);
  });

  it("takes many numbers together in intervals that hold the ends, and keeps texts beside them", () => {
    const values = [...Array.from({ length: 50 }, (_, index) => index), "None"];
    const map = heatMap(
      dimension("x", values),
      dimension(
        "y",
        values.map(() => 1),
      ),
      dimension(
        "m",
        values.map(() => 1),
      ),
    );
    expect(map.binned).toEqual({ x: true, y: false });
    expect(map.xBins).toHaveLength(11);
    expect(map.cells.reduce((sum, cell) => sum + cell.items.length, 0)).toBe(51);
    expect(map.cells.find((cell) => cell.items.includes(49))?.x).toBe(9);
    expect(map.cells.find((cell) => cell.items.includes(50))?.x).toBe(10);
  });
});
