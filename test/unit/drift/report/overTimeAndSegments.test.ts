import { describe, expect, it } from "vitest";
import { NEVER_CANCELLED } from "../../../../src/core/base/cancel";
import { DriftAnalysis } from "../../../../src/core/drift/driftAnalysis";
import { DEFAULT_DRIFT_SETTINGS } from "../../../../src/core/drift/driftSettings";
import type { DriftService } from "../../../../src/core/drift/driftService";
import { columnOf, numbersFrom, sideOf, type TableValues } from "../../../builders/driftTables";

type Windows = Awaited<ReturnType<Awaited<ReturnType<DriftService["open"]>>["windows"]>>;

const DAY = 86_400_000;
const MONDAY = Date.UTC(2026, 10, 2);

function analysisOf(reference: TableValues, current: TableValues): DriftAnalysis {
  return new DriftAnalysis({ reference: sideOf(reference, "reference"), current: sideOf(current, "current") }, () => 0);
}

/** 300 rows in each of three weeks, of which the last is four days old and has moved; the first row is a Sunday's. */
const values = numbersFrom(1, 900);
const times = values.map((_, row) => MONDAY + Math.floor(row / 300) * 7 * DAY + (row % 300) * 1000);
const moved = values.map((value, row) => (row >= 600 ? value + 1 : value));
const baseline = numbersFrom(2, 1000);

describe("windows", () => {
  const windowsOf = (current: TableValues, by: "hour" | "day" | "week" | "month", minRows = 200): Promise<Windows> =>
    analysisOf({ x: baseline }, current).windows({ column: "t", by, minRows }, DEFAULT_DRIFT_SETTINGS, {}, NEVER_CANCELLED);

  it("are weeks from Monday on in UTC, oldest first, each against the whole reference", async () => {
    const windows = await windowsOf({ t: columnOf("t", times, "time"), x: moved }, "week");
    expect(windows.map(({ from, to, rows, status }) => [from, to, rows, status])).toEqual([
      [MONDAY, MONDAY + 7 * DAY, 300, "ok"],
      [MONDAY + 7 * DAY, MONDAY + 14 * DAY, 300, "ok"],
      [MONDAY + 14 * DAY, MONDAY + 21 * DAY, 300, "fail"],
    ]);
    expect(windows.map(({ columns }) => columns.map(({ name, status }) => [name, status]))).toEqual([
      [["x", "ok"]],
      [["x", "ok"]],
      [["x", "fail"]],
    ]);
    expect(windows[2]?.dataset).toMatchObject({ drifted: true, testedColumns: 1 });
  });

  it("put the last second of Sunday into its own week, and leave windows without rows out", async () => {
    const ends = [MONDAY - 1, MONDAY, MONDAY + 28 * DAY];
    const windows = await windowsOf({ t: columnOf("t", ends, "time"), x: [1, 2, 3] }, "week");
    expect(windows.map(({ from, rows }) => [from, rows])).toEqual([
      [MONDAY - 7 * DAY, 1],
      [MONDAY, 1],
      [MONDAY + 28 * DAY, 1],
    ]);
  });

  it("raise no alarm over four rows", async () => {
    const [window] = await windowsOf({ t: columnOf("t", times.slice(0, 4), "time"), x: [9, 9, 9, 9] }, "day");
    expect(window).toMatchObject({
      rows: 4,
      status: "unjudged",
      dataset: null,
      reason: "It has 4 rows, too few to judge; 200 are needed.",
    });
    expect(window?.columns).toEqual([
      { name: "x", status: "unjudged", score: null, reason: "It has 4 values in the current data; a score needs 30.", missing: 0 },
    ]);
  });

  it("take times that are texts, and rows without one belong to none", async () => {
    const texts = times.map((time, row) => (row === 0 ? null : new Date(time).toISOString()));
    const windows = await windowsOf({ t: texts, x: moved }, "month");
    expect(windows.map(({ label, rows }) => [label, rows])).toEqual([["2026-11", 899]]);
  });

  it("carry the share of missing values, with too few left to judge", async () => {
    const holes = values.map((value, row) => (row < 300 && row % 3 > 0 ? null : value));
    const [first, second] = await windowsOf({ t: columnOf("t", times, "time"), x: holes }, "week");
    expect(first?.columns[0]?.missing).toBeCloseTo(2 / 3, 12);
    expect(first?.columns[0]?.status).toBe("unjudged");
    expect(second?.columns[0]).toMatchObject({ missing: 0, status: "ok" });
  });

  it("need a column of times, and not too many windows", async () => {
    await expect(windowsOf({ t: ["a", "b"], x: [1, 2] }, "day")).rejects.toThrow("The column t holds no times that can be read.");
    await expect(windowsOf({ x: [1, 2] }, "day")).rejects.toThrow("The current data have no column t.");
    const years = columnOf(
      "t",
      Array.from({ length: 1200 }, (_, hour) => MONDAY + hour * 3_600_000),
      "time",
    );
    await expect(windowsOf({ t: years, x: numbersFrom(3, 1200) }, "hour")).rejects.toThrow("more than 1,000 windows of one hour");
  });
});

