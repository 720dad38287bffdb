import { describe, expect, it } from "vitest";
import { type ArrangedRow, arrangeComparison } from "../../../src/core/compare/arrangeComparison";
import { compareRuns } from "../../../src/core/compare/compareRuns";
import { deltaOf } from "../../../src/core/compare/deltaOf";
import { readKpiDirections } from "../../../src/core/compare/kpiDirections";
import { rowAddress } from "../../../src/core/compare/runComparison";
import { spreadOf } from "../../../src/core/base/spread";
import type { CompareDirection, CompareOptions } from "../../../src/protocol/compare";
import { comparedRuns, type RunFacts } from "../../builders/comparedRuns";

const PLAIN: CompareOptions = { baseline: null, groupBy: null, directions: [] };

function rowOf(
  address: string,
  facts: readonly RunFacts[],
  options: Partial<CompareOptions> = {},
  configured: ReadonlyMap<string, CompareDirection> = new Map(),
): ArrangedRow {
  const { rows } = arrangeComparison(compareRuns(comparedRuns(...facts), 0), { ...PLAIN, ...options }, configured);
  const found = rows.find(({ row }) => rowAddress(row) === address);
  if (found === undefined) {
    throw new Error(`No row ${address}.`);
  }
  return found;
}

const metric = (key: string, ...values: readonly (number | null)[]): RunFacts[] =>
  values.map((value) => ({ metrics: value === null ? {} : { [key]: value } }));

describe("verdicts", () => {
  it.each([
    ["acc", [0.5, 0.6, 0.4, 0.5, null, NaN, Infinity], "b+-=≠≠≠"],
    ["loss", [0.5, 0.6, 0.4, 0.5, null, NaN, -Infinity], "b-+=≠≠≠"],
    ["acc", [NaN, NaN, 1, null], "b=≠≠"],
    ["acc", [null, null, 1], "b=≠"],
    ["acc", [0, -0, 1e-300], "b=+"],
    ["system/cpu", [1, 2], "b≠"],
  ])("of %s %j are %s", (key, values, verdicts) => {
    expect(rowOf(`metrics:${key}`, metric(key, ...values), { baseline: 0 }).verdicts).toBe(verdicts);
  });

  it("judge no parameter, and are absent without a baseline", () => {
    const facts = [{ params: { lr: "0.1" } }, { params: { lr: "0.2" } }, { params: { lr: "0.10" } }];
    expect(rowOf("params:lr", facts, { baseline: 0 }).verdicts).toBe("b≠=");
    expect(rowOf("params:lr", facts).verdicts).toBe("");
    expect(rowOf("params:lr", facts, { baseline: 7 }).verdicts).toBe("");
  });
});

describe("best", () => {
  it.each([
    ["acc", [0.5, 0.9, 0.9, NaN, Infinity, null], [1, 2]],
    ["rmse", [0.5, 0.9, 0.5, -Infinity], [0, 2]],
    ["acc", [NaN, null], []],
    ["acc", [0.5, NaN], []],
    ["system/cpu", [1, 2], []],
  ])("of %s %j is %j", (key, values, best) => {
    expect(rowOf(`metrics:${key}`, metric(key, ...values)).best).toEqual(best);
  });
});

describe("direction", () => {
  const facts = metric("error_rate", 1, 2);
  const address = "metrics:error_rate";

  it("is guessed, unless the configuration says it, unless the user corrects it", () => {
    expect(rowOf(address, facts)).toMatchObject({ direction: "down", directionFrom: "guess" });
    const configured = readKpiDirections("kpis: [{name: error_rate, target: '>= 0.8'}]");
    expect(rowOf(address, facts, {}, configured)).toMatchObject({ direction: "up", directionFrom: "config", best: [1] });
    const directions = [["error_rate", "down"]] as const;
    expect(rowOf(address, facts, { directions }, configured)).toMatchObject({ direction: "down", directionFrom: "user", best: [0] });
  });

  it.each([
    ["kpis: [{name: a, target: '>= 0.8'}, {name: b, target: '<0.1'}, {name: c, target: '0.5'}, {name: d}, 7]", { a: "up", b: "down" }],
    ["kpis: {a: '> 1', b: {target: '<= 2'}, c: 3}", { a: "up", b: "down" }],
    ["kpis: nothing", {}],
    ["kpis: {a: '> 1'", {}],
    ["- 1", {}],
    ["", {}],
    ["a: *missing", {}],
  ])("is read from %j", (text, wanted) => {
    expect(Object.fromEntries(readKpiDirections(text))).toEqual(wanted);
  });
});

