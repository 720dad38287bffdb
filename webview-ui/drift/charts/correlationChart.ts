import type { Chart, Plugin } from "chart.js";

import type { DriftView } from "../../../src/protocol/drift";
import { numberScale } from "../../shared/charts/chartScales";
import type { ChartTheme } from "../../shared/charts/chartTheme";
import { t } from "../../shared/l10n";
import { driftColors } from "../driftColors";
import { countText, isNumber, numberText } from "../numberText";
import { nameScale, plainOptions } from "./axes";
import { SIDES_LEGEND } from "./binTexts";
import { plainDrawing, tableOf, type DriftChart } from "./chartSpec";

const ROW = 24;
const AXIS = 44;
const MOST = 20;

/** Pairs whose correlation moved most: a dot a side, joined by a line. */
export function correlationChart(correlations: DriftView["correlations"]): DriftChart {
  const heading = t("Correlations that changed most");
  const pairs = correlations
    .map((pair) => ({
      ...pair,
      name: pair.columns.join(" ~ "),
      change: isNumber(pair.reference) && isNumber(pair.current) ? pair.current - pair.reference : null,
    }))
    .sort((a, b) => size(b.change) - size(a.change) || (a.name < b.name ? -1 : 1));
  const drawn = pairs.filter(({ change }) => change !== null).slice(0, MOST);
  const first = drawn[0];
  if (first === undefined) {
    return { heading, empty: t("No two columns have a correlation on both sides: it takes two columns with numbers that vary.") };
  }
  const names = drawn.map(({ name }) => name);
  return {
    heading,
    summary: t("{0}. {1} moved most, from {2} to {3}.", heading, first.name, numberText(first.reference), numberText(first.current)),
    notes:
      drawn.length < pairs.length
        ? [t("Showing {0} of {1} pairs; the table has all", countText(drawn.length), countText(pairs.length))]
        : [],
    data: tableOf(
      [{ label: t("Columns"), text: true }, { label: t("Reference") }, { label: t("Current") }, { label: t("Change") }],
      pairs.map(({ name, reference, current, change }) => [name, numberText(reference), numberText(current), numberText(change)]),
    ),
    legend: SIDES_LEGEND(),
    zoom: "",
    height: drawn.length * ROW + AXIS,
    build: (theme) => {
      const colors = driftColors(theme);
      const dots = (side: "reference" | "current"): object => ({
        label: side === "reference" ? t("Reference") : t("Current"),
        data: drawn.map((pair, index) => ({ x: pair[side], y: names[index] })),
        backgroundColor: side === "reference" ? colors.reference : theme.background,
        borderColor: colors[side],
        pointBorderWidth: 2,
        pointRadius: 5,
        pointStyle: side === "reference" ? "circle" : "rectRot",
        showLine: false,
        clip: 8,
      });
      return plainDrawing(
        {
          type: "line",
          data: { labels: names, datasets: [dots("reference"), dots("current")] },
          options: {
            indexAxis: "y",
            ...plainOptions({
              x: { ...numberScale(t("Correlation"), false, theme), suggestedMin: -1, suggestedMax: 1 },
              y: { ...nameScale(names, 34, theme), offset: true, grid: { display: true, color: theme.grid } },
            }),
          },
          plugins: [joints(theme)],
        },
        {
          walked: [0, 1],
          found: { points: [0, 1], columns: 0, sideways: true },
          describe: (_, index) => {
            const pair = drawn[index];
            return {
              title: pair?.name ?? "",
              lines: [
                t("Reference {0}", numberText(pair?.reference)),
                t("Current {0}", numberText(pair?.current)),
                t("Change {0}", numberText(pair?.change)),
              ],
            };
          },
        },
      );
    },
  };
}

/** Pairs without a change come last. */
function size(change: number | null): number {
  return change === null ? -1 : Math.abs(change);
}

function joints(theme: ChartTheme): Plugin {
  return {
    id: "joints",
    beforeDatasetsDraw: (chart: Chart) => {
      const { ctx } = chart;
      const [from, to] = [chart.getDatasetMeta(0).data, chart.getDatasetMeta(1).data];
      ctx.save();
      ctx.strokeStyle = theme.muted;
      ctx.lineWidth = 2;
      ctx.setLineDash([]);
      ctx.beginPath();
      from.forEach((point, index) => {
        const other = to[index];
        if (other !== undefined) {
          ctx.moveTo(point.x, point.y);
          ctx.lineTo(other.x, other.y);
        }
      });
      ctx.stroke();
      ctx.restore();
    },
  };
}
