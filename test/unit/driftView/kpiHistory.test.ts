import { describe, expect, it } from "vitest";

import { kpiHistory } from "../../../src/core/drift/view/kpiHistory";
import type { MonitoringKpi, MonitoringResult } from "../../../src/core/monitoring/monitoringResult";

const WEEK = 7 * 86_400_000;
const START = Date.parse("2026-11-02T00:00:00Z");

const kpi = (value: number | null, more: Partial<MonitoringKpi> = {}): MonitoringKpi => ({
  ...{ name: "f1", value, target: ">= 0.80", warn: ">= 0.85", status: value === null ? "unjudged" : "ok", verdict: "said" },
  ...{ by: null, group: null, rows: 500, kind: "measured", source: "scored.csv" },
  ...more,
});

function check(week: number, kpis: readonly MonitoringKpi[], more: Partial<MonitoringResult> = {}): MonitoringResult {
  const from = START + week * WEEK;
  return {
    ...{
      version: 1,
      product: "churn",
      config: "mlops.yaml",
      config_sha256: "",
      checked_at: from + WEEK,
      tool: "",
      commit: null,
      dirty: null,
    },
    ...{ status: "ok", verdict: "", reference: null, live: null, drift: null, problems: [], kpis },
    window: { from, to: from + WEEK, column: "ts", by: "week", complete: true },
    ...more,
  };
}

describe("KPIs over checks", () => {
  it("make one series a figure, oldest first, with its target", () => {
    const [series, ...others] = kpiHistory([check(1, [kpi(0.8)]), check(0, [kpi(0.9)])]);
    expect(others).toEqual([]);
    expect(series).toMatchObject({ name: "f1", target: { text: ">= 0.80", value: 0.8, better: "up" }, warn: 0.85, source: "scored.csv" });
    expect(series?.points.map(({ value, label }) => [value, label])).toEqual([
      [0.9, "2026-11-02 to 2026-11-08"],
      [0.8, "2026-11-09 to 2026-11-15"],
    ]);
  });

  it("take the newest of several checks of one window", () => {
    const older = check(0, [kpi(0.5)]);
    const newer = { ...check(0, [kpi(0.9)]), checked_at: older.checked_at + 1 };
    expect(kpiHistory([newer, older])[0]?.points.map(({ value }) => value)).toEqual([0.9]);
    expect(kpiHistory([older, newer])[0]?.points.map(({ value }) => value)).toEqual([0.9]);
  });

  it("keep groups apart, and estimates beside what was measured", () => {
    const series = kpiHistory([check(0, [kpi(0.9), kpi(0.7, { by: "sex", group: "f" }), kpi(0.6, { kind: "estimated" })])]);
    expect(series.map(({ group }) => group)).toEqual([null, "f"]);
    expect(series[0]?.points.map(({ value }) => value)).toEqual([0.9]);
    expect(series[0]?.estimate?.points.map(({ value }) => value)).toEqual([0.6]);
    expect(series[0]?.estimate?.assumption).toMatch(/without labels/);
    expect(series[1]?.estimate).toBeNull();
  });

  it("show a figure that is only estimated, and one without a value, with the reason", () => {
    const [estimated] = kpiHistory([check(0, [kpi(0.6, { kind: "estimated", source: "CBPE" })])]);
    expect(estimated).toMatchObject({ points: [], source: "CBPE" });
    expect(estimated?.estimate?.points).toHaveLength(1);
    const [nothing] = kpiHistory([check(0, [kpi(null, { verdict: "no labels yet" })])]);
    expect(nothing?.points[0]).toMatchObject({ value: null, reason: "no labels yet" });
  });

  it("place a figure of another time where it belongs, and one without any at its check", () => {
    const window = { from: START - WEEK, to: START, column: "ts", by: "week", complete: true } as const;
    expect(kpiHistory([check(0, [kpi(0.9, { window })])])[0]?.points[0]?.time).toBe(START - WEEK);
    const [alone] = kpiHistory([check(0, [kpi(0.9)], { window: null })]);
    expect(alone?.points[0]).toMatchObject({ time: START + WEEK, label: "2026-11-09" });
  });

  it("take a bound from above as one where less is better, and nothing for a target that nobody can read", () => {
    expect(kpiHistory([check(0, [kpi(3, { target: "<= 5" })])])[0]?.target?.better).toBe("down");
    expect(kpiHistory([check(0, [kpi(3, { target: "good" })])])[0]?.target).toBeNull();
  });
});