describe("segments", () => {
  const halves = values.map((_, row) => (row % 2 === 0 ? "even" : row % 3 === 0 ? null : "odd"));
  const tables = (): DriftAnalysis => {
    const current = values.map((value, row) => (halves[row] === "odd" ? value + 1 : value));
    return analysisOf({ half: halves, x: values }, { half: halves, x: current });
  };

  it("are judged each against its own rows of the reference, worst first", async () => {
    const segments = await tables().segments("half", { ...DEFAULT_DRIFT_SETTINGS, minRows: 100 }, NEVER_CANCELLED);
    expect(segments.map(({ value, status, rows }) => [value, status, rows])).toEqual([
      ["odd", "fail", { reference: 300, current: 300 }],
      ["even", "ok", { reference: 450, current: 450 }],
      [null, "ok", { reference: 150, current: 150 }],
    ]);
    expect(segments[0]?.worst?.column).toBe("x");
    expect(segments[1]?.worst).toEqual({ column: "x", score: 0 });
  });

  it("with too few rows are not judged", async () => {
    const [last] = (await tables().segments("half", DEFAULT_DRIFT_SETTINGS, NEVER_CANCELLED)).slice(-1);
    expect(last).toMatchObject({ value: null, status: "unjudged", dataset: null, worst: null });
    expect(last?.reason).toBe("It has 150 rows in the reference, too few to judge; 200 are needed.");
  });

  it("can be numbers", async () => {
    const group = values.map((_, row) => row % 3);
    const analysis = analysisOf({ group, x: values }, { group, x: values });
    const segments = await analysis.segments("group", DEFAULT_DRIFT_SETTINGS, NEVER_CANCELLED);
    expect(segments.map(({ value, rows }) => [value, rows.current]).sort()).toEqual([
      ["0", 300],
      ["1", 300],
      ["2", 300],
    ]);
  });

  it("are at most the fifty most frequent values", async () => {
    const group = values.map((_, row) => `g${row % 70}`);
    const analysis = analysisOf({ group, x: values }, { group, x: values });
    expect(await analysis.segments("group", DEFAULT_DRIFT_SETTINGS, NEVER_CANCELLED)).toHaveLength(50);
    await expect(analysis.segments("none", DEFAULT_DRIFT_SETTINGS, NEVER_CANCELLED)).rejects.toThrow(
      "The column none is not on both sides.",
    );
  });
});

describe("why the tools disagree", () => {
  it("gives four tools on a column of numbers, each with its own figure", async () => {
    const analysis = analysisOf({ x: baseline }, { x: moved });
    const tools = await analysis.tools("x", DEFAULT_DRIFT_SETTINGS, NEVER_CANCELLED);
    expect(tools.map(({ tool, method }) => [tool, method])).toEqual([
      ["MLOps Workbench", "psi_quantile"],
      ["Evidently", "ks"],
      ["NannyML", "jensen_shannon_base2"],
      ["Deepchecks", "ks_statistic"],
    ]);
    expect(tools[3]).toMatchObject({ threshold: 0.2, drifted: true });
    expect(tools[3]?.score).toBeCloseTo(1 / 3, 1);
    expect(tools[1]?.why).toContain("The reference has 1,000 values, at most 1,000, so a test is taken");
    expect(new Set(tools.map(({ why }) => why)).size).toBe(4);
  });

  it("allows Deepchecks less on a label, and counts categories by value", async () => {
    const labels = values.map((value) => (value < 0.5 ? "yes" : "no"));
    const tools = await analysisOf({ target: labels }, { target: labels }).tools("target", DEFAULT_DRIFT_SETTINGS, NEVER_CANCELLED);
    expect(tools.map(({ method, score }) => [method, score])).toEqual([
      ["psi_quantile", 0],
      ["z", 1],
      ["jensen_shannon_base2", 0],
      ["cramers_v", 0],
    ]);
    expect(tools[3]?.threshold).toBe(0.15);
  });

  it("says why there is no figure", async () => {
    const tools = await analysisOf({ x: baseline }, { x: [null, null] }).tools("x", DEFAULT_DRIFT_SETTINGS, NEVER_CANCELLED);
    expect(tools.map(({ tool, score, reason }) => [tool, score, reason])).toEqual([
      ["MLOps Workbench", null, "All values are missing in the current data."],
      ["Evidently", null, "All values are missing in the current data."],
    ]);
    await expect(analysisOf({ x: baseline }, { y: [1] }).tools("x", DEFAULT_DRIFT_SETTINGS, NEVER_CANCELLED)).rejects.toThrow(
      "The current data have no column x.",
    );
  });
});
