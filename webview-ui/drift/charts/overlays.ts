import type { Chart, Plugin } from "chart.js";

import type { DriftMark } from "../../../src/protocol/drift";
import type { ChartTheme } from "../../shared/charts/chartTheme";
import { cut } from "../../shared/cut";

export interface LimitLine {
  readonly value: number;
  readonly label: string;
  readonly color: string;
  readonly dash: readonly number[];
}

const LABEL = 22;

/** Horizontal lines with their names, drawn over the bars or curves. */
export function limitLines(lines: readonly LimitLine[], theme: ChartTheme): Plugin {
  return {
    id: "limits",
    afterDatasetsDraw: (chart: Chart) => {
      const { ctx, chartArea } = chart;
      const scale = chart.scales["y"];
      if (scale === undefined) {
        return;
      }
      ctx.save();
      ctx.font = `${theme.fontSize}px ${theme.fontFamily}`;
      ctx.textBaseline = "bottom";
      ctx.textAlign = "right";
      let labelled = Infinity;
      for (const { value, label, color, dash } of [...lines].sort((a, b) => a.value - b.value)) {
        const y = scale.getPixelForValue(value);
        if (!(y >= chartArea.top - 0.5 && y <= chartArea.bottom + 0.5)) {
          continue;
        }
        ctx.beginPath();
        ctx.setLineDash([...dash]);
        ctx.lineWidth = 1.5;
        ctx.strokeStyle = color;
        ctx.moveTo(chartArea.left, y);
        ctx.lineTo(chartArea.right, y);
        ctx.stroke();
        // Lines close to each other keep one label, the lower one's; the legend and the table have them all.
        if (labelled - y > theme.fontSize + 2) {
          outlined(ctx, cut(label, LABEL), chartArea.right - 3, Math.max(chartArea.top + theme.fontSize, y - 2), theme);
          labelled = y;
        }
      }
      ctx.restore();
    },
  };
}

/** A horizontal band behind everything. */
export function bandBehind(band: { readonly low: number; readonly high: number } | null, color: string): Plugin {
  return {
    id: "band",
    beforeDatasetsDraw: ({ ctx, chartArea, scales }: Chart) => {
      const scale = scales["y"];
      if (band === null || scale === undefined) {
        return;
      }
      const top = Math.max(chartArea.top, scale.getPixelForValue(band.high));
      const bottom = Math.min(chartArea.bottom, scale.getPixelForValue(band.low));
      if (bottom > top) {
        ctx.save();
        ctx.fillStyle = color;
        ctx.fillRect(chartArea.left, top, chartArea.width, bottom - top);
        ctx.restore();
      }
    },
  };
}

const MARK_DASHES: Readonly<Record<DriftMark["kind"], readonly number[]>> = {
  release: [],
  retraining: [6, 3],
  commit: [2, 3],
  alert: [8, 3, 2, 3],
  note: [1, 4],
};
const MARK_LETTERS: Readonly<Record<DriftMark["kind"], string>> = { release: "▸", retraining: "↻", commit: "•", alert: "!", note: "✎" };
const MARK_LABEL = 16;

/** Room above the plot for the names of marks: a scale without ticks, which keeps it free below a title and a legend, too. */
export function markScale(marks: readonly DriftMark[], theme: ChartTheme): object {
  return marks.length === 0
    ? {}
    : {
        names: {
          axis: "x",
          type: "linear",
          position: "top",
          grid: { display: false },
          border: { display: false },
          ticks: { display: false },
          afterFit: (scale: { height: number }) => {
            scale.height = theme.fontSize + 6;
          },
        },
      };
}

/** Vertical lines for releases, retrainings and the like; names stand above where they do not cover each other. */
export function timeMarks(marks: readonly DriftMark[], theme: ChartTheme): Plugin {
  return {
    id: "marks",
    beforeDatasetsDraw: ({ ctx, chartArea, scales }: Chart) => {
      const scale = scales["x"];
      if (scale === undefined) {
        return;
      }
      ctx.save();
      ctx.font = `${theme.fontSize}px ${theme.fontFamily}`;
      ctx.textBaseline = "bottom";
      let free = -Infinity;
      for (const { time, kind, label } of [...marks].sort((a, b) => a.time - b.time)) {
        const x = scale.getPixelForValue(time);
        if (!(x >= chartArea.left && x <= chartArea.right)) {
          continue;
        }
        ctx.beginPath();
        ctx.setLineDash([...MARK_DASHES[kind]]);
        ctx.lineWidth = 1;
        ctx.strokeStyle = theme.muted;
        ctx.moveTo(x, chartArea.top - 4);
        ctx.lineTo(x, chartArea.bottom);
        ctx.stroke();
        const text = `${MARK_LETTERS[kind]} ${cut(label, MARK_LABEL)}`;
        const { width } = ctx.measureText(text);
        const left = Math.max(chartArea.left, Math.min(x - 3, chartArea.right - width));
        if (left > free) {
          ctx.fillStyle = theme.muted;
          ctx.textAlign = "left";
          ctx.fillText(text, left, chartArea.top - 5);
          free = left + width + 6;
        }
      }
      ctx.restore();
    },
  };
}

/** Text that can be read on bars and lines. */
function outlined(ctx: CanvasRenderingContext2D, text: string, x: number, y: number, theme: ChartTheme): void {
  ctx.setLineDash([]);
  ctx.lineWidth = 3;
  ctx.lineJoin = "round";
  ctx.strokeStyle = theme.background;
  ctx.strokeText(text, x, y);
  ctx.fillStyle = theme.text;
  ctx.fillText(text, x, y);
}
