import {
  Chart,
  LinearScale,
  LineController,
  LineElement,
  LogarithmicScale,
  PointElement,
  type CartesianScaleOptions,
  type ChartConfiguration,
  type ChartDataset,
  type Plugin,
  type Scale,
} from "chart.js";
import { drawPoint } from "chart.js/helpers";

import { formatTick, tickStep, tickText } from "../../shared/charts/axisFormat";
import type { ChartDrawing, PointText } from "../../shared/charts/chartDrawing";
import type { PlotPoint } from "../../shared/charts/chartSeries";
import type { ChartTheme } from "../../shared/charts/chartTheme";
import { gapMarksPlugin } from "../../shared/charts/gapMarks";
import { seriesStyle, type SeriesStyle } from "../../shared/charts/seriesStyle";
import { formatDateTime, formatDuration, formatNumber } from "../../shared/format";
import { t } from "../../shared/l10n";
import type { CurveOptions, CurveSet } from "./curveSet";

Chart.register(LineController, LineElement, PointElement, LinearScale, LogarithmicScale);

type Scales = NonNullable<NonNullable<ChartConfiguration<"line", PlotPoint[]>["options"]>["scales"]>;

const MAX_TICKS = 6;
/** Markers along a line, enough to tell it from its neighbours; fewer where there are many lines. */
const markersOf = (curves: number): number => (curves > 12 ? 4 : 8);
/** Beyond, lines are drawn thin, whole and without markers: the picture is their crowd, and hovering picks one out. */
const CROWD = 40;

/** The datasets: the curves in order, then, when smoothed, their raw lines in the same order, or the groups' means. */
export function curveDrawing(set: CurveSet, options: CurveOptions, theme: ChartTheme): ChartDrawing {
  const { curves, groups } = set;
  const styles = curves.map((curve) => seriesStyle(curve.style, theme.kind));
  const crowd = curves.length > CROWD;
  const faint = groups.length > 0;
  const look: Look = faint
    ? { alpha: "55", width: 0.8, dashed: false, named: false }
    : crowd
      ? { alpha: "99", width: 0.8, dashed: false, named: true }
      : { alpha: "", width: curves.length > 12 ? 1.2 : 1.5, dashed: true, named: true };
  const datasets: ChartDataset<"line", PlotPoint[]>[] = [
    ...curves.map(({ prepared }, index) => line(prepared.label, prepared.smoothed ?? prepared.raw, styles[index], look)),
    ...curves.flatMap(({ prepared }, index) =>
      prepared.smoothed === null
        ? []
        : [line(prepared.label, prepared.raw, styles[index], { alpha: crowd ? "22" : "55", width: 0.8, dashed: false, named: false })],
    ),
    ...groups.map((group) =>
      line(
        `${group.label} (n=${group.runs})`,
        group.band.map((point) => ({ x: point.x, y: point.mean })),
        seriesStyle(group.style, theme.kind),
        { alpha: "", width: 2.25, dashed: true, named: true },
      ),
    ),
  ];
  const isGroup = (datasetIndex: number): boolean => faint && datasetIndex >= curves.length;
  const describe = (datasetIndex: number, index: number): PointText => {
    const title = (datasets[datasetIndex]?.label ?? "").slice(0, 120);
    if (isGroup(datasetIndex)) {
      const at = groups[datasetIndex - curves.length]?.band[index];
      return {
        title,
        lines:
          at === undefined
            ? []
            : [t("{0} ± {1}, n={2}", formatNumber(at.mean), formatNumber(at.high - at.mean), at.count), xText(at.x, options)],
      };
    }
    const curve = curves[datasetIndex % Math.max(1, curves.length)]?.prepared;
    const at = curve?.source[index];
    const smoothed = curve?.smoothed?.[index]?.y;
    return {
      title,
      lines:
        at === undefined
          ? []
          : [
              formatNumber(at.value) + (smoothed === undefined ? "" : t(" (smoothed {0})", formatNumber(smoothed))),
              t("Step {0}", at.step),
              options.xAxis === "relative" ? xText(curve?.raw[index]?.x ?? 0, options) : formatDateTime(at.timestamp),
            ],
    };
  };
  const lines = [...curves.keys()];
  const means = [...groups.keys()].map((index) => curves.length + index);
  const config: ChartConfiguration<"line", PlotPoint[]> = {
    type: "line",
    data: { datasets },
    options: {
      parsing: false,
      normalized: true,
      layout: { padding: { top: 4, right: 6 } },
      elements: { point: { radius: 0, hoverRadius: 0, hitRadius: 0 } },
      scales: scales(set, options, theme),
      plugins: { legend: { display: false }, title: { display: false } },
    },
    plugins: [
      bandPlugin(set, theme),
      gapMarksPlugin(
        () => curves.flatMap((curve) => curve.prepared.gaps),
        () => theme.warning,
      ),
      ...(crowd || faint ? [] : [markerPlugin(curves.length, styles)]),
    ],
  };
  return {
    // The library's type of a configuration names one kind of chart; ours draws any.
    config: config,
    runAt: (datasetIndex, index) =>
      isGroup(datasetIndex) || index < 0 ? null : (curves[datasetIndex % Math.max(1, curves.length)]?.run ?? null),
    marks: (run) =>
      lines.flatMap((datasetIndex) =>
        curves[datasetIndex]?.run === run
          ? [{ kind: "line" as const, datasetIndex, color: styles[datasetIndex]?.color ?? theme.text }]
          : [],
      ),
    walked: faint ? [...means, ...lines] : lines,
    found: { points: [...means, ...lines], columns: null },
    describe,
  };
}

