import type { Chart } from "chart.js";

import type { ChartTheme } from "./chartTheme";

/** What of a chart belongs to the highlighted run: a whole line, or a point of a dataset, or a place by its values. */
export type HighlightMark =
  | { readonly kind: "line"; readonly datasetIndex: number; readonly color: string }
  | { readonly kind: "point"; readonly datasetIndex: number; readonly index: number }
  | { readonly kind: "place"; readonly x: number; readonly y: number };

/**
 * Draws the marks on top, and pales everything else where lines would hide each other. This draws again but computes nothing
 * anew, which keeps hovering over thousands of points smooth.
 */
export function drawHighlight(chart: Chart, marks: readonly HighlightMark[], theme: ChartTheme): void {
  if (marks.length === 0) {
    return;
  }
  const { ctx, chartArea } = chart;
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
      drawLine(chart, mark.datasetIndex, mark.color);
    } else {
      drawRing(chart, mark, theme);
    }
  }
  ctx.restore();
}

function drawLine(chart: Chart, datasetIndex: number, color: string): void {
  const { ctx } = chart;
  ctx.beginPath();
  let open = false;
  for (const { x, y } of chart.getDatasetMeta(datasetIndex).data) {
    if (!Number.isFinite(x) || !Number.isFinite(y)) {
      open = false;
      continue;
    }
    if (open) {
      ctx.lineTo(x, y);
    } else {
      ctx.moveTo(x, y);
    }
    open = true;
  }
  ctx.strokeStyle = color;
  ctx.lineWidth = 2.5;
  ctx.lineJoin = "round";
  ctx.setLineDash([]);
  ctx.stroke();
}

function drawRing(chart: Chart, mark: Exclude<HighlightMark, { readonly kind: "line" }>, theme: ChartTheme): void {
  const element = mark.kind === "point" ? chart.getDatasetMeta(mark.datasetIndex).data[mark.index] : undefined;
  const x = mark.kind === "point" ? element?.x : chart.scales["x"]?.getPixelForValue(mark.x);
  const y = mark.kind === "point" ? element?.y : chart.scales["y"]?.getPixelForValue(mark.y);
  if (x === undefined || y === undefined || !Number.isFinite(x) || !Number.isFinite(y)) {
    return;
  }
  const { ctx } = chart;
  ctx.beginPath();
  ctx.arc(x, y, 7, 0, 2 * Math.PI);
  ctx.lineWidth = 2.5;
  ctx.strokeStyle = theme.text;
  ctx.stroke();
}
