import {
  BarController,
  BarElement,
  CategoryScale,
  Chart,
  LinearScale,
  LogarithmicScale,
  PointElement,
  ScatterController,
  type ChartConfiguration,
} from "chart.js";

import type { ChartDrawing } from "../../shared/charts/chartDrawing";
import type { ChartTheme } from "../../shared/charts/chartTheme";
import { seriesStyle } from "../../shared/charts/seriesStyle";
import { cut } from "../../shared/cut";
import { formatInteger, formatNumber } from "../../shared/format";
import { t } from "../../shared/l10n";
import { colorScale } from "./colorScale";
import type { ChartItem, Dimension, DimensionValue } from "./dimensions";
import { categoryScale, LONGEST_KEY, numberScale } from "../../shared/charts/chartScales";
import type { LogAxes, ScatterPairs } from "./scatterPairs";

Chart.register(ScatterController, BarController, BarElement, PointElement, CategoryScale, LinearScale, LogarithmicScale);

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
          `${cut(x.key, LONGEST_KEY)}: ${formatNumber(pair.x)}`,
          `${cut(y.key, LONGEST_KEY)}: ${formatNumber(pair.y)}`,
          ...(color === null ? [] : [`${cut(color.key, LONGEST_KEY)}: ${valueText(pair.color)}`]),
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
            // A point at the edge is drawn whole.
            clip: 6,
          },
        ],
      },
      options: {
        layout: { padding: { top: 6, right: 8 } },
        scales: { x: numberScale(x.key, log.x, theme), y: numberScale(y.key, log.y, theme) },
        plugins: { legend: { display: false } },
      },
    } as ChartConfiguration,
    runAt: (_, index) => items[pairs[index]?.item ?? -1]?.runs[0] ?? null,
    marks: (run) =>
      pairs.flatMap((pair, index) =>
        items[pair.item]?.runs.includes(run) === true ? [{ kind: "point" as const, datasetIndex: 0, index }] : [],
      ),
    walked: [0],
    found: { points: [0], columns: null },
    describe: (_, index) => ({ title: nameOf(index), lines: describe(index) }),
  };
}

export interface Bar {
  readonly item: number;
  readonly value: number;
}

/** A metric by run or group, in the order given. */
export function barDrawing(items: readonly ChartItem[], metric: string, bars: readonly Bar[], theme: ChartTheme): ChartDrawing {
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
        layout: { padding: { top: 6, right: 8 } },
        scales: {
          x: categoryScale(
            bars.map((_, index) => nameOf(index)),
            t("{0} runs; hover for their names", formatInteger(bars.length)),
            theme,
          ),
          y: numberScale(metric, false, theme),
        },
        plugins: { legend: { display: false } },
      },
    } as ChartConfiguration,
    runAt: (_, index) => items[bars[index]?.item ?? -1]?.runs[0] ?? null,
    marks: (run) =>
      bars.flatMap((bar, index) =>
        items[bar.item]?.runs.includes(run) === true ? [{ kind: "point" as const, datasetIndex: 0, index }] : [],
      ),
    walked: [0],
    found: { points: [], columns: 0 },
    describe: (_, index) => ({ title: nameOf(index), lines: [formatNumber(bars[index]?.value ?? NaN)] }),
  };
}

export function valueText(value: DimensionValue): string {
  return value === null ? t("(no value)") : typeof value === "number" ? formatNumber(value) : value.slice(0, 200);
}
