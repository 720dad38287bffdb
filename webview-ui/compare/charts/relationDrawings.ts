import { BoxPlotController, BoxAndWiskers } from "@sgratzl/chartjs-chart-boxplot";
import {
  BarController,
  BarElement,
  CategoryScale,
  Chart,
  LinearScale,
  LogarithmicScale,
  PointElement,
  ScatterController,
  Tooltip,
  type ChartConfiguration,
} from "chart.js";

import { compact } from "../../shared/charts/axisFormat";
import type { ChartDrawing } from "../../shared/charts/canvasChart";
import type { ChartTheme } from "../../shared/charts/chartTheme";
import { tooltipLook } from "../../shared/charts/chartTooltip";
import { seriesStyle } from "../../shared/charts/seriesStyle";
import { formatInteger, formatNumber } from "../../shared/format";
import { t } from "../../shared/l10n";
import type { BoxGroups } from "./boxStats";
import { colorScale } from "./colorScale";
import type { ChartItem, Dimension, DimensionValue } from "./dimensions";
import type { LogAxes, ScatterPairs } from "./scatterPairs";

Chart.register(
  ScatterController,
  BarController,
  BarElement,
  PointElement,
  CategoryScale,
  LinearScale,
  LogarithmicScale,
  Tooltip,
  BoxPlotController,
  BoxAndWiskers,
);

/** Labels are cut for the axis only; tooltips and tables have the whole. */
const LABEL = 18;
const cutLabel = (label: string): string => (label.length > LABEL ? `${label.slice(0, LABEL - 1)}…` : label);

export interface ScatterInput {
  readonly items: readonly ChartItem[];
  readonly x: Dimension;
  readonly y: Dimension;
  readonly color: Dimension | null;
  readonly pairs: ScatterPairs;
  readonly log: LogAxes;
}

export function scatterDrawing({ items, x, y, color, pairs: { pairs }, log }: ScatterInput, theme: ChartTheme): ChartDrawing {
  const scale = color === null ? null : colorScale(color, theme);
  const styleOf = (item: number) => seriesStyle(items[item]?.style ?? 0, theme.kind);
  const colors = pairs.map((pair) => scale?.colorOf(pair.color) ?? styleOf(pair.item).color);
  const describe = (index: number): readonly string[] => {
    const pair = pairs[index];
    return pair === undefined
      ? []
      : [
          `${cutText(x.key)}: ${formatNumber(pair.x)}`,
          `${cutText(y.key)}: ${formatNumber(pair.y)}`,
          ...(color === null ? [] : [`${cutText(color.key)}: ${valueText(pair.color)}`]),
        ];
  };
  const nameOf = (index: number): string => (items[pairs[index]?.item ?? -1]?.name ?? "").slice(0, 120);
  return {
    config: {
      type: "scatter",
      data: {
        datasets: [
          {
            data: pairs.map((pair) => ({ x: pair.x, y: pair.y })),
            backgroundColor: colors.map((each) => `${each}cc`),
            borderColor: colors,
            pointStyle: pairs.map((pair) => styleOf(pair.item).marker),
            pointRadius: 4,
            pointHoverRadius: 6,
          },
        ],
      },
      options: {
        interaction: { mode: "nearest", axis: "xy", intersect: false },
        layout: { padding: { top: 6, right: 8 } },
        scales: { x: numberScale(x.key, log.x, theme), y: numberScale(y.key, log.y, theme) },
        plugins: {
          legend: { display: false },
          tooltip: {
            ...tooltipLook(theme),
            displayColors: false,
            callbacks: { title: ([item]) => nameOf(item?.dataIndex ?? -1), label: (item) => [...describe(item.dataIndex)] },
          },
        },
      },
    } as ChartConfiguration,
    runAt: (_, index) => items[pairs[index]?.item ?? -1]?.runs[0] ?? null,
    marks: (run) =>
      pairs.flatMap((pair, index) =>
        items[pair.item]?.runs.includes(run) === true ? [{ kind: "point" as const, datasetIndex: 0, index }] : [],
      ),
    walked: [0],
    say: (_, index) => `${nameOf(index)}: ${describe(index).join(", ")}`,
  };
}

export interface Bar {
  readonly item: number;
  readonly value: number;
}

