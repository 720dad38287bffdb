import {
  Chart,
  LinearScale,
  LineController,
  LineElement,
  LogarithmicScale,
  PointElement,
  Tooltip,
  type ChartConfiguration,
  type ChartDataset,
  type TooltipItem,
} from "chart.js";

import { formatDateTime, formatDuration, formatNumber } from "../format";
import { t } from "../l10n";
import { compact, formatTick, tickStep } from "./axisFormat";
import type { ChartOptions, PlotPoint, PreparedSeries } from "./chartSeries";
import type { ChartTheme } from "./chartTheme";
import { tooltipLook } from "./chartTooltip";
import { gapMarksPlugin } from "./gapMarks";
import { seriesStyle } from "./seriesStyle";

// Only what line charts use, so that the rest of the library stays out of the bundle.
Chart.register(LineController, LineElement, PointElement, LinearScale, LogarithmicScale, Tooltip);

const MAX_X_TICKS = 6;
/** Up to here every point gets its marker; beyond, about this many along the line. */
const MARKED_POINTS = 30;

export interface LineChartInput {
  readonly series: readonly PreparedSeries[];
  readonly options: ChartOptions;
  readonly theme: ChartTheme;
}

/** The whole chart as Chart.js wants it, without animation: curves change while a run is live. */
export function lineChartConfig(input: LineChartInput): ChartConfiguration<"line", PlotPoint[]> {
  const { series, options, theme } = input;
  const font = { family: theme.fontFamily, size: theme.fontSize };
  const xs = series.flatMap((one) => [one.raw[0]?.x, one.raw.at(-1)?.x]).filter((x) => x !== undefined);
  const span = xs.length === 0 ? 0 : Math.max(...xs) - Math.min(...xs);
  const stepSize = tickStep(options.xAxis, span, MAX_X_TICKS);
  const grid = { color: theme.grid, drawTicks: false };
  return {
    type: "line",
    data: { datasets: series.flatMap((one, index) => datasetsOf(one, index, series.length, theme)) },
    options: {
      responsive: true,
      maintainAspectRatio: false,
      animation: false,
      parsing: false,
      normalized: true,
      interaction: { mode: "nearest", axis: "x", intersect: false },
      layout: { padding: { top: 4, right: 6 } },
      scales: {
        x: {
          type: "linear",
          bounds: "data",
          grid: { ...grid, display: false },
          border: { color: theme.grid },
          ticks: {
            color: theme.muted,
            font,
            maxRotation: 0,
            autoSkipPadding: 12,
            padding: 4,
            maxTicksLimit: MAX_X_TICKS,
            ...(stepSize === undefined ? {} : { stepSize }),
            callback: (value) => formatTick(options.xAxis, Number(value), span),
          },
        },
        y: {
          type: options.logarithmic ? "logarithmic" : "linear",
          grid,
          border: { display: false },
          ticks: { color: theme.muted, font, padding: 6, maxTicksLimit: 6, callback: (value) => compact(Number(value)) },
        },
      },
      plugins: {
        tooltip: {
          ...tooltipLook(theme),
          displayColors: series.length > 1,
          callbacks: {
            title: (items) => tooltipTitle(items, input),
            label: (item) => tooltipLabel(item, input),
          },
        },
      },
    },
    plugins: [
      gapMarksPlugin(
        () => series.flatMap((one) => one.gaps),
        () => theme.warning,
      ),
    ],
  };
}

/** With smoothing the raw line stays visible, thin and pale, behind the smoothed one. */
function datasetsOf(series: PreparedSeries, index: number, count: number, theme: ChartTheme): ChartDataset<"line", PlotPoint[]>[] {
  const style = seriesStyle(index, theme.kind);
  const contrast = theme.kind === "hcDark" || theme.kind === "hcLight";
  const pointCount = series.raw.length;
  const stride = pointCount <= MARKED_POINTS ? 1 : Math.ceil(pointCount / 8);
  const marked = count > 1 || pointCount <= MARKED_POINTS;
  const main: ChartDataset<"line", PlotPoint[]> = {
    label: series.label,
    data: [...(series.smoothed ?? series.raw)],
    borderColor: style.color,
    backgroundColor: style.color,
    borderDash: [...style.dash],
    borderWidth: contrast ? 2 : 1.5,
    borderJoinStyle: "round",
    pointStyle: style.marker,
    // A point between two gaps has no line: only its marker shows that it is there.
    pointRadius: (context) => (isAlone(series.raw, context.dataIndex) ? 2.5 : marked && context.dataIndex % stride === 0 ? 2.5 : 0),
    pointHitRadius: 8,
    pointHoverRadius: 4,
    spanGaps: false,
  };
  if (series.smoothed === null) {
    return [main];
  }
  return [
    main,
    {
      label: t("{0} (raw)", series.label),
      data: [...series.raw],
      borderColor: `${style.color}66`,
      backgroundColor: `${style.color}66`,
      borderWidth: 1,
      pointRadius: 0,
      pointHoverRadius: 0,
      spanGaps: false,
    },
  ];
}

function isAlone(points: readonly PlotPoint[], index: number): boolean {
  const isGap = (at: number): boolean => Number.isNaN(points[at]?.y ?? NaN);
  return !isGap(index) && isGap(index - 1) && isGap(index + 1);
}

function tooltipTitle(items: readonly TooltipItem<"line">[], { series, options }: LineChartInput): string {
  const item = items[0];
  const perSeries = options.smoothing > 0 ? 2 : 1;
  const point = item === undefined ? undefined : series[Math.floor(item.datasetIndex / perSeries)]?.source[item.dataIndex];
  if (item === undefined || point === undefined) {
    return "";
  }
  const step = t("Step {0}", point.step);
  return options.xAxis === "relative" ? `${step} · ${formatDuration(item.parsed.x ?? 0)}` : `${step} · ${formatDateTime(point.timestamp)}`;
}

/** One curve needs no name; with smoothing, or several curves, each value says whose it is. */
function tooltipLabel(item: TooltipItem<"line">, { series, options }: LineChartInput): string {
  const value = formatNumber(item.parsed.y ?? NaN);
  return series.length > 1 || options.smoothing > 0 ? `${item.dataset.label ?? ""}: ${value}` : value;
}
