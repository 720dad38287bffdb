// @vitest-environment happy-dom
import { describe, expect, it } from "vitest";

import { boxDrawing } from "../../../../webview-ui/compare/charts/boxDrawing";
import { boxGroups } from "../../../../webview-ui/compare/charts/boxStats";
import type { ChartTheme } from "../../../../webview-ui/shared/charts/chartTheme";
import { dimension } from "../../charts/dimension";

const theme = { kind: "light", text: "#000000", muted: "#444444", grid: "#cccccc", fontFamily: "sans-serif", fontSize: 11 } as ChartTheme;
const items = ["a", "b", "c", "d"].map((name, index) => ({ name, runs: [index], style: index }));

describe("boxDrawing", () => {
  const metric = dimension("auc", [0.5, 0.7, 0.9, NaN]);
  const groups = boxGroups(metric, dimension("lr", [0.1, 0.1, 1 / 3, 0.1]));
  const drawing = boxDrawing(items, metric, groups, theme);

  it("has a dot for each run with a finite value, in its own category", () => {
    const dots = drawing.config.data.datasets[1]?.data as unknown as readonly { x: number; y: number }[];
    expect(dots.map(({ x, y }) => [Math.abs(Math.round(x)), y])).toEqual([
      [0, 0.5],
      [0, 0.7],
      [1, 0.9],
    ]);
    expect(dots[0]?.x).not.toBe(dots[1]?.x);
  });

  it("finds the run of a dot, and marks a run's dot", () => {
    expect([drawing.runAt(1, 2), drawing.runAt(0, 0)]).toEqual([2, null]);
    expect(drawing.marks(1)).toEqual([{ kind: "point", datasetIndex: 1, index: 1 }]);
    expect(drawing.marks(3)).toEqual([]);
  });

  it("says what a dot is, with a category of few digits", () => {
    expect(drawing.describe(1, 2)).toEqual({ title: "c", lines: ["0.9", "0.333333"] });
  });
});
