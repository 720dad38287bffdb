import { describe, expect, it } from "vitest";

import { firstAxes } from "../../../webview-ui/compare/charts/firstAxes";
import { nearestLine } from "../../../webview-ui/compare/charts/nearestLine";
import { parallelAxis } from "../../../webview-ui/compare/charts/parallelAxis";
import { axisTicks } from "../../../webview-ui/compare/charts/parallelTexts";
import { dimension } from "./dimension";

const plain = { log: false, flipped: false };
const ticks = (values: readonly number[], options: Parameters<typeof parallelAxis>[1] = plain): readonly string[] =>
  axisTicks(parallelAxis(dimension("x", values), options)).map(([, text]) => text);

describe("nearestLine", () => {
  const axes = [parallelAxis(dimension("x", [0, 10, 5]), plain), parallelAxis(dimension("y", [10, 0, 5]), plain)];

  it("finds the line at a place between two axes", () => {
    expect(nearestLine(axes, [true, true, true], { left: 0, along: 0.1, position: 0.12 }, 0.05)).toBe(0);
    expect(nearestLine(axes, [true, true, true], { left: 0, along: 0.1, position: 0.88 }, 0.05)).toBe(1);
  });

  it("finds none out of reach, and none that a range hides", () => {
    expect(nearestLine(axes, [true, true, true], { left: 0, along: 0, position: 0.3 }, 0.05)).toBeNull();
    expect(nearestLine(axes, [false, true, true], { left: 0, along: 0, position: 0 }, 0.05)).toBeNull();
  });
});

describe("firstAxes", () => {
  const param = (id: string, varies = true) => ({ ...dimension(id, [1, 2]), varies });
  const metric = (id: string) => ({ ...dimension(id, [1, 2]), section: "metrics" as const });

  it("shows only what varies, parameters first and at least two metrics", () => {
    const params = Array.from({ length: 20 }, (_, index) => param(`p${index}`));
    const axes = firstAxes([metric("m1"), ...params, metric("m2"), metric("m3"), param("same", false)]);
    expect(axes.map(({ id }) => id)).toEqual(["p0", "p1", "p2", "p3", "p4", "p5", "m1", "m2"]);
  });

  it("fills up with metrics where parameters are few", () => {
    expect(firstAxes([param("p"), ...["a", "b", "c"].map(metric)]).map(({ id }) => id)).toEqual(["p", "a", "b", "c"]);
  });
});

describe("axisTicks", () => {
  it("are the ends as they are and round numbers between them", () => {
    expect(ticks([0.0111, 0.1])).toEqual(["0.0111", "0.02", "0.04", "0.06", "0.08", "0.1"]);
    expect(ticks([3, 9])).toEqual(["3", "4", "5", "6", "7", "8", "9"]);
    expect(ticks([-1.7e308, 1.7e308])[0]).toBe("−1.7e308");
  });

  it("are powers of ten on a log axis, also a flipped one", () => {
    expect(ticks([0.002, 30], { log: true, flipped: false })).toEqual(["0.002", "0.01", "0.1", "1", "10", "30"]);
    const flipped = axisTicks(parallelAxis(dimension("x", [1, 1000]), { log: true, flipped: true }));
    expect(flipped[0]).toEqual([1, "1"]);
    expect(flipped.map(([position]) => position)).toEqual([...flipped.map(([position]) => position)].sort((a, b) => b - a));
  });

  it("are one for a single value", () => {
    expect(ticks([7, 7])).toEqual(["7"]);
  });
});
