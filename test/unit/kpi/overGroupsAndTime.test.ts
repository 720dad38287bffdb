import fc from "fast-check";
import { describe, expect, test } from "vitest";

import { baselineOf } from "../../../src/core/drift/detectors/detector";
import { kpiSeries, type KpiPoint } from "../../../src/core/kpi/kpiSeries";
import { resolveKpi } from "../../../src/core/kpi/kpiSpec";
import { measuredKpi } from "../../../src/core/kpi/kpiValue";
import { chooseRoles } from "../../../src/core/kpi/roles";
import { kpiBySegment, segmentSpread, type SegmentedKpi } from "../../../src/core/kpi/segments";
import { kpiByWindow, windowPoints, type WindowedKpi } from "../../../src/core/kpi/windows";
import type { Column } from "../../../src/core/tabular/column";
import { named, numbers, readFair, textColumn } from "../drift/overTime/fixtureTable";

const DAY = 86_400_000;
const MONDAY = Date.UTC(2026, 10, 2);

function segments(name: string, columns: readonly Column[], by: Column, options: Parameters<typeof kpiBySegment>[4] = {}): SegmentedKpi {
  const found = kpiBySegment(resolveKpi(name, columns)!, columns, chooseRoles(columns), by, options);
  if (typeof found === "string") {
    throw new Error(found);
  }
  return found;
}

describe("a KPI by group", () => {
  test("is that of the group alone, the worst group first", () => {
    const fair = readFair("current");
    const { groups, leftOut } = segments("recall", fair, named(fair, "rate_marriage"));
    expect(leftOut).toBe(0);
    // Computed by scikit-learn for each group.
    expect(groups.map(({ group, rows }) => [group, rows])).toEqual([
      ["5", 801],
      ["4", 642],
      ["3", 314],
      ["1", 35],
      ["2", 108],
    ]);
    expect(groups.slice(0, 3).map(({ value }) => value.value)).toEqual([0, 0.10454545454545454, 0.6551724137931034]);
    expect(segmentSpread(groups)).toEqual({ low: 0, high: 1 });
  });

  const table = [
    textColumn("sex", [...new Array<string>(50).fill("f"), ...new Array<string>(50).fill("m"), "x", ""]),
    numbers("prediction", [
      ...Array.from({ length: 50 }, (_, i) => (i < 20 ? 1 : 0)),
      ...Array.from({ length: 50 }, (_, i) => (i < 40 ? 1 : 0)),
      1,
      0,
    ]),
  ];

  test("small groups and rows without a value come after those that can be judged", () => {
    const { groups } = segments("selection_rate", table, table[0]!);
    expect(groups.map(({ group, few }) => [group, few])).toEqual([
      ["f", false],
      ["m", false],
      [null, true],
      ["x", true],
    ]);
  });

  test("rates of selection are compared with the highest of a group with enough rows", () => {
    const { groups } = segments("selection_rate_ratio", table, table[0]!);
    expect(groups[0]).toMatchObject({ group: "f", value: { value: 0.5 } });
    expect(groups[1]).toMatchObject({ group: "m", value: { value: 1 } });
  });

  test("where less is better the largest is the worst", () => {
    const by = textColumn("plan", [...new Array<string>(40).fill("a"), ...new Array<string>(40).fill("b")]);
    const cost = numbers(
      "cost",
      Array.from({ length: 80 }, (_, i) => (i < 40 ? 1 : 2)),
    );
    expect(segments("mean(cost)", [cost, by], by, { better: "down" }).groups[0]?.group).toBe("b");
    expect(segments("mean(cost)", [cost, by], by).groups[0]?.group).toBe("a");
  });

  test("many different numbers are cut into ranges, many different texts to the largest groups", () => {
    const age = numbers(
      "age",
      Array.from({ length: 100 }, (_, i) => 20 + i / 2),
    );
    const ranges = segments("mean(age)", [age], age, { minRows: 10 }).groups;
    expect(ranges.map(({ group }) => group)).toEqual([
      "20 to below 30",
      "30 to below 40",
      "40 to below 50",
      "50 to below 60",
      "60 to 69.5",
    ]);
    expect(ranges.every(({ rows }) => rows === 20)).toBe(true);
    const city = textColumn(
      "city",
      Array.from({ length: 700 }, (_, i) => `city ${i % 350}`),
    );
    const found = segments("mean(age)", [numbers("age", new Array<number>(700).fill(1)), city], city);
    expect([found.groups.length, found.leftOut]).toEqual([200, 150]);
  });

  test("any column: every row is in one group", () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.double(), fc.integer({ min: 0, max: 3 })), { maxLength: 80 }), (values) => {
        const by = numbers("by", values);
        const { groups } = segments("sum(one)", [numbers("one", new Array<number>(values.length).fill(1)), by], by);
        expect(groups.reduce((sum, { rows }) => sum + rows, 0)).toBe(values.length);
        expect(new Set(groups.map(({ group }) => group)).size).toBe(groups.length);
      }),
    );
  });
});

