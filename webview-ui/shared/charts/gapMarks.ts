import type { Chart, Plugin } from "chart.js";

import type { GapMark } from "./chartSeries";

/** Half the size of a mark, in pixels. */
const SIZE = 3.5;
/** More marks than this in one place would be a bar; only one a pixel column is drawn. */
const COLUMN = 4;

/** Draws where a curve has no finite value: × at the bottom for NaN, ▲ at the top and ▼ at the bottom for the infinities. */
export function gapMarksPlugin(gaps: () => readonly GapMark[], color: () => string): Plugin<"line"> {
  return {
    id: "gapMarks",
    afterDatasetsDraw(chart: Chart) {
      const scale = chart.scales["x"];
      const { ctx, chartArea } = chart;
      if (scale === undefined) {
        return;
      }
      ctx.save();
      ctx.strokeStyle = color();
      ctx.fillStyle = color();
      ctx.lineWidth = 1.5;
      const drawn = new Set<string>();
      for (const gap of gaps()) {
        const x = scale.getPixelForValue(gap.x);
        const column = `${gap.kind}${Math.round(x / COLUMN)}`;
        if (drawn.has(column) || x < chartArea.left - 1 || x > chartArea.right + 1) {
          continue;
        }
        drawn.add(column);
        drawMark(ctx, gap.kind, x, gap.kind === "above" ? chartArea.top + SIZE + 1 : chartArea.bottom - SIZE - 2);
      }
      ctx.restore();
    },
  };
}

function drawMark(ctx: CanvasRenderingContext2D, kind: GapMark["kind"], x: number, y: number): void {
  ctx.beginPath();
  if (kind === "nan") {
    ctx.moveTo(x - SIZE, y - SIZE);
    ctx.lineTo(x + SIZE, y + SIZE);
    ctx.moveTo(x + SIZE, y - SIZE);
    ctx.lineTo(x - SIZE, y + SIZE);
    ctx.stroke();
    return;
  }
  const tip = kind === "above" ? -SIZE : SIZE;
  ctx.moveTo(x, y + tip);
  ctx.lineTo(x - SIZE, y - tip);
  ctx.lineTo(x + SIZE, y - tip);
  ctx.closePath();
  ctx.fill();
}
