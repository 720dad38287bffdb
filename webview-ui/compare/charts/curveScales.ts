import type { CartesianScaleOptions, ChartConfiguration, Scale } from "chart.js";

import { formatTick, tickStep, tickText } from "../../shared/charts/axisFormat";
import type { PlotPoint } from "../../shared/charts/chartSeries";
import type { ChartTheme } from "../../shared/charts/chartTheme";
import type { CurveOptions, CurveSet } from "./curveSet";

type Scales = NonNullable<NonNullable<ChartConfiguration<"line", PlotPoint[]>["options"]>["scales"]>;

const MAX_TICKS = 6;

export function curveScales(set: CurveSet, options: CurveOptions, theme: ChartTheme): Scales {
  const font = { family: theme.fontFamily, size: theme.fontSize };
  let [low, high] = [Infinity, -Infinity];
  for (const { prepared } of set.curves) {
    low = Math.min(low, prepared.raw[0]?.x ?? Infinity);
    high = Math.max(high, prepared.raw.at(-1)?.x ?? -Infinity);
  }
  const span = high > low ? high - low : 0;
  const logX = options.logarithmicX === true;
  return {
    x: {
      type: logX ? "logarithmic" : "linear",
      bounds: "data",
      grid: { color: theme.grid, drawTicks: false, display: false },
      border: { color: theme.grid },
      ticks: {
        color: theme.muted,
        font,
        maxRotation: 0,
        autoSkipPadding: 12,
        padding: 4,
        maxTicksLimit: MAX_TICKS,
        callback(this: Scale, value: string | number) {
          return formatTick(options.xAxis, Number(value), this.max - this.min);
        },
      },
      // Computed at each zoom, so that a part of a day shows minutes where the whole shows days.
      afterDataLimits: (scale: Scale) => {
        const step = logX ? undefined : tickStep(options.xAxis, scale.max - scale.min || span, MAX_TICKS);
        if (step !== undefined) {
          Object.assign((scale as Scale<CartesianScaleOptions>).options.ticks, { stepSize: step });
        }
      },
    },
    y: {
      type: options.logarithmic ? "logarithmic" : "linear",
      grid: { color: theme.grid, drawTicks: false },
      border: { display: false },
      ticks: {
        color: theme.muted,
        font,
        padding: 6,
        maxTicksLimit: 6,
        callback: (value: string | number, _: number, all: readonly { readonly value: number }[]) => tickText(Number(value), all),
      },
      ...(set.cut === null ? {} : { min: set.cut.min, max: set.cut.max }),
    },
  };
}
