import type { Chart, Plugin } from "chart.js";

import type { DriftBins } from "../../../src/protocol/drift";
import { numberScale } from "../../shared/charts/chartScales";
import type { ChartTheme } from "../../shared/charts/chartTheme";
import { localNumber } from "../../shared/format";
import { t } from "../../shared/l10n";
import { driftColors } from "../driftColors";
import { isNumber, percentText } from "../numberText";
import { plainOptions, shareScale } from "./axes";
import { binShares } from "./binShares";
import { binLines, binNotes, binSummary, binTable, SIDES_LEGEND } from "./binTexts";
import { plainDrawing, type ChartSpec } from "./chartSpec";

export interface RangeLook {
  readonly logX: boolean;
  readonly logY: boolean;
}

/** Reference as filled bars and current as an outline over the same bins, at their true widths. */
export function rangeChart(name: string, bins: DriftBins, edges: readonly number[], look: RangeLook): ChartSpec {
  const { reference, current } = binShares(bins);
  const least = [...reference, ...current].filter((share) => share > 0).reduce((a, b) => Math.min(a, b), 1);
  return {
    heading: t("Distribution of {0}", name),
    summary: t("Distribution of {0}. {1}.", name, binSummary(bins)),
    notes: binNotes(bins),
    data: binTable(bins),
    legend: SIDES_LEGEND(),
    zoom: "",
    height: 220,
    build: (theme) =>
      plainDrawing(
        {
          type: "scatter",
          data: {
            datasets: [
              {
                // Nothing to see: the highest of both bars, to be found and walked along.
                data: bins.labels.map((_, index) => ({
                  x: middle(edges[index] ?? 0, edges[index + 1] ?? 0, look.logX),
                  y: Math.max(reference[index] ?? 0, current[index] ?? 0, look.logY ? least / 2 : 0),
                })),
                pointRadius: 0,
              },
            ],
          },
          options: plainOptions({
            x: { ...numberScale(name, look.logX, theme), min: edges[0], max: edges.at(-1), grid: { display: false } },
            y: { ...shareScale(t("Share of rows"), look.logY, theme), ...(look.logY ? { min: least / 2 } : {}) },
          }),
          plugins: [steps(edges, reference, current, theme)],
        },
        {
          walked: [0],
          found: { points: [], columns: 0 },
          describe: (_, index) => ({ title: bins.labels[index] ?? "", lines: binLines(bins, index) }),
        },
      ),
  };
}

/** How much of each side lies at or below a value. */
export function cumulativeChart(name: string, bins: DriftBins, edges: readonly number[], logX: boolean): ChartSpec {
  const { reference, current } = binShares(bins);
  const sums = [runningSums(reference), runningSums(current)];
  const gaps = edges.map((_, index) => Math.abs((sums[0]?.[index] ?? 0) - (sums[1]?.[index] ?? 0)));
  const widest = gaps.reduce((most, gap, index) => (gap > (gaps[most] ?? 0) ? index : most), 0);
  const gapText = t("The curves are farthest apart at {0}: {1}", edgeText(edges, widest), percentText(gaps[widest]));
  return {
    heading: t("Cumulative distribution of {0}", name),
    summary: t("Cumulative distribution of {0}. {1}.", name, gapText),
    notes: [gapText, ...binNotes(bins)],
    data: binTable(bins),
    legend: SIDES_LEGEND(),
    zoom: "",
    height: 220,
    build: (theme) => {
      const colors = driftColors(theme);
      const line = (side: 0 | 1, color: string): object => ({
        data: edges.map((edge, index) => ({ x: edge, y: sums[side]?.[index] ?? 0 })),
        label: side === 0 ? t("Reference") : t("Current"),
        borderColor: color,
        backgroundColor: color,
        borderDash: side === 0 ? [] : [6, 3],
        borderWidth: 2,
        pointStyle: side === 0 ? "circle" : "triangle",
        pointRadius: edges.length > 25 ? 0 : 3,
      });
      return plainDrawing(
        {
          type: "line",
          data: { datasets: [line(0, colors.reference), line(1, colors.current)] },
          options: {
            ...plainOptions({
              x: { ...numberScale(name, logX, theme), min: edges[0], max: edges.at(-1), grid: { display: false } },
              y: { ...shareScale(t("Share at or below"), false, theme), max: 1 },
            }),
            parsing: false,
          },
        },
        {
          walked: [0, 1],
          found: { points: [0, 1], columns: 0 },
          describe: (_, index) => ({
            title: t("At or below {0}", edgeText(edges, index)),
            lines: [t("Reference {0}", percentText(sums[0]?.[index])), t("Current {0}", percentText(sums[1]?.[index]))],
          }),
        },
      );
    },
  };
}

function steps(edges: readonly number[], reference: readonly number[], current: readonly number[], theme: ChartTheme): Plugin {
  const colors = driftColors(theme);
  return {
    id: "steps",
    beforeDatasetsDraw: ({ ctx, chartArea, scales }: Chart) => {
      const { x: xScale, y: yScale } = scales;
      if (xScale === undefined || yScale === undefined) {
        return;
      }
      const xs = edges.map((edge) => xScale.getPixelForValue(edge));
      const height = (share: number | undefined): number =>
        isNumber(share) && share > 0
          ? Math.max(chartArea.top, Math.min(chartArea.bottom, yScale.getPixelForValue(share)))
          : chartArea.bottom;
      ctx.save();
      ctx.fillStyle = `${colors.reference}66`;
      reference.forEach((share, index) => {
        const [left, right] = [xs[index] ?? 0, xs[index + 1] ?? 0];
        const y = height(share);
        ctx.fillRect(left, y, Math.max(1, right - left - 1), chartArea.bottom - y);
      });
      ctx.beginPath();
      ctx.lineWidth = 2;
      ctx.lineJoin = "miter";
      ctx.strokeStyle = colors.current;
      ctx.setLineDash([]);
      ctx.moveTo(xs[0] ?? 0, chartArea.bottom);
      current.forEach((share, index) => {
        const y = height(share);
        ctx.lineTo(xs[index] ?? 0, y);
        ctx.lineTo(xs[index + 1] ?? 0, y);
      });
      ctx.lineTo(xs.at(-1) ?? 0, chartArea.bottom);
      ctx.stroke();
      ctx.restore();
    },
  };
}

function middle(low: number, high: number, log: boolean): number {
  return log && low > 0 ? Math.sqrt(low * high) : (low + high) / 2;
}

function runningSums(shares: readonly number[]): readonly number[] {
  let sum = 0;
  return [0, ...shares.map((share) => (sum += share))];
}

function edgeText(edges: readonly number[], index: number): string {
  const edge = edges[index];
  return isNumber(edge) ? localNumber(String(Number(edge.toPrecision(4)))) : "";
}
