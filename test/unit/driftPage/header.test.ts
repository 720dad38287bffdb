import { describe, expect, it } from "vitest";

import type { DriftState, KpiSeriesView } from "../../../src/protocol/drift";
import { missedKpis } from "../../../webview-ui/drift/header";
import { scoreText } from "../../../webview-ui/drift/renderCell";

function kpi(
  name: string,
  points: readonly (readonly [value: number | null, state: DriftState])[],
  group: string | null = null,
): KpiSeriesView {
  return {
    name,
    by: group === null ? null : "region",
    group,
    target: { text: ">= 0.80", value: 0.8, better: "up" },
    warn: null,
    band: null,
    points: points.map(([value, state], index) => ({
      ...{ time: index, label: `week ${String(index + 1)}`, value, rows: 400, state },
      ...{ reason: null, low: null, high: null, drift: false },
    })),
    estimate: null,
    source: "live.csv",
  };
}

describe("what the header says of figures", () => {
  it("names figures that miss their target in the newest judged window, the worst first", () => {
    const missed = missedKpis([
      kpi("f1", [[0.82, "warn"]]),
      kpi("accuracy", [
        [0.9, "ok"],
        [0.6, "fail"],
        [0.1, "unjudged"],
        [null, "fail"],
      ]),
      kpi("recall", [
        [0.5, "fail"],
        [0.9, "ok"],
      ]),
    ]);
    expect(missed).toEqual([
      { state: "fail", text: "`accuracy` is 0.6, target >= 0.80, week 2." },
      { state: "warn", text: "`f1` is 0.82, target >= 0.80, week 1." },
    ]);
  });

  it("leaves more than two to the charts, and names the group", () => {
    const missed = missedKpis(["a", "b", "c"].map((group) => kpi("accuracy", [[0.5, "fail"]], group)));
    expect(missed.map(({ text }) => text)).toEqual([
      "`accuracy of region = a` is 0.5, target >= 0.80, week 1.",
      "`accuracy of region = b` is 0.5, target >= 0.80, week 1.",
    ]);
  });
});

describe("a score in words", () => {
  it("claims no limit where a tool has none", () => {
    const score = {
      method: "jensen_shannon_base2",
      label: "Jensen–Shannon",
      kind: "distance",
      failThreshold: null,
      reason: null,
      effect: null,
    } as const;
    expect(scoreText({ ...score, score: 0.034, threshold: null, drifted: null })).toBe("0.034, no limit");
  });
});
