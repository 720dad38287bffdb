import type { Chart, Plugin } from "chart.js";

import type { DriftView } from "../../../src/protocol/drift";
import type { ChartTheme } from "../../shared/charts/chartTheme";
import { t } from "../../shared/l10n";
import { driftColors } from "../driftColors";
import { countText, isNumber, percentText } from "../numberText";
import { plainOptions, shareScale } from "./axes";
import { SIDES_LEGEND } from "./binTexts";
import { plainDrawing, tableOf, type DriftChart } from "./chartSpec";

/** Predicted probability against what happened; on the diagonal a prediction keeps its word. */
export function calibrationChart({ column, bins }: NonNullable<DriftView["calibration"]>): DriftChart {
  const heading = t("Calibration of {0}", column);
  const known = bins.filter(({ observed, reference }) => isNumber(observed) || isNumber(reference));
  if (known.length === 0) {
    return { heading, empty: t("No bin has labels yet, so that predictions cannot be compared with what happened.") };
  }
  const off = known
    .filter(({ observed }) => isNumber(observed))
    .reduce<(typeof known)[number] | null>((worst, bin) => (worst === null || gap(bin) > gap(worst) ? bin : worst), null);
  const worst =
    off === null
      ? t("The current data have no labels yet")
      : t("Farthest off at {0} predicted: {1} happened", percentText(off.predicted), percentText(off.observed));
  return {
    heading,
    summary: `${heading}. ${worst}.`,
    notes: [worst, t("On the dotted line, what was predicted happened")],
    data: tableOf(
      [{ label: t("Predicted") }, { label: t("Observed") }, { label: t("Observed in the reference") }, { label: t("Rows") }],
      bins.map(({ predicted, observed, reference, rows }) => [
        percentText(predicted),
        percentText(observed),
        percentText(reference),
        countText(rows),
      ]),
    ),
    legend: SIDES_LEGEND(),
    zoom: "",
    height: 240,
    build: (theme) => {
      const colors = driftColors(theme);
      const line = (side: "reference" | "observed"): object => ({
        label: side === "reference" ? t("Reference") : t("Current"),
        data: bins.map((bin) => ({ x: bin.predicted, y: bin[side] })),
        borderColor: side === "reference" ? colors.reference : colors.current,
        backgroundColor: side === "reference" ? colors.reference : colors.current,
        borderDash: side === "reference" ? [] : [6, 3],
        borderWidth: 2,
        pointRadius: 4,
        pointStyle: side === "reference" ? "circle" : "triangle",
        clip: 8,
      });
      return plainDrawing(
        {
          type: "line",
          data: { datasets: [line("reference"), line("observed")] },
          options: {
            ...plainOptions({
              x: { ...shareScale(t("Predicted"), false, theme), min: 0, max: 1 },
              y: { ...shareScale(t("Observed"), false, theme), min: 0, max: 1 },
            }),
            parsing: false,
          },
          plugins: [diagonal(theme)],
        },
        {
          walked: [0, 1],
          found: { points: [0, 1], columns: 0 },
          describe: (_, index) => {
            const bin = bins[index];
            return {
              title: t("Predicted {0}", percentText(bin?.predicted)),
              lines: [
                t("Current {0}, {1} rows", percentText(bin?.observed), countText(bin?.rows)),
                t("Reference {0}", percentText(bin?.reference)),
              ],
            };
          },
        },
      );
    },
  };
}

function gap({ predicted, observed }: { readonly predicted: number; readonly observed: number | null }): number {
  return Math.abs((observed ?? predicted) - predicted);
}

function diagonal(theme: ChartTheme): Plugin {
  return {
    id: "diagonal",
    beforeDatasetsDraw: ({ ctx, chartArea }: Chart) => {
      ctx.save();
      ctx.strokeStyle = theme.muted;
      ctx.lineWidth = 1;
      ctx.setLineDash([2, 3]);
      ctx.beginPath();
      ctx.moveTo(chartArea.left, chartArea.bottom);
      ctx.lineTo(chartArea.right, chartArea.top);
      ctx.stroke();
      ctx.restore();
    },
  };
}
