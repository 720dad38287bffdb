import { describe, expect, it } from "vitest";

import { foldNames, type NameFolder } from "../../../src/core/browse/foldNames";
import { oneLine } from "../../../src/core/base/oneLine";
import { formatAge, formatDuration, formatNumber, textSparkline } from "../../../src/core/browse/formatValues";
import { headlineMetrics } from "../../../src/core/browse/headlineMetrics";
import { isStale, runDuration, runOwner } from "../../../src/core/browse/runFacts";
import { vocabularyOf } from "../../../src/core/browse/vocabulary";
import { aRun } from "../../fakes/memoryStore";

const shape = (folder: NameFolder<string>): unknown => ({
  ...(folder.folders.length === 0 ? {} : Object.fromEntries(folder.folders.map((child) => [child.label, shape(child)]))),
  ...Object.fromEntries(folder.leaves.map(({ label, item }) => [label, item])),
});
const fold = (...names: string[]): unknown => shape(foldNames(names, (name) => name));

describe("foldNames", () => {
  it.each([
    [["a", "b"], { a: "a", b: "b" }],
    [["fraud/daily", "fraud/weekly"], { "fraud/": { daily: "fraud/daily", weekly: "fraud/weekly" } }],
    [["team.fraud.x", "team.fraud.y"], { "team.fraud.": { x: "team.fraud.x", y: "team.fraud.y" } }],
    // A single entry needs no folder, and a name that is a prefix of others stays beside their folder.
    [["fraud/daily", "churn"], { "fraud/daily": "fraud/daily", churn: "churn" }],
    [["fraud", "fraud/a", "fraud/b"], { fraud: "fraud", "fraud/": { a: "fraud/a", b: "fraud/b" } }],
    // Versions, dots at the edge and bare separators are no hierarchy.
    [["v1.2", "v1.3"], { "v1.2": "v1.2", "v1.3": "v1.3" }],
    [["…", "...", "/"], { "…": "…", "...": "...", "/": "/" }],
    [["/Users/ana/x", "/Users/ana/y"], { "/Users/ana/": { x: "/Users/ana/x", y: "/Users/ana/y" } }],
    [["a/", "a/"], { "a/": "a/" }],
  ])("folds %j", (names, expected) => {
    expect(fold(...names)).toEqual(expected);
  });

  it("loses no item, whatever the names", () => {
    const names = ["a", "a/b", "a/b/c", "a/b/d", "a.b", "a.b.c", "", "//", "a//b", "a//c", "😀/x", "😀/y", "__proto__/x", "__proto__/y"];
    const collect = (folder: NameFolder<string>): string[] => [
      ...folder.leaves.map(({ item }) => item),
      ...folder.folders.flatMap(collect),
    ];
    expect(collect(foldNames(names, (name) => name)).sort()).toEqual([...names].sort());
  });
});

describe("labels", () => {
  it.each([
    [0, "0 ms"],
    [950, "950 ms"],
    [4_200, "4.2 s"],
    [42_000, "42 s"],
    [200_000, "3 min 20 s"],
    [3_600_000, "1 h"],
    [7_500_000, "2 h 5 min"],
    [7_205_000, "2 h"],
    [273_600_000, "3 d 4 h"],
    [Number.NaN, "—"],
    [-5, "—"],
  ])("tells a duration of %d ms as %s", (milliseconds, text) => {
    expect(formatDuration(milliseconds)).toBe(text);
  });

  it.each([
    [0.91234, "0.9123"],
    [1234567, "1234567"],
    [0.00001234, "1.23e-5"],
    [1.5e12, "1.50e12"],
    [Number.NaN, "NaN"],
    [Number.POSITIVE_INFINITY, "∞"],
    [Number.NEGATIVE_INFINITY, "−∞"],
    [-0.5, "-0.5"],
  ])("tells %d as %s", (value, text) => {
    expect(formatNumber(value)).toBe(text);
  });

  it("tells ages in words", () => {
    expect([30_000, 300_000, 10_800_000, 1_000_000_000].map(formatAge)).toEqual(["just now", "5 min ago", "3 h ago", "11 d ago"]);
  });

  it("makes one short line of anything, without cutting an emoji in two", () => {
    expect(oneLine("a\nb\tc\u202e")).toBe("a b c");
    const cut = oneLine("😀".repeat(10_000), 10);
    expect([...cut]).toHaveLength(10);
    expect(cut.endsWith("…")).toBe(true);
    expect(cut).not.toMatch(/\p{Surrogate}/u);
  });

  it("draws a curve whose gap and spike can be seen", () => {
    expect(textSparkline([0, 1])).toBe("▁█");
    expect(textSparkline([0, Number.NaN, 1])).toBe("▁ █");
    expect(textSparkline([5])).toBe("");
    expect(textSparkline([3, 3, 3])).toBe("▄▄▄");
    expect(textSparkline(Array.from({ length: 1000 }, (_, i) => i))).toHaveLength(24);
  });
});

describe("headline metrics", () => {
  const metrics = (...keys: string[]) => new Map(keys.map((key, i) => [key, { value: i, timestamp: 0, step: 0 }]));

  it("prefers telling names, test before validation before training, and never system metrics", () => {
    const run = aRun("a", { metrics: metrics("system/cpu", "train/auc", "val/auc", "test_auc", "zzz") });
    expect(headlineMetrics(run, []).map(({ key }) => key)).toEqual(["test_auc", "val/auc"]);
  });

  it("shows the configured ones that the run has", () => {
    const run = aRun("a", { metrics: metrics("auc", "cost") });
    expect(headlineMetrics(run, ["cost", "absent"]).map(({ key }) => key)).toEqual(["cost"]);
  });
});

describe("run facts", () => {
  const day = 86_400_000;
  it("calls a run stale when nothing was heard of it for a day, judged by its newest metric", () => {
    const running = aRun("a", { status: "RUNNING", startTime: 0, endTime: null });
    expect(isStale(running, 2 * day)).toBe(true);
    expect(isStale({ ...running, metrics: new Map([["loss", { value: 1, timestamp: 1.5 * day, step: 0 }]]) }, 2 * day)).toBe(false);
    expect(isStale(aRun("b", { status: "FINISHED" }), 1e15)).toBe(false);
  });

  it("measures a live run until now and a stale one until its last sign of life", () => {
    const running = aRun("a", {
      status: "RUNNING",
      startTime: 0,
      endTime: null,
      metrics: new Map([["m", { value: 1, timestamp: 60_000, step: 0 }]]),
    });
    expect(runDuration(running, 120_000)).toBe(120_000);
    expect(runDuration(running, 10 * day)).toBe(60_000);
    expect(runDuration(aRun("b", { startTime: null }), 0)).toBeNull();
  });

  it("names the tag owner before the user", () => {
    expect(runOwner(aRun("a", { tags: new Map([["owner", "mia"]]) }))).toBe("mia");
    expect(runOwner(aRun("a"))).toBe("ana");
  });
});

describe("vocabulary", () => {
  it("knows keys and values of the runs on screen", () => {
    const vocabulary = vocabularyOf([
      aRun("a", { params: new Map([["lr", "0.1"]]), tags: new Map([["team", "x"]]) }),
      aRun("b", { params: new Map([["lr", "0.2"]]) }),
    ]);
    expect(vocabulary.params).toEqual(["lr"]);
    expect(vocabulary.values({ entity: "param", key: "lr" })).toEqual(["0.1", "0.2"]);
    expect(vocabulary.values({ entity: "metric", key: "lr" })).toEqual([]);
  });
});