function windows(
  name: string,
  columns: readonly Column[],
  time: Parameters<typeof kpiByWindow>[3],
  options: Parameters<typeof kpiByWindow>[4],
): WindowedKpi {
  const found = kpiByWindow(resolveKpi(name, columns)!, columns, chooseRoles(columns), time, options);
  if (typeof found === "string") {
    throw new Error(found);
  }
  return found;
}

describe("a KPI by week", () => {
  // Two weeks of ten rows a day; all predictions are right in the first week, half of them in the second.
  const times = Array.from({ length: 140 }, (_, i) => MONDAY + Math.floor(i / 10) * DAY + (i % 10));
  const label = numbers(
    "label",
    times.map((_, i) => i % 2),
  );
  const prediction = numbers(
    "prediction",
    times.map((_, i) => (i < 70 ? i % 2 : Math.floor(i / 2) % 2)),
  );
  const time = numbers("time", times, "time");

  test("is that of the week's rows, in any order of rows", () => {
    const order = times.map((_, i) => (i * 37) % 140);
    const shuffled = [label, prediction, time].map((column) => ({
      ...column,
      values: Float64Array.from(order, (row) => column.values[row]!),
    }));
    const found = windows("accuracy", shuffled, shuffled[2]!, { by: "week", asOf: null });
    expect(found.windows.map(({ chunk, value }) => [chunk.label, value.value])).toEqual([
      ["2026-11-02 to 2026-11-08", 1],
      ["2026-11-09 to 2026-11-15", 0.5],
    ]);
    expect(found.windows.every(({ complete }) => complete)).toBe(true);
  });

  test("leaves out rows whose label cannot be known yet, and counts them", () => {
    const options = { by: "week", labelDelay: 5 * DAY, asOf: MONDAY + 15 * DAY } as const;
    const found = windows("accuracy", [label, prediction], time, options);
    // Known up to the tenth day, of which only the row of midnight counts.
    expect(found.windows.map(({ value, waiting, complete, few }) => [value.rows, waiting, complete, few])).toEqual([
      [70, 0, true, false],
      [31, 39, false, false],
    ]);
    expect(found.waiting).toBe(39);
    const all = windows("rate(prediction)", [label, prediction], time, options);
    expect(all.windows.map(({ value, complete }) => [value.rows, complete])).toEqual([
      [70, true],
      [70, true],
    ]);
  });

  test("becomes a series in which only complete weeks are judged", () => {
    const found = windows("accuracy", [label, prediction], time, { by: "week", labelDelay: 5 * DAY, asOf: MONDAY + 15 * DAY });
    expect(kpiSeries(windowPoints(found), { target: ">= 0.8" }).points).toMatchObject([
      { time: MONDAY, label: "2026-11-02 to 2026-11-08", value: 1, rows: 70, status: "ok" },
      { time: MONDAY + 7 * DAY, rows: 31, status: "unjudged", sentence: "This window is not complete yet." },
    ]);
  });

  test("a week without any known label has a sentence", () => {
    const found = windows("accuracy", [label, prediction], time, { by: "week", labelDelay: 30 * DAY, asOf: MONDAY + 15 * DAY });
    expect(found.windows.map(({ value }) => value.kind)).toEqual(["none", "none"]);
  });

  test("rows without a time are in no week", () => {
    const found = windows(
      "accuracy",
      [label, prediction],
      numbers(
        "time",
        times.map((at, i) => (i < 5 ? NaN : at)),
        "time",
      ),
      { by: "month", asOf: null },
    );
    expect(found.withoutTime).toBe(5);
    expect(found.windows).toMatchObject([{ value: { rows: 135 }, chunk: { label: "2026-11" } }]);
  });
});