interface Look {
  readonly alpha: string;
  readonly width: number;
  /** Only whole lines are told apart by dashes; pale ones are told by their colour. */
  readonly dashed: boolean;
  /** Whether the line stands in a picture's legend. */
  readonly named: boolean;
}

function line(
  label: string,
  data: readonly PlotPoint[],
  style: SeriesStyle | undefined,
  look: Look,
): ChartDataset<"line", PlotPoint[]> & { raw: boolean } {
  const color = `${style?.color ?? "#888888"}${look.alpha}`;
  return {
    label: label.slice(0, 200),
    raw: !look.named,
    data: data as PlotPoint[],
    borderColor: color,
    backgroundColor: color,
    borderDash: look.dashed ? [...(style?.dash ?? [])] : [],
    borderWidth: look.width,
    borderJoinStyle: "round",
    pointStyle: style?.marker ?? "circle",
    spanGaps: false,
  };
}

function scales(set: CurveSet, options: CurveOptions, theme: ChartTheme): Scales {
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

function xText(x: number, { xAxis }: CurveOptions): string {
  return xAxis === "step" ? t("step {0}", formatNumber(x)) : xAxis === "time" ? formatDateTime(x) : formatDuration(x);
}

/** Areas of mean ± standard deviation, behind the lines. */
function bandPlugin({ groups }: CurveSet, theme: ChartTheme): Plugin<"line"> {
  return {
    id: "bands",
    beforeDatasetsDraw({ ctx, chartArea, scales: { x, y } }) {
      if (x === undefined || y === undefined || groups.length === 0) {
        return;
      }
      ctx.save();
      ctx.beginPath();
      ctx.rect(chartArea.left, chartArea.top, chartArea.width, chartArea.height);
      ctx.clip();
      for (const { band, style } of groups) {
        ctx.beginPath();
        band.forEach((at) => ctx.lineTo(x.getPixelForValue(at.x), y.getPixelForValue(at.high)));
        // On a log axis a band may reach below zero, which lies below every picture.
        [...band].reverse().forEach((at) => {
          const pixel = y.getPixelForValue(at.low);
          ctx.lineTo(x.getPixelForValue(at.x), Number.isFinite(pixel) ? pixel : chartArea.bottom);
        });
        ctx.closePath();
        ctx.fillStyle = `${seriesStyle(style, theme.kind).color}2e`;
        ctx.fill();
      }
      ctx.restore();
    },
  };
}

/**
 * A few markers along each line, and one for each point between two gaps, which has no line. Drawn here and not by the library,
 * which would otherwise work out the looks of every single point.
 */
function markerPlugin(count: number, styles: readonly SeriesStyle[]): Plugin<"line"> {
  return {
    id: "markers",
    afterDatasetsDraw(chart) {
      const { ctx, chartArea } = chart;
      ctx.save();
      ctx.beginPath();
      ctx.rect(chartArea.left - 4, chartArea.top - 4, chartArea.width + 8, chartArea.height + 8);
      ctx.clip();
      for (let datasetIndex = 0; datasetIndex < count; datasetIndex++) {
        const { data, hidden } = chart.getDatasetMeta(datasetIndex);
        const style = styles[datasetIndex];
        if (hidden || style === undefined) {
          continue;
        }
        ctx.strokeStyle = ctx.fillStyle = style.color;
        ctx.lineWidth = 1.25;
        ctx.setLineDash([]);
        const stride = Math.max(1, Math.ceil(data.length / markersOf(count)));
        const isGap = (index: number): boolean => !Number.isFinite(data[index]?.y ?? NaN);
        data.forEach(({ x, y }, index) => {
          // Each line begins elsewhere, so that the markers of lines close together do not pile up.
          if (!isGap(index) && ((index + datasetIndex * 3) % stride === 0 || (isGap(index - 1) && isGap(index + 1)))) {
            drawPoint(ctx, { pointStyle: style.marker, radius: 2.75, rotation: 0, borderWidth: 1.25 }, x, y);
          }
        });
      }
      ctx.restore();
    },
  };
}
