import type { ChartArea } from "chart.js";

import type { ChartTheme } from "./chartTheme";
import type { PlacedPoint } from "./findPoint";

/** What is drawn above a chart must know of it. */
export interface ChartBelow {
  readonly chartArea: ChartArea;
  readonly pointsOf: (datasetIndex: number) => readonly PlacedPoint[];
}

/** What of a chart belongs to the highlighted run: a whole line, or a point of a dataset. */
export type HighlightMark =
  | { readonly kind: "line"; readonly datasetIndex: number; readonly color: string }
  | { readonly kind: "point"; readonly datasetIndex: number; readonly index: number };

/**
 * Draws the marks on a canvas above the chart, and pales the chart where lines would hide each other. The chart itself is not
 * drawn again, which keeps hovering over tens of thousands of points smooth.
 */
export function drawHighlight(ctx: CanvasRenderingContext2D, chart: ChartBelow, marks: readonly HighlightMark[], theme: ChartTheme): void {
  if (marks.length === 0) {
    return;
  }
  const { chartArea } = chart;
  ctx.save();
  ctx.beginPath();
  ctx.rect(chartArea.left - 4, chartArea.top - 4, chartArea.width + 8, chartArea.height + 8);
  ctx.clip();
  if (marks.some((mark) => mark.kind === "line")) {
    ctx.globalAlpha = 0.72;
    ctx.fillStyle = theme.background;
    ctx.fillRect(chartArea.left, chartArea.top, chartArea.width, chartArea.height);
    ctx.globalAlpha = 1;
  }
  for (const mark of marks) {
    if (mark.kind === "line") {
      drawLine(ctx, chart, mark.datasetIndex, mark.color);
    } else {
      drawRing(ctx, chart, mark, theme);
    }
  }
  ctx.restore();
}

/** The point that the mouse or the arrow keys are at. */
export function drawPlace(
  ctx: CanvasRenderingContext2D,
  chart: ChartBelow,
  place: { readonly datasetIndex: number; readonly index: number },
  theme: ChartTheme,
): void {
  const element = chart.pointsOf(place.datasetIndex)[place.index];
  if (element === undefined || !Number.isFinite(element.x) || !Number.isFinite(element.y)) {
    return;
  }
  ctx.save();
  ctx.beginPath();
  ctx.arc(element.x, element.y, 4, 0, 2 * Math.PI);
  ctx.fillStyle = theme.text;
  ctx.strokeStyle = theme.background;
  ctx.lineWidth = 2;
  ctx.fill();
  ctx.stroke();
  ctx.restore();
}

function drawLine(ctx: CanvasRenderingContext2D, chart: ChartBelow, datasetIndex: number, color: string): void {
  ctx.beginPath();
  const points = chart.pointsOf(datasetIndex);
  points.forEach(({ x, y }, index) => {
    if (!isPlace(points[index])) {
      return;
    }
    if (isPlace(points[index - 1])) {
      ctx.lineTo(x, y);
    } else {
      ctx.moveTo(x, y);
      // A point between two gaps is a line of no length, which round ends make a dot.
      ctx.lineTo(x, y);
    }
  });
  ctx.strokeStyle = color;
  ctx.lineWidth = 2.5;
  ctx.lineJoin = "round";
  ctx.lineCap = "round";
  ctx.setLineDash([]);
  ctx.stroke();
}

function isPlace(point: { readonly x: number; readonly y: number } | undefined): boolean {
  return point !== undefined && Number.isFinite(point.x) && Number.isFinite(point.y);
}

function drawRing(
  ctx: CanvasRenderingContext2D,
  chart: ChartBelow,
  mark: Extract<HighlightMark, { readonly kind: "point" }>,
  theme: ChartTheme,
): void {
  const element = chart.pointsOf(mark.datasetIndex)[mark.index];
  if (!isPlace(element) || element === undefined) {
    return;
  }
  ctx.beginPath();
  ctx.arc(element.x, element.y, 7, 0, 2 * Math.PI);
  ctx.lineWidth = 2.5;
  ctx.strokeStyle = theme.text;
  ctx.stroke();
}