describe("a series of figures", () => {
  const point = (value: KpiPoint["value"], i: number): KpiPoint => ({ time: MONDAY + i * DAY, label: `day ${i}`, value });

  test("is judged point by point, with the band of its baseline and marks of ADWIN", () => {
    const values = Array.from({ length: 60 }, (_, i) => (i < 30 ? 0.9 : 0.5) + (i % 3) / 100);
    const series = kpiSeries(values.map(point), { target: ">= 0.8", baseline: baselineOf(values.slice(0, 20), "the first 20 days") });
    expect(series.points.map(({ status }) => status)).toEqual(values.map((value) => (value >= 0.8 ? "ok" : "fail")));
    expect(series.band).toMatchObject({ baseline: "the first 20 days" });
    expect(series.marks[0]).toMatchObject({ detector: "adwin", direction: "down" });
    expect(series.marks[0]!.index).toBeGreaterThanOrEqual(30);
    expect(series.marks[0]!.index).toBeLessThan(45);
    expect(series.points.filter(({ drift }) => drift).map(({ time }) => time)).toEqual(
      series.marks.map(({ index }) => MONDAY + index * DAY),
    );
  });

  test.each([1, 1e-6, 1e6])("changes are found at any scale, here %d, and without a baseline too", (scale) => {
    const noisy = Array.from({ length: 60 }, (_, i) => scale * ((i < 30 ? 10 : 14) + Math.sin(i * i)));
    const marks = kpiSeries(noisy.map(point)).marks;
    expect(marks[0]).toMatchObject({ detector: "adwin", direction: "up" });
    expect(marks[0]!.index).toBeGreaterThanOrEqual(30);
    expect(kpiSeries(noisy.slice(0, 30).map(point)).marks).toEqual([]);
    expect(kpiSeries(new Array<number>(60).fill(scale).map(point)).marks).toEqual([]);
  });

  test("a window that is not complete is shown, and neither judged nor seen by a detector", () => {
    const baseline = { mean: 0.9, std: 0.01, count: 20, label: "before" };
    const points = [
      point(measuredKpi(0.9, 100, { low: 0.8, high: 0.95 }), 0),
      { ...point(measuredKpi(0.1, 100), 1), complete: false },
      point(null, 2),
    ];
    const series = kpiSeries(points, { target: ">= 0.8", baseline, detectors: ["baseline_band"] });
    expect(series.points).toMatchObject([
      { status: "ok", value: 0.9, rows: 100, low: 0.8, high: 0.95 },
      { status: "unjudged", value: 0.1, sentence: "This window is not complete yet." },
      { status: "unjudged", value: null },
    ]);
    expect(series.marks).toEqual([]);
  });

  test("detectors that lack a baseline say so", () => {
    expect(kpiSeries([point(1, 0)], { detectors: ["cusum"] }).notes).toEqual([
      "CUSUM: It needs a baseline: say which part of the series was normal.",
    ]);
    expect(kpiSeries([]).points).toEqual([]);
  });
});
