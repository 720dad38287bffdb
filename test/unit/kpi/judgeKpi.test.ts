import fc from "fast-check";
import { describe, expect, test } from "vitest";

import { betterOf, judgeKpi } from "../../../src/core/kpi/judgeKpi";
import { measuredKpi, noKpi } from "../../../src/core/kpi/kpiValue";

describe("a figure and its targets", () => {
  const targets = { target: ">= 0.80", warn: ">= 0.85" };

  test("holds, is near, or misses", () => {
    expect(judgeKpi(0.9, targets)).toEqual({ status: "ok", sentence: "0.9 holds the target >= 0.8." });
    expect(judgeKpi(0.82, targets)).toEqual({
      status: "warn",
      sentence: "0.82 holds the target >= 0.8 but misses the bound for warnings >= 0.85.",
    });
    expect(judgeKpi(0.7, targets)).toEqual({ status: "fail", sentence: "0.7 misses the target >= 0.8." });
    expect(judgeKpi(0.1, { warn: "<= 0.05" })).toMatchObject({ status: "warn" });
    expect(judgeKpi(0.01, { warn: "<= 0.05" })).toMatchObject({ status: "ok" });
  });

  test("never looks like the bound that it misses", () => {
    expect(judgeKpi(0.79996, targets).sentence).toBe("0.79996 misses the target >= 0.8.");
    expect(judgeKpi(0.8, targets).status).toBe("warn");
  });

  test("is unjudged without a target, a value, rows, or a comparison", () => {
    expect(judgeKpi(0.8, {})).toEqual({ status: "unjudged", sentence: "0.8; no target is set." });
    expect(judgeKpi(noKpi("No row is positive."), targets)).toEqual({ status: "unjudged", sentence: "No row is positive." });
    expect(judgeKpi(null, targets).status).toBe("unjudged");
    expect(judgeKpi(NaN, targets).status).toBe("unjudged");
    expect(judgeKpi(measuredKpi(0.1, 29), targets)).toMatchObject({
      status: "unjudged",
      sentence: "Too few rows to judge 0.1: 29, at least 30 are needed.",
    });
    expect(judgeKpi(measuredKpi(0.1, 30), targets).status).toBe("fail");
    expect(judgeKpi(0.9, { target: "0.8" }).sentence).toContain('"0.8" has no comparison');
    expect(judgeKpi(0.9, { ...targets, warn: "high" }).status).toBe("unjudged");
  });

  test("any figure: a sentence with a full stop and no NaN, and no better status below the target", () => {
    fc.assert(
      fc.property(fc.double(), fc.double({ min: 0, max: 1, noNaN: true }), (value, bound) => {
        const { status, sentence } = judgeKpi(value, { target: `>= ${bound.toFixed(6)}` });
        expect(sentence).toMatch(/\.$/);
        expect(sentence).not.toMatch(/NaN|Infinity|undefined/);
        expect(status === "fail").toBe(Number.isFinite(value) && value < Number(bound.toFixed(6)));
      }),
    );
  });

  test("a target says which way is better", () => {
    expect([betterOf(">= 1"), betterOf("< 2"), betterOf("== 3"), betterOf("much"), betterOf(null)]).toEqual([
      "up",
      "down",
      null,
      null,
      null,
    ]);
  });
});
