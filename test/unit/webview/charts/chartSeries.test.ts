import { describe, expect, it } from "vitest";

import { prepareSeries, smooth, type ChartOptions, type ChartSeries } from "../../../../webview-ui/shared/charts/chartSeries";

const step: ChartOptions = { xAxis: "step", logarithmic: false, smoothing: 0 };

function aSeries(values: readonly number[], overrides: Partial<ChartSeries> = {}): ChartSeries {
  const points = values.map((value, index) => ({ step: index * 10, timestamp: 1_000_000 + index * 500, value }));
  return { id: "a", label: "a", points, total: values.length, ...overrides };
}

describe("prepareSeries", () => {
  it("turns values that are not finite into gaps with a mark, and counts them", () => {
    const prepared = prepareSeries(aSeries([1, NaN, Infinity, -Infinity, 2]), step);
    expect(prepared.raw.map((point) => point.y)).toEqual([1, NaN, NaN, NaN, 2]);
    expect(prepared.gaps).toEqual([
      { x: 10, kind: "nan" },
      { x: 20, kind: "above" },
      { x: 30, kind: "below" },
    ]);
    expect(prepared.counts).toEqual({ nan: 1, infinite: 2, nonPositive: 0, nonPositiveX: 0 });
  });

  it("leaves values of zero and below out of a log axis and counts them, but not as gaps", () => {
    const prepared = prepareSeries(aSeries([1, 0, -2, NaN, 3]), { ...step, logarithmic: true });
    expect(prepared.raw.map((point) => point.y)).toEqual([1, NaN, NaN, NaN, 3]);
    expect(prepared.gaps).toHaveLength(1);
    expect(prepared.counts).toEqual({ nan: 1, infinite: 0, nonPositive: 2, nonPositiveX: 0 });
  });

  it("puts steps, clock times or times since the start on the x axis", () => {
    const at = (xAxis: ChartOptions["xAxis"]): number[] =>
      prepareSeries(aSeries([1, 2, 3]), { ...step, xAxis }).raw.map((point) => point.x);
    expect(at("step")).toEqual([0, 10, 20]);
    expect(at("time")).toEqual([1_000_000, 1_000_500, 1_001_000]);
    expect(at("relative")).toEqual([0, 500, 1000]);
  });

  it("orders by time on a time axis when a resumed run logged earlier steps later", () => {
    const points = [
      { step: 1, timestamp: 300, value: 3 },
      { step: 2, timestamp: 100, value: 1 },
      { step: 3, timestamp: 200, value: 2 },
    ];
    const prepared = prepareSeries(aSeries([], { points }), { ...step, xAxis: "relative" });
    expect(prepared.raw).toEqual([
      { x: 0, y: 1 },
      { x: 100, y: 2 },
      { x: 200, y: 3 },
    ]);
    expect(prepared.source.map((point) => point.step)).toEqual([2, 3, 1]);
  });

  it("keeps the raw line beside the smoothed one", () => {
    const prepared = prepareSeries(aSeries([0, 10, 0, 10]), { ...step, smoothing: 0.5 });
    expect(prepared.raw.map((point) => point.y)).toEqual([0, 10, 0, 10]);
    expect(prepared.smoothed).toHaveLength(4);
    expect(prepareSeries(aSeries([1]), step).smoothed).toBeNull();
  });

  it("draws nothing of no points", () => {
    expect(prepareSeries(aSeries([]), { ...step, xAxis: "relative", smoothing: 0.9 })).toMatchObject({ raw: [], smoothed: [], gaps: [] });
  });
});

describe("smooth", () => {
  const ys = (values: readonly number[], weight: number): readonly number[] =>
    smooth(
      values.map((y, x) => ({ x, y })),
      weight,
    ).map((point) => point.y);

  it("leaves a flat line flat from its first point on", () => {
    for (const y of ys([5, 5, 5, 5], 0.9)) {
      expect(y).toBeCloseTo(5, 12);
    }
  });

  it("starts at the first value and stays between the extremes", () => {
    const smoothed = ys([10, 0, 10, 0, 10], 0.6);
    expect(smoothed[0]).toBeCloseTo(10, 12);
    expect(smoothed.slice(1).every((y) => y > 0 && y < 10)).toBe(true);
  });

  it("keeps gaps and remembers across them", () => {
    const smoothed = ys([4, NaN, 4], 0.9);
    expect(smoothed[1]).toBeNaN();
    expect(smoothed[2]).toBeCloseTo(4, 12);
  });
});
