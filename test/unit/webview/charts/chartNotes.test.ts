// @vitest-environment happy-dom
import { describe, expect, it } from "vitest";

import { compact, formatTick, tickStep } from "../../../../webview-ui/shared/charts/axisFormat";
import { chartNotes, chartSummary } from "../../../../webview-ui/shared/charts/chartNotes";
import { prepareSeries, type ChartSeries } from "../../../../webview-ui/shared/charts/chartSeries";
import { seriesStyle, type ThemeKind } from "../../../../webview-ui/shared/charts/seriesStyle";

function aSeries(values: readonly number[], total = values.length): ChartSeries {
  return { id: "val/loss", label: "val/loss", points: values.map((value, step) => ({ step, timestamp: step, value })), total };
}

function notesOf(series: ChartSeries, logarithmic = false): readonly string[] {
  return chartNotes([series], [prepareSeries(series, { xAxis: "step", logarithmic, smoothing: 0 })]);
}

describe("chartNotes", () => {
  it("says nothing when everything is shown", () => {
    expect(notesOf(aSeries([1, 2, 3]))).toEqual([]);
  });

  it("says how many points are shown of how many", () => {
    document.documentElement.lang = "en";
    expect(notesOf(aSeries([1, 2, 3], 50_000))).toEqual(["Showing 3 of 50,000 points, min–max thinning."]);
  });

  it("counts what cannot be drawn", () => {
    expect(notesOf(aSeries([1, NaN, NaN, Infinity, 0, -1]), true)).toEqual([
      "2 × NaN, marked × at the bottom.",
      "1 × infinite, marked ▲ or ▼ at the edge.",
      "2 values of zero or below cannot be drawn on a log axis.",
    ]);
  });
});

describe("chartSummary", () => {
  it("tells last, minimum and maximum with their steps", () => {
    expect(chartSummary("val/loss", [aSeries([3, 1, 2])])).toBe(
      "Line chart val/loss. val/loss: 3 points, last 2 at step 2, minimum 1 at step 1, maximum 3 at step 0.",
    );
  });

  it("survives curves without a finite value, and without a point", () => {
    expect(chartSummary("x", [aSeries([NaN]), aSeries([])])).toContain("no finite value");
  });
});

describe("axes", () => {
  it("choose distances that a clock has", () => {
    expect(tickStep("step", 1000, 6)).toBeUndefined();
    expect(tickStep("relative", 0, 6)).toBeUndefined();
    expect(tickStep("relative", 60_000, 6)).toBe(10_000);
    expect(tickStep("time", 7 * 3_600_000, 6)).toBe(2 * 3_600_000);
    expect(tickStep("time", 60 * 86_400_000, 6)).toBe(10 * 86_400_000);
  });

  it("write short numbers", () => {
    expect([0, 0.5, 1234, 12_000, 2_500_000, 1e12, 1e-7, -15_000].map(compact)).toEqual([
      "0",
      "0.5",
      "1234",
      "12k",
      "2.5M",
      "1e12",
      "1e−7",
      "−15k",
    ]);
    expect(formatTick("step", 2.5, 10)).toBe("");
    expect(formatTick("relative", 0, 10)).toBe("0");
    expect(formatTick("relative", 90_000, 10)).toBe("1 min 30 s");
  });
});

describe("seriesStyle", () => {
  const backgrounds: readonly (readonly [ThemeKind, string])[] = [
    ["light", "#ffffff"],
    ["hcLight", "#ffffff"],
    ["dark", "#1f1f1f"],
    ["hcDark", "#000000"],
  ];

  it.each(backgrounds)("has a contrast of 3:1 at least in %s", (theme, background) => {
    for (let index = 0; index < 8; index++) {
      expect(contrast(seriesStyle(index, theme).color, background), `series ${index}`).toBeGreaterThanOrEqual(3);
    }
  });

  it("tells 24 series apart without any two alike", () => {
    const styles = Array.from({ length: 24 }, (_, index) => JSON.stringify(seriesStyle(index, "dark")));
    expect(new Set(styles).size).toBe(24);
  });

  it("tells the first four apart without colour", () => {
    const shapes = Array.from({ length: 4 }, (_, index) => JSON.stringify({ ...seriesStyle(index, "dark"), color: "" }));
    expect(new Set(shapes).size).toBe(4);
  });
});

/** Contrast as WCAG 2 computes it. */
function contrast(a: string, b: string): number {
  const luminance = (hex: string): number => {
    const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
      const part = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
      return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const [light = 0, dark = 0] = [luminance(a), luminance(b)].sort((x, y) => y - x);
  return (light + 0.05) / (dark + 0.05);
}