/** A metric by run or group, in the order given. */
export function barDrawing(items: readonly ChartItem[], metric: Dimension, bars: readonly Bar[], theme: ChartTheme): ChartDrawing {
  const nameOf = (index: number): string => (items[bars[index]?.item ?? -1]?.name ?? "").slice(0, 120);
  const colors = bars.map((bar) => seriesStyle(items[bar.item]?.style ?? 0, theme.kind).color);
  return {
    config: {
      type: "bar",
      data: {
        // The library tells bars apart by their place, so that two runs of one name stay two bars.
        labels: bars.map((_, index) => nameOf(index)),
        datasets: [{ data: bars.map((bar) => bar.value), backgroundColor: colors, maxBarThickness: 36, minBarLength: 2 }],
      },
      options: {
        interaction: { mode: "index", axis: "x", intersect: false },
        scales: {
          x: categoryScale(
            bars.map((_, index) => nameOf(index)),
            theme,
          ),
          y: numberScale(metric.key, false, theme),
        },
        plugins: {
          legend: { display: false },
          tooltip: {
            ...tooltipLook(theme),
            displayColors: false,
            callbacks: {
              title: ([item]) => nameOf(item?.dataIndex ?? -1),
              label: (item) => formatNumber(bars[item.dataIndex]?.value ?? NaN),
            },
          },
        },
      },
    } as ChartConfiguration,
    runAt: (_, index) => items[bars[index]?.item ?? -1]?.runs[0] ?? null,
    marks: (run) =>
      bars.flatMap((bar, index) =>
        items[bar.item]?.runs.includes(run) === true ? [{ kind: "point" as const, datasetIndex: 0, index }] : [],
      ),
    walked: [0],
    say: (_, index) => `${nameOf(index)}: ${formatNumber(bars[index]?.value ?? NaN)}`,
  };
}

export function boxDrawing(items: readonly ChartItem[], metric: Dimension, { groups }: BoxGroups, theme: ChartTheme): ChartDrawing {
  const nameOf = (index: number): string => (groups[index]?.category ?? t("(no value)")).slice(0, 120);
  const describe = (index: number): readonly string[] => {
    const group = groups[index];
    if (group === undefined) {
      return [];
    }
    const { stats, values } = group;
    return [
      t("{0} runs", formatInteger(values.length)),
      t("Median {0}, quartiles {1} to {2}", formatNumber(stats.median), formatNumber(stats.q1), formatNumber(stats.q3)),
      t("Minimum {0}, maximum {1}, mean {2}", formatNumber(stats.min), formatNumber(stats.max), formatNumber(stats.mean)),
    ];
  };
  const color = seriesStyle(0, theme.kind).color;
  return {
    config: {
      type: "boxplot",
      data: {
        labels: groups.map((_, index) => nameOf(index)),
        datasets: [
          {
            data: groups.map(({ stats, values }) => ({ ...stats, items: [...values], outliers: [...stats.outliers] })),
            backgroundColor: `${color}44`,
            borderColor: color,
            borderWidth: 1.5,
            medianColor: theme.text,
            meanRadius: 0,
            itemRadius: 2,
            itemBackgroundColor: `${theme.text}88`,
            outlierRadius: 3,
            outlierBackgroundColor: theme.warning,
            outlierBorderColor: theme.warning,
            maxBarThickness: 60,
          },
        ],
      },
      options: {
        interaction: { mode: "index", axis: "x", intersect: false },
        scales: {
          x: categoryScale(
            groups.map((_, index) => nameOf(index)),
            theme,
          ),
          y: numberScale(metric.key, false, theme),
        },
        plugins: {
          legend: { display: false },
          tooltip: {
            ...tooltipLook(theme),
            displayColors: false,
            callbacks: {
              title: ([item]: readonly { dataIndex: number }[]) => nameOf(item?.dataIndex ?? -1),
              label: (item: { dataIndex: number }) => [...describe(item.dataIndex)],
            },
          },
        },
      },
    } as unknown as ChartConfiguration,
    runAt: () => null,
    marks: (run) =>
      groups.flatMap((group, x) =>
        group.items.flatMap((item, at) =>
          items[item]?.runs.includes(run) === true ? [{ kind: "place" as const, x, y: group.values[at] ?? NaN }] : [],
        ),
      ),
    walked: [0],
    say: (_, index) => `${nameOf(index)}: ${describe(index).join(". ")}`,
  };
}

export function valueText(value: DimensionValue): string {
  return value === null ? t("(no value)") : typeof value === "number" ? formatNumber(value) : value.slice(0, 200);
}

function cutText(text: string): string {
  return text.length > 60 ? `${text.slice(0, 59)}…` : text;
}

function numberScale(title: string, log: boolean, theme: ChartTheme) {
  const font = { family: theme.fontFamily, size: theme.fontSize };
  return {
    type: log ? "logarithmic" : "linear",
    title: { display: true, text: cutText(title), color: theme.muted, font, padding: 2 },
    grid: { color: theme.grid, drawTicks: false },
    border: { color: theme.grid },
    ticks: {
      color: theme.muted,
      font,
      padding: 5,
      maxTicksLimit: 6,
      maxRotation: 0,
      callback: (value: string | number) => compact(Number(value)),
    },
  };
}

function categoryScale(labels: readonly string[], theme: ChartTheme) {
  const font = { family: theme.fontFamily, size: theme.fontSize };
  return {
    type: "category",
    grid: { display: false },
    border: { color: theme.grid },
    ticks: {
      color: theme.muted,
      font,
      padding: 2,
      maxRotation: 35,
      callback: (value: string | number) => cutLabel(labels[Number(value)] ?? ""),
    },
  };
}
