import { describe, expect, it } from "vitest";

import { brushByKey, brushed, flipBrush, setBrush } from "../../../webview-ui/compare/charts/brush";
import { OFF_SCALE, parallelAxis, valueAt } from "../../../webview-ui/compare/charts/parallelAxis";
import { dimension } from "./dimension";

const plain = { log: false, flipped: false };

describe("parallelAxis", () => {
  it("gives what has no place on the scale one below it, and counts it", () => {
    const axis = parallelAxis(dimension("x", [0, 10, null, NaN, "None", Infinity]), plain);
    expect(axis.positions).toEqual([0, 1, OFF_SCALE.missing, OFF_SCALE.notFinite, OFF_SCALE.notFinite, OFF_SCALE.notFinite]);
    expect(axis.counts).toEqual({ missing: 1, notFinite: 2, nonPositive: 0, notNumber: 1 });
  });

  it("spaces a log axis by factors and counts what is not positive", () => {
    const axis = parallelAxis(dimension("x", [0.001, 0.1, 10, 0, -1]), { log: true, flipped: false });
    expect(axis.positions.slice(0, 3).map((position) => Number(position.toFixed(9)))).toEqual([0, 0.5, 1]);
    expect(axis.counts.nonPositive).toBe(2);
    expect(valueAt(axis, 0.5)).toBeCloseTo(0.1);
  });

  it("flips", () => {
    const axis = parallelAxis(dimension("x", [0, 10]), { log: false, flipped: true });
    expect(axis.positions).toEqual([1, 0]);
    expect(valueAt(axis, 1)).toBe(0);
  });

  it("puts a single value in the middle and holds the widest range of numbers", () => {
    expect(parallelAxis(dimension("x", [5, 5]), plain).positions).toEqual([0.5, 0.5]);
    expect(parallelAxis(dimension("x", [-1.7e308, 0, 1.7e308]), plain).positions).toEqual([0, 0.5, 1]);
  });

  it("gives every category a place of its own, however alike their beginnings", () => {
    const long = "x".repeat(500);
    const axis = parallelAxis(dimension("c", [`${long}1`, `${long}2`, `${long}10`, null], "category"), plain);
    expect(axis.categories).toEqual([`${long}1`, `${long}2`, `${long}10`]);
    expect(axis.positions).toEqual([0, 0.5, 1, OFF_SCALE.missing]);
  });
});

describe("brush", () => {
  const axes = [parallelAxis(dimension("x", [0, 5, 10, null]), plain), parallelAxis(dimension("y", [0, 1, 2, 3]), plain)];

  it("keeps what lies in every range; a missing value lies in none that begins on the scale", () => {
    const brushes = setBrush(setBrush(new Map(), "x", 1, 0.4), "y", 0, 0.5);
    expect(brushed(axes, brushes, 4)).toEqual([false, true, false, false]);
    expect(brushed(axes, new Map(), 4)).toEqual([true, true, true, true]);
  });

  it("is taken away by a click and does not filter by an axis that is not shown", () => {
    expect(setBrush(setBrush(new Map(), "x", 0, 1), "x", 0.5, 0.5).size).toBe(0);
    expect(brushed(axes, setBrush(new Map(), "gone", 0, 0.1), 4)).toEqual([true, true, true, true]);
  });

  it("keeps the same items when the axis is flipped", () => {
    const brushes = setBrush(new Map(), "x", 0, 0.4);
    const flipped = [parallelAxis(dimension("x", [0, 5, 10, null]), { log: false, flipped: true })];
    expect(brushed(flipped, flipBrush(brushes, "x"), 4)).toEqual(brushed([axes[0]!], brushes, 4));
  });

  it("moves and resizes by keys and stays on the axis", () => {
    let brushes = brushByKey(new Map(), "x", "ArrowUp", { shift: false, alt: false })!;
    expect(brushes.get("x")).toEqual([0.5, 1]);
    brushes = brushByKey(brushes, "x", "ArrowUp", { shift: false, alt: false })!;
    expect(brushes.get("x")).toEqual([0.5, 1]);
    brushes = brushByKey(brushes, "x", "ArrowDown", { shift: true, alt: false })!;
    expect(brushes.get("x")).toEqual([0.5, 0.95]);
    brushes = brushByKey(brushes, "x", "ArrowUp", { shift: false, alt: true })!;
    expect(brushes.get("x")?.[0]).toBeCloseTo(0.55);
    expect(brushByKey(brushes, "x", "Enter", { shift: false, alt: false })).toBeNull();
  });
});
