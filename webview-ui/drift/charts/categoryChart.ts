import type { DriftBins } from "../../../src/protocol/drift";
import { t } from "../../shared/l10n";
import { driftColors } from "../driftColors";
import { nameScale, plainOptions, shareScale } from "./axes";
import { binShares } from "./binShares";
import { binLines, binNotes, binSummary, binTable, SIDES_LEGEND } from "./binTexts";
import { plainDrawing, type ChartSpec } from "./chartSpec";

/** Pixels that a pair of bars needs, and that the axis below needs. */
const PAIR = 26;
const AXIS = 44;

/** Two bars a category: the reference filled, the current side outlined. New and lost ones are named as such. */
export function categoryChart(name: string, bins: DriftBins): ChartSpec {
  const { reference, current, rows } = binShares(bins);
  const both = rows.reference > 0 && rows.current > 0;
  const labels = bins.labels.map((label, index) => {
    const [before, now] = [bins.reference[index] ?? 0, bins.current[index] ?? 0];
    return both && before === 0 && now > 0 ? t("{0} (new)", label) : both && now === 0 && before > 0 ? t("{0} (lost)", label) : label;
  });
  return {
    heading: t("Distribution of {0}", name),
    summary: t("Distribution of {0}. {1}.", name, binSummary(bins)),
    notes: binNotes(bins),
    data: binTable({ ...bins, labels }),
    legend: SIDES_LEGEND(),
    zoom: "",
    height: Math.max(120, labels.length * PAIR + AXIS),
    build: (theme) => {
      const colors = driftColors(theme);
      return plainDrawing(
        {
          type: "bar",
          data: {
            labels,
            datasets: [
              { label: t("Reference"), data: [...reference], backgroundColor: `${colors.reference}cc`, ...SIZE },
              {
                label: t("Current"),
                data: [...current],
                backgroundColor: `${colors.current}33`,
                borderColor: colors.current,
                borderWidth: 1.5,
                ...SIZE,
              },
            ],
          },
          options: {
            indexAxis: "y",
            ...plainOptions({ x: shareScale(t("Share of rows"), false, theme), y: nameScale(labels, 24, theme) }),
          },
        },
        {
          walked: [0],
          found: { points: [], columns: 0, sideways: true },
          describe: (_, index) => ({ title: labels[index] ?? "", lines: binLines(bins, index) }),
        },
      );
    },
  };
}

const SIZE = { maxBarThickness: 11, categoryPercentage: 0.86, barPercentage: 0.95, borderSkipped: false };
