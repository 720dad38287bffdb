import type { Chart, Plugin } from "chart.js";

import type { DriftWindow } from "../../../src/protocol/drift";
import type { ChartDrawing } from "../../shared/charts/chartDrawing";
import type { ChartTheme } from "../../shared/charts/chartTheme";
import { t } from "../../shared/l10n";
import type { ChooseWindow } from "./chartSpec";

/** What a click on a point does, for its notes: nobody finds it otherwise. */
export function chooseHint(): string {
  return t("Click a window, or press Enter on it, to show its columns");
}

/** The part of a drawing whose points are windows. @param fromOf when a point's window begins; undefined where it is none. */
export function windowChoice(choose: ChooseWindow, fromOf: (index: number) => number | undefined): Partial<Pick<ChartDrawing, "choose">> {
  return choose === null
    ? {}
    : {
        choose: (_, index) => {
          const from = fromOf(index);
          if (from !== undefined) {
            choose(from);
          }
        },
      };
}

/** A frame around the window that the table shows, from top to bottom. */
export function frameOf(window: Pick<DriftWindow, "from" | "to"> | undefined, theme: ChartTheme): Plugin {
  return {
    id: "shown-window",
    beforeDatasetsDraw: ({ ctx, chartArea, scales }: Chart) => {
      const scale = scales["x"];
      if (scale === undefined || window === undefined) {
        return;
      }
      const left = Math.max(chartArea.left, scale.getPixelForValue(window.from));
      const right = Math.min(chartArea.right, scale.getPixelForValue(window.to));
      if (right > left) {
        ctx.save();
        ctx.fillStyle = theme.grid;
        ctx.globalAlpha = 0.5;
        ctx.fillRect(left, chartArea.top, right - left, chartArea.bottom - chartArea.top);
        ctx.globalAlpha = 1;
        ctx.strokeStyle = theme.text;
        ctx.lineWidth = 1;
        ctx.setLineDash([]);
        ctx.strokeRect(left + 0.5, chartArea.top + 0.5, right - left - 1, chartArea.bottom - chartArea.top - 1);
        ctx.restore();
      }
    },
  };
}