describe("groups", () => {
  const facts: RunFacts[] = [
    { params: { opt: "adam", lr: "0.10", seed: "1" }, metrics: { acc: 0.8 } },
    { params: { opt: "sgd", lr: "0.1", seed: "1" }, metrics: { acc: 0.5 } },
    { params: { opt: "adam", lr: "0.1", seed: "2" }, metrics: { acc: 0.9 } },
    { params: { opt: "sgd", lr: "0.2", seed: "2" }, metrics: { acc: NaN } },
    { metrics: { acc: Infinity } },
    { params: { opt: "adam", lr: "0.1", seed: "3" } },
  ];
  const by = (section: "params" | "summary" | "tags", key: string): Partial<CompareOptions> => ({ groupBy: { section, key } });

  it("gather the runs that share a value, and put those without one last", () => {
    const arrange = (options: Partial<CompareOptions>): unknown =>
      arrangeComparison(compareRuns(comparedRuns(...facts), 0), { ...PLAIN, ...options }, new Map()).groups;
    expect(arrange(by("params", "opt"))).toEqual([
      { label: "adam", runs: [0, 2, 5] },
      { label: "sgd", runs: [1, 3] },
      { label: null, runs: [4] },
    ]);
    expect(arrange(by("params", "lr"))).toEqual([
      { label: "0.1", runs: [0, 1, 2, 5] },
      { label: "0.2", runs: [3] },
      { label: null, runs: [4] },
    ]);
    expect(arrange(by("tags", "gone"))).toEqual([{ label: null, runs: [0, 1, 2, 3, 4, 5] }]);
    expect(arrange(by("summary", "start"))).toEqual([{ label: "2025-06-15T15:06:40.000Z", runs: [0, 1, 2, 3, 4, 5] }]);
  });

  it("have mean, spread and count of finite values", () => {
    const { cells, best, verdicts } = rowOf("metrics:acc", facts, { ...by("params", "opt"), baseline: 1 });
    expect(cells).toEqual([
      { mean: expect.closeTo(0.85, 12) as number, spread: expect.closeTo(Math.sqrt(0.005), 12) as number, count: 2 },
      { mean: 0.5, spread: null, count: 1 },
      { mean: NaN, spread: null, count: 0 },
    ]);
    expect(best).toEqual([0]);
    expect(verdicts).toBe("+b≠");
  });

  it("are equal where they hold the same values", () => {
    const same = [
      { params: { g: "a", s: "1" } },
      { params: { g: "a", s: "2" } },
      { params: { g: "b", s: "2" } },
      { params: { g: "b", s: "1" } },
    ];
    expect(rowOf("params:s", same, by("params", "g"))).toMatchObject({ distinct: 1 });
    const constant = Array.from({ length: 8 }, (_, index) => ({ params: { g: index < 3 ? "a" : "b", s: "0.1" } }));
    expect(rowOf("params:s", constant, by("params", "g"))).toMatchObject({ distinct: 1, cells: [{ mean: 0.1, spread: 0 }, { mean: 0.1 }] });
    const missing = [{ params: { g: "a", s: "x" } }, { params: { g: "a" } }, { params: { g: "b", s: "x" } }];
    expect(rowOf("params:s", missing, by("params", "g"))).toMatchObject({ distinct: 2, cells: ["x | ∅", "x"] });
  });
});

describe("numbers", () => {
  it("have a sample spread that large offsets do not spoil", () => {
    expect(spreadOf([1e9 + 4, 1e9 + 7, 1e9 + 13, 1e9 + 16])).toEqual({ mean: 1e9 + 10, spread: Math.sqrt(30), count: 4 });
    expect(spreadOf([NaN, Infinity])).toEqual({ mean: NaN, spread: null, count: 0 });
  });

  it.each([
    [0.5, 0.4, { absolute: expect.closeTo(0.1, 12) as number, relative: expect.closeTo(0.25, 12) as number }],
    [-1, -2, { absolute: 1, relative: 0.5 }],
    [1, 0, { absolute: 1, relative: null }],
    [NaN, 1, null],
    [1, Infinity, null],
    [null, 1, null],
    [1e308, -1e308, null],
    [1, 5e-324, { absolute: 1, relative: null }],
  ])("%d differs from %d by %j", (value, baseline, delta) => {
    expect(deltaOf(value, baseline)).toEqual(delta);
  });
});
