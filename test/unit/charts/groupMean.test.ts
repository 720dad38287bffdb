import { describe, expect, it } from "vitest";

import { groupMean } from "../../../webview-ui/compare/charts/groupMean";

const curve = (...points: readonly (readonly [number, number])[]) => points.map(([x, y]) => ({ x, y }));

describe("groupMean", () => {
  it("gives mean and sample standard deviation at each step", () => {
    const band = groupMean([curve([0, 1], [1, 3]), curve([0, 3], [1, 5])]);
    expect(band[0]).toMatchObject({ x: 0, mean: 2, count: 2 });
    expect(band[0]!.high - band[0]!.mean).toBeCloseTo(Math.SQRT2);
  });

  it("draws a straight line between points, and none beyond the ends", () => {
    const band = groupMean([curve([0, 0], [10, 10]), curve([5, 5])]);
    expect(band.map(({ x, mean, count }) => [x, mean, count])).toEqual([
      [0, 0, 1],
      [5, 5, 2],
      [10, 10, 1],
    ]);
  });

  it("does not bridge a gap", () => {
    const band = groupMean([curve([0, 1], [1, NaN], [2, 1]), curve([0, 3], [1, 3], [2, 3])]);
    expect(band.map(({ count }) => count)).toEqual([2, 1, 2]);
  });

  it("keeps both ends of many steps", () => {
    const band = groupMean([Array.from({ length: 5000 }, (_, x) => ({ x, y: x }))]);
    expect(band.length).toBeLessThanOrEqual(402);
    expect([band[0]?.x, band.at(-1)?.x]).toEqual([0, 4999]);
  });

  it("says nothing about nothing", () => {
    expect(groupMean([])).toEqual([]);
    expect(groupMean([curve([0, NaN])])).toEqual([]);
  });
});
