import { describe, expect, it } from "vitest";

import { tickText } from "../../../../webview-ui/shared/charts/axisFormat";
import { findPoint } from "../../../../webview-ui/shared/charts/findPoint";
import { HoveredRun } from "../../../../webview-ui/shared/charts/hoveredRun";
import { stepAlong } from "../../../../webview-ui/shared/charts/walkPoints";

describe("findPoint", () => {
  const sets = [
    [
      { x: 0, y: 0 },
      { x: 50, y: NaN },
      { x: 100, y: 10 },
    ],
    [{ x: 104, y: 10 }],
  ];
  const pointsOf = (set: number) => sets[set] ?? [];

  it("finds the nearest point of all sets, and none where all are far or a gap", () => {
    const found = { points: [0, 1], columns: null };
    expect(findPoint(pointsOf, found, { x: 101, y: 12 })).toEqual({ datasetIndex: 0, index: 2 });
    expect(findPoint(pointsOf, found, { x: 103, y: 12 })).toEqual({ datasetIndex: 1, index: 0 });
    expect(findPoint(pointsOf, found, { x: 50, y: 0 })).toBeNull();
  });

  it("finds the column above or below where no point is close", () => {
    const found = { points: [1], columns: 0 };
    expect(findPoint(pointsOf, found, { x: 10, y: 180 })).toEqual({ datasetIndex: 0, index: 0 });
    expect(findPoint(pointsOf, found, { x: 104, y: 11 })).toEqual({ datasetIndex: 1, index: 0 });
  });

  it("finds the bar left or right of it where bars lie on their sides", () => {
    const bars = () => [
      { x: 80, y: 10 },
      { x: 20, y: 40 },
    ];
    expect(findPoint(bars, { points: [], columns: 0, sideways: true }, { x: 300, y: 37 })).toEqual({ datasetIndex: 0, index: 1 });
    expect(findPoint(bars, { points: [], columns: 0, sideways: true }, { x: 20, y: 12 })).toEqual({ datasetIndex: 0, index: 0 });
  });
});

describe("stepAlong", () => {
  it("begins at the first point whatever arrow comes first", () => {
    expect(stepAlong([3], undefined, "ArrowRight")).toEqual({ series: 0, index: 0 });
    expect(stepAlong([3, 3], undefined, "ArrowDown")).toEqual({ series: 0, index: 0 });
  });

  it("stays within the series and within their points", () => {
    expect(stepAlong([3], { series: 0, index: 2 }, "ArrowRight")).toEqual({ series: 0, index: 2 });
    expect(stepAlong([3, 2], { series: 0, index: 2 }, "ArrowDown")).toEqual({ series: 1, index: 1 });
    expect(stepAlong([3, 2], { series: 1, index: 1 }, "ArrowDown")).toEqual({ series: 1, index: 1 });
    expect(stepAlong([101], { series: 0, index: 50 }, "PageDown")).toEqual({ series: 0, index: 60 });
    expect(stepAlong([101], { series: 0, index: 50 }, "End")).toEqual({ series: 0, index: 100 });
  });

  it("leaves other keys, and charts without points, alone", () => {
    expect(stepAlong([3], undefined, "a")).toBeUndefined();
    expect(stepAlong([], undefined, "ArrowRight")).toBeUndefined();
    expect(stepAlong([0], undefined, "ArrowRight")).toBeUndefined();
  });
});

describe("tickText", () => {
  it("has as many digits as tell neighbours apart", () => {
    const ticks = [0.123_451, 0.123_452, 0.123_453].map((value) => ({ value }));
    expect(new Set(ticks.map(({ value }) => tickText(value, ticks))).size).toBe(3);
    expect(tickText(12_000, [{ value: 0 }, { value: 12_000 }])).toBe("12k");
    expect(tickText(0.5, [{ value: 0.5 }])).toBe("0.5");
  });
});

describe("HoveredRun", () => {
  it("tells of another run once, and no one who stopped listening", () => {
    const hover = new HoveredRun();
    const told: (number | null)[] = [];
    const stop = hover.onDidChange(() => told.push(hover.run));
    hover.set(3);
    hover.set(3);
    hover.set(null);
    stop();
    hover.set(1);
    expect(told).toEqual([3, null]);
  });
});
