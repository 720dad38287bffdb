import { BoxAndWiskers, BoxPlotController } from "@sgratzl/chartjs-chart-boxplot";
import { CategoryScale, Chart, LinearScale, LogarithmicScale, PointElement, ScatterController, type ChartConfiguration } from "chart.js";

import type { ChartDrawing } from "../../shared/charts/chartDrawing";
import type { ChartTheme } from "../../shared/charts/chartTheme";
import { seriesStyle } from "../../shared/charts/seriesStyle";
import { formatInteger, formatNumber } from "../../shared/format";
import { t } from "../../shared/l10n";
import type { BoxGroups } from "./boxStats";
import type { ChartItem, Dimension } from "./dimensions";
import { categoryScale, numberScale } from "../../shared/charts/chartScales";

Chart.register(BoxPlotController, BoxAndWiskers, ScatterController, PointElement, CategoryScale, LinearScale, LogarithmicScale);

/** How far dots stand apart in a box, as a share of a category's width. */
const SPREAD = 0.28;

/** Boxes, and over them a dot a run: dots can be found by the mouse, walked along and highlighted like those of any chart. */
export function boxDrawing(items: readonly ChartItem[], metric: Dimension, { groups }: BoxGroups, theme: ChartTheme): ChartDrawing {
  const nameOf = (index: number): string => (groups[index]?.name ?? "").slice(0, 120);
  const dots = groups.flatMap((group, place) =>
    group.items.map((item, at) => ({ item, place, y: group.values[at] ?? NaN, x: place + shift(at, group.items.length) })),
  );
  const color = seriesStyle(0, theme.kind).color;
  const styles = dots.map((dot) => seriesStyle(items[dot.item]?.style ?? 0, theme.kind));
  return {
    config: {
      type: "boxplot",
      data: {
        labels: groups.map((_, index) => nameOf(index)),
        datasets: [
          {
            // The dots show the outliers too, so that the boxes draw none.
            data: groups.map(({ stats }) => ({ ...stats, items: [], outliers: [] })),
            backgroundColor: `${color}33`,
            borderColor: color,
            borderWidth: 1.5,
            medianColor: theme.text,
            meanRadius: 0,
            itemRadius: 0,
            maxBarThickness: 60,
            order: 1,
          },
          {
            type: "scatter",
            parsing: false,
            data: dots.map(({ x, y }) => ({ x, y })),
            backgroundColor: styles.map((style) => `${style.color}cc`),
            borderColor: styles.map((style) => style.color),
            pointStyle: styles.map((style) => style.marker),
            pointRadius: dots.length > 150 ? 2 : 3,
            order: 0,
          },
        ],
      },
      options: {
        layout: { padding: { top: 6, right: 8 } },
        scales: {
          x: categoryScale(
            groups.map((_, index) => nameOf(index)),
            t("{0} values; hover for their names", formatInteger(groups.length)),
            theme,
          ),
          y: numberScale(metric.key, false, theme),
        },
        plugins: { legend: { display: false } },
      },
    } as unknown as ChartConfiguration,
    runAt: (datasetIndex, index) => (datasetIndex === 1 ? (items[dots[index]?.item ?? -1]?.runs[0] ?? null) : null),
    marks: (run) =>
      dots.flatMap((dot, index) =>
        items[dot.item]?.runs.includes(run) === true ? [{ kind: "point" as const, datasetIndex: 1, index }] : [],
      ),
    walked: [0, 1],
    found: { points: [1], columns: 0 },
    describe: (datasetIndex, index) => {
      const dot = datasetIndex === 1 ? dots[index] : undefined;
      const group = groups[dot?.place ?? index];
      if (dot !== undefined) {
        return { title: (items[dot.item]?.name ?? "").slice(0, 120), lines: [formatNumber(dot.y), nameOf(dot.place)] };
      }
      return { title: nameOf(index), lines: group === undefined ? [] : statsText(group) };
    },
  };
}

function statsText({ stats, values }: BoxGroups["groups"][number]): readonly string[] {
  return [
    t("{0} runs", formatInteger(values.length)),
    t("Median {0}, quartiles {1} to {2}", formatNumber(stats.median), formatNumber(stats.q1), formatNumber(stats.q3)),
    t("Minimum {0}, maximum {1}, mean {2}", formatNumber(stats.min), formatNumber(stats.max), formatNumber(stats.mean)),
  ];
}

/** Dots one after the other take places far from each other, by the golden ratio; one dot alone stands in the middle. */
function shift(at: number, count: number): number {
  return count === 1 ? 0 : (((at * 0.618_034 + 0.5) % 1) * 2 - 1) * SPREAD;
}
