import { describe, expect, it } from "vitest";

import { finish, finishInSlices, type Pacer, type Steps } from "../../../src/core/base/steps";
import { compareRuns, compareRunsInSteps } from "../../../src/core/compare/compareRuns";
import { importanceInSteps, importanceOf } from "../../../src/core/compare/importance";
import { toCompareView, toCompareViewInSteps } from "../../../src/core/compare/toCompareView";
import { toExportTextInSteps } from "../../../src/core/compare/toExportText";
import type { CompareExport } from "../../../src/protocol/compare";
import { comparedRuns, seededRandom } from "../../builders/comparedRuns";

const RUNS = 40;
const PARAMS = 30;
const random = seededRandom(7);
const runs = comparedRuns(
  ...Array.from({ length: RUNS }, () => ({
    params: Object.fromEntries(Array.from({ length: PARAMS }, (_, index) => [`p${index}`, String(Math.floor(random() * 10))])),
    metrics: { auc: random(), loss: random() },
  })),
);
const comparison = compareRuns(runs, 0);
const options = { baseline: 0, groupBy: null, directions: [] };
const state = { revision: 1, configured: new Map(), styles: [], reading: null, problems: [] };
const rows = [...comparison.rows.keys()];

function countSteps(steps: Steps<unknown>): number {
  let count = 0;
  while (steps.next().done !== true) {
    count++;
  }
  return count;
}

const exportSteps = (format: CompareExport): Steps<string> =>
  toExportTextInSteps(comparison, options, new Map(), { format, rows, charts: [] });

describe("long work of a comparison", () => {
  it("comes in steps no larger than a run or a row", () => {
    expect(countSteps(compareRunsInSteps(runs, 0))).toBeGreaterThanOrEqual(RUNS + comparison.rows.length);
    expect(countSteps(toCompareViewInSteps(comparison, options, state))).toBeGreaterThanOrEqual(2 * comparison.rows.length);
    expect(countSteps(importanceInSteps(comparison, "auc"))).toBeGreaterThanOrEqual(2 * PARAMS);
  });

  it.each(["csv", "json", "markdown", "html"] as const)("writes %s in steps of a row", (format) => {
    expect(countSteps(exportSteps(format))).toBeGreaterThanOrEqual(2 * rows.length);
  });

  it("gives the same in steps as at once", async () => {
    const always: Pacer = () => Promise.resolve();
    const { signal } = new AbortController();
    expect(await finishInSlices(compareRunsInSteps(runs, 0), always, signal)).toEqual(comparison);
    expect(await finishInSlices(importanceInSteps(comparison, "auc"), always, signal)).toEqual(importanceOf(comparison, "auc"));
    expect(finish(toCompareViewInSteps(comparison, options, state))).toEqual(toCompareView(comparison, options, state));
  });

  it("writes JSON with a line for each run and row", () => {
    const text = finish(exportSteps("json"));
    const parsed = JSON.parse(text) as { readonly runs: readonly unknown[]; readonly rows: readonly unknown[]; readonly baseline: string };
    expect([parsed.runs.length, parsed.rows.length, parsed.baseline]).toEqual([RUNS, rows.length, runs[0]?.run.runId]);
    expect(text.split("\n").filter((line) => line.startsWith("    {")).length).toBe(RUNS + rows.length);
  });
});

describe("work in slices", () => {
  it("pauses exactly where the pacer asks for it, and lets others work meanwhile", async () => {
    const done: string[] = [];
    function* work(): Steps<string> {
      for (const name of ["a", "b", "c", "d"]) {
        done.push(name);
        yield;
      }
      return "end";
    }
    let asked = 0;
    const everySecond: Pacer = () => (++asked % 2 === 0 ? new Promise((resolve) => setImmediate(resolve)) : null);
    const ended = finishInSlices(work(), everySecond, new AbortController().signal);
    expect(done).toEqual(["a", "b"]);
    await new Promise((resolve) => setImmediate(resolve));
    await new Promise((resolve) => setImmediate(resolve));
    expect(await ended).toBe("end");
    expect([done.join(""), asked]).toEqual(["abcd", 4]);
  });

  it("stops between two steps when it is cancelled", async () => {
    const controller = new AbortController();
    let steps = 0;
    function* endless(): Steps<never> {
      for (;;) {
        if (++steps === 3) {
          controller.abort();
        }
        yield;
      }
    }
    await expect(finishInSlices(endless(), () => null, controller.signal)).rejects.toThrow(/abort/i);
    expect(steps).toBe(3);
  });
});
