import type { Chart, Plugin } from "chart.js";

import type { DriftColumnDetail } from "../../../src/protocol/drift";
import { numberScale } from "../../shared/charts/chartScales";
import type { ChartTheme } from "../../shared/charts/chartTheme";
import { cut } from "../../shared/cut";
import { t } from "../../shared/l10n";
import { driftColors } from "../driftColors";
import { numberText } from "../numberText";
import { plainOptions } from "./axes";
import { plainDrawing, tableOf, type DriftChart } from "./chartSpec";

type Numbers = NonNullable<DriftColumnDetail["sides"][number]["numbers"]>;

/** Half the height of a box, in rows. */
const HALF = 0.22;

/** A box a side: 5, 25, 50, 75 and 95 % with the mean as a dot. Extremes are numbers in the table, so that they never squeeze the boxes. */
export function boxChart(name: string, sides: DriftColumnDetail["sides"]): DriftChart {
  const boxes = sides.flatMap(({ label, numbers }) => (numbers === null || numbers.quantiles.length < 7 ? [] : [{ label, numbers }]));
  const heading = t("Box plot of {0}", name);
  if (boxes.length === 0) {
    return { heading, empty: t("Neither side has numbers to make a box of.") };
  }
  const places = boxes.map(({ numbers }) => marks(numbers));
  return {
    heading,
    summary: `${heading}. ${boxes.map(({ label, numbers }) => t("{0}: median {1}, half of all between {2} and {3}", label, numberText(numbers.quantiles[3]), numberText(numbers.quantiles[2]), numberText(numbers.quantiles[4]))).join("; ")}.`,
    notes: [t("Box: 25 to 75 %, line: median, whiskers: 5 and 95 %, dot: mean")],
    data: tableOf(
      [{ label: t("Side"), text: true }, ...(places[0] ?? []).map(({ label }) => ({ label }))],
      boxes.map(({ label }, index) => [label, ...(places[index] ?? []).map(({ value }) => numberText(value, 6))]),
    ),
    legend: [],
    zoom: "",
    height: 60 + boxes.length * 50,
    build: (theme) =>
      plainDrawing(
        {
          type: "scatter",
          data: {
            datasets: places.map((points, row) => ({ data: points.map(({ value }) => ({ x: value, y: row })), pointRadius: 0 })),
          },
          options: plainOptions({
            x: numberScale(name, false, theme),
            y: {
              type: "linear",
              min: -0.6,
              max: boxes.length - 0.4,
              reverse: true,
              grid: { display: false },
              border: { color: theme.grid },
              afterBuildTicks: (axis: { ticks: { value: number }[] }) => {
                axis.ticks = boxes.map((_, value) => ({ value }));
              },
              ticks: {
                color: theme.text,
                font: { family: theme.fontFamily, size: theme.fontSize },
                callback: (value: string | number) => cut(boxes[Number(value)]?.label ?? "", 18),
              },
            },
          }),
          plugins: [
            boxPlugin(
              boxes.map(({ numbers }) => numbers),
              theme,
            ),
          ],
        },
        {
          walked: places.map((_, index) => index),
          found: { points: places.map((_, index) => index), columns: null },
          describe: (dataset, index) => {
            const point = places[dataset]?.[index];
            return {
              title: boxes[dataset]?.label ?? "",
              lines: point === undefined ? [] : [`${point.label} ${numberText(point.value, 6)}`],
            };
          },
        },
      ),
  };
}

function marks({ quantiles, mean }: Numbers): readonly { readonly label: string; readonly value: number }[] {
  return [
    { label: t("5 %"), value: quantiles[1] ?? 0 },
    { label: t("25 %"), value: quantiles[2] ?? 0 },
    { label: t("Median"), value: quantiles[3] ?? 0 },
    { label: t("Mean"), value: mean },
    { label: t("75 %"), value: quantiles[4] ?? 0 },
    { label: t("95 %"), value: quantiles[5] ?? 0 },
  ];
}

function boxPlugin(boxes: readonly Numbers[], theme: ChartTheme): Plugin {
  const colors = driftColors(theme);
  return {
    id: "boxes",
    beforeDatasetsDraw: ({ ctx, scales }: Chart) => {
      const { x: xScale, y: yScale } = scales;
      if (xScale === undefined || yScale === undefined) {
        return;
      }
      ctx.save();
      ctx.setLineDash([]);
      boxes.forEach(({ quantiles, mean }, row) => {
        const color = row === 0 ? colors.reference : colors.current;
        const [low, q1, median, q3, high] = quantiles.slice(1, 6).map((value) => xScale.getPixelForValue(value));
        const [top, middle, bottom] = [row - HALF, row, row + HALF].map((value) => yScale.getPixelForValue(value));
        if (low === undefined || q1 === undefined || median === undefined || q3 === undefined || high === undefined) {
          return;
        }
        if (top === undefined || middle === undefined || bottom === undefined) {
          return;
        }
        ctx.strokeStyle = color;
        ctx.lineWidth = 1.5;
        ctx.fillStyle = `${color}${row === 0 ? "66" : "22"}`;
        ctx.fillRect(q1, top, q3 - q1, bottom - top);
        ctx.strokeRect(q1, top, q3 - q1, bottom - top);
        ctx.beginPath();
        ctx.moveTo(low, middle);
        ctx.lineTo(q1, middle);
        ctx.moveTo(q3, middle);
        ctx.lineTo(high, middle);
        for (const end of [low, high]) {
          ctx.moveTo(end, middle - 6);
          ctx.lineTo(end, middle + 6);
        }
        ctx.stroke();
        ctx.beginPath();
        ctx.strokeStyle = theme.text;
        ctx.lineWidth = 2;
        ctx.moveTo(median, top);
        ctx.lineTo(median, bottom);
        ctx.stroke();
        ctx.beginPath();
        ctx.fillStyle = theme.text;
        ctx.arc(xScale.getPixelForValue(mean), middle, 3, 0, 2 * Math.PI);
        ctx.fill();
      });
      ctx.restore();
    },
  };
}
