// @vitest-environment happy-dom
import { describe, expect, it } from "vitest";

import { curveDrawing } from "../../../../webview-ui/compare/charts/curveDrawing";
import { barNotes, curveNotes } from "../../../../webview-ui/compare/charts/curveNotes";
import { curveSet, singleValues, type CurveOptions } from "../../../../webview-ui/compare/charts/curveSet";
import type { ChartTheme } from "../../../../webview-ui/shared/charts/chartTheme";
import { aCurve, aRun, aView } from "./aView";

const options: CurveOptions = { xAxis: "step", logarithmic: false, logarithmicX: false, smoothing: 0, cutOutliers: false };
const theme: ChartTheme = {
  kind: "dark",
  text: "#ffffff",
  muted: "#888888",
  grid: "#333333",
  background: "#000000",
  warning: "#ffcc00",
  tooltipBackground: "#000000",
  tooltipText: "#ffffff",
  tooltipBorder: "#888888",
  fontFamily: "sans-serif",
  fontSize: 11,
};
const none: ReadonlySet<number> = new Set();
const view = aView(["a", "b", "c"]);
const set = (curves: Parameters<typeof curveSet>[0], change: Partial<CurveOptions> = {}, hidden = none) =>
  curveSet(curves, view, hidden, { ...options, ...change }, String);
const corners = (drawing: ReturnType<typeof curveDrawing>): unknown => drawing.config.data.datasets[0]?.data;

describe("curveDrawing", () => {
  it("spans the scales over all finite values of all curves", () => {
    const curves = set([aCurve(0, [3, "NaN", 5]), aCurve(1, [-1, "Infinity"])]);
    expect(corners(curveDrawing(curves, options, theme))).toEqual([
      { x: 0, y: -1 },
      { x: 2, y: 5 },
    ]);
  });

  it("keeps the whole x axis where outliers are cut", () => {
    const values = Array.from({ length: 200 }, (_, index) => (index === 0 ? -1000 : index === 199 ? 1000 : 1 + index / 1000));
    const cut = { ...options, cutOutliers: true };
    const drawn = set([aCurve(0, values)], cut);
    const { min, max } = drawn.cut ?? { min: NaN, max: NaN };
    expect([min > -1000, max < 1000]).toEqual([true, true]);
    expect(corners(curveDrawing(drawn, cut, theme))).toEqual([
      { x: 0, y: min },
      { x: 199, y: max },
    ]);
  });

  it("marks a run's line, also behind groups, and says what a point is", () => {
    const drawing = curveDrawing(set([aCurve(0, [1, 2]), aCurve(2, [0.25, "NaN"])]), options, theme);
    expect(drawing.marks(2).map((mark) => mark.datasetIndex)).toEqual([1]);
    expect(drawing.marks(1)).toEqual([]);
    expect([drawing.runAt(0, 0), drawing.runAt(1, 0)]).toEqual([0, 2]);
    expect(drawing.describe(1, 0)).toMatchObject({ title: "c", lines: ["0.25", "Step 0", expect.any(String) as string] });
    expect(drawing.describe(1, 1).lines[0]).toBe("NaN");
  });

  it("draws the raw line with the smoothed one and tells both values", () => {
    const smoothing = { ...options, smoothing: 0.5 };
    const drawing = curveDrawing(set([aCurve(0, [1, 3])], smoothing), smoothing, theme);
    expect(drawing.walked).toEqual([0]);
    expect(drawing.describe(0, 1).lines[0]).toBe("3 (smoothed 2.33333)");
    expect(drawing.runAt(1, 1)).toBe(0);
  });

  it("puts the means of groups before their runs", () => {
    const grouped = aView(["a", "b"], {
      columns: [{ kind: "group", label: "adam", runs: [0, 1], style: 3 }],
      runs: [aRun("a"), aRun("b")],
    });
    const groups = curveSet([aCurve(0, [1, 1]), aCurve(1, [3, 3])], grouped, none, options, String);
    const drawing = curveDrawing(groups, options, theme);
    expect(drawing.walked).toEqual([0, 1, 2]);
    expect(drawing.describe(0, 0)).toEqual({ title: "adam (n=2)", lines: ["2 ± 1.41421, n=2", "step 0"] });
    expect(drawing.runAt(0, 0)).toBeNull();
    expect(drawing.marks(1).map((mark) => mark.datasetIndex)).toEqual([2]);
  });

  it("names up to 24 curves in a picture's legend, and none of more", () => {
    const names = (count: number): readonly (string | undefined)[] => {
      const many = aView(Array.from({ length: count }, (_, index) => `run ${index}`));
      const curves = many.runs.map((_, run) => aCurve(run, [run, 1]));
      const drawn = curveSet(curves, many, none, options, String);
      return curveDrawing(drawn, options, theme).config.data.datasets.map((dataset) => dataset.label);
    };
    expect(names(24).filter((name) => name !== undefined)).toHaveLength(24);
    expect(names(25)).toEqual([undefined]);
  });
});

describe("notes under curves", () => {
  it("count the runs and points that are not shown, with the reason and the method", () => {
    const notes = curveNotes(set([aCurve(0, [1, "NaN", "Infinity"], { total: 900 }), aCurve(1, [2])], {}, new Set([1])), options);
    expect(notes).toEqual([
      "Showing 1 of 3 runs: 1 hidden in the legend, 1 without this metric.",
      "Showing 3 of 900 points, min–max thinning.",
      "1 × NaN, marked × at the bottom.",
      "1 × infinite, marked ▲ or ▼ at the edge.",
    ]);
  });

  it("are silent where everything is shown", () => {
    expect(curveNotes(set([aCurve(0, [1]), aCurve(1, [2, 3]), aCurve(2, [4])]), options)).toEqual([]);
  });
});

describe("singleValues", () => {
  it("are bars where no run has a second point, whatever the axes are", () => {
    const single = set([aCurve(0, [4]), aCurve(1, ["NaN"]), aCurve(2, [-2])], { logarithmic: true, logarithmicX: true });
    const bars = singleValues(single);
    expect(bars).toEqual([
      { item: 0, value: 4 },
      { item: 2, value: -2 },
    ]);
    expect(barNotes(single, bars?.length ?? 0)).toEqual(["Showing 2 of 3 runs: 1 with NaN or ∞."]);
  });

  it("are none where one run has a curve, even a thinned one of one point", () => {
    expect(singleValues(set([aCurve(0, [4]), aCurve(1, [1, 2])]))).toBeNull();
    expect(singleValues(set([aCurve(0, [4], { total: 2 })]))).toBeNull();
  });
});
