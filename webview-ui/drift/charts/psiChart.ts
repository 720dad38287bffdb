import type { DriftColumnDetail } from "../../../src/protocol/drift";
import { numberScale } from "../../shared/charts/chartScales";
import { t } from "../../shared/l10n";
import { driftColors } from "../driftColors";
import { countText, numberText, percentText } from "../numberText";
import { nameScale, plainOptions } from "./axes";
import { binShares } from "./binShares";
import { plainDrawing, tableOf, type DriftChart } from "./chartSpec";

const BAR = 20;
const AXIS = 44;
/** More bars than this say nothing that the table behind does not say better. */
const MOST = 40;

/** Which values moved: what each bin adds to the PSI, in the order of the bins or the largest first. */
export function psiChart(name: string, psi: DriftColumnDetail["psi"], largestFirst: boolean): DriftChart {
  const heading = t("Which values of {0} moved", name);
  if (psi === null || psi.bins.labels.length === 0) {
    return { heading, empty: t("No PSI can be computed for this column.") };
  }
  const { bins, contributions, total } = psi;
  const { reference, current } = binShares(bins);
  const all = bins.labels.map((label, index) => ({
    label,
    index,
    value: contributions[index] ?? 0,
    grew: (current[index] ?? 0) >= (reference[index] ?? 0),
  }));
  const sorted = largestFirst ? [...all].sort((a, b) => b.value - a.value) : all;
  const shown = sorted.slice(0, MOST);
  const labels = shown.map(({ label }) => label);
  const part = (value: number): number | null => (total > 0 ? value / total : null);
  const most = all.reduce((a, b) => (b.value > a.value ? b : a));
  return {
    heading,
    summary: t("{0}. PSI {1} in all; {2} adds most, {3}.", heading, numberText(total), most.label, numberText(most.value)),
    notes: [
      t("PSI {0} in all, the sum of the bars", numberText(total)),
      ...(shown.length < all.length ? [t("Showing {0} of {1} bins", countText(shown.length), countText(all.length))] : []),
    ],
    data: tableOf(
      [
        { label: t("Bin"), text: true },
        { label: "PSI" },
        { label: t("Part of the PSI") },
        { label: t("Reference") },
        { label: t("Current") },
      ],
      sorted.map(({ label, index, value }) => [
        label,
        numberText(value, 6),
        percentText(part(value)),
        percentText(reference[index]),
        percentText(current[index]),
      ]),
    ),
    legend: [
      { label: t("More rows than before"), side: "more" },
      { label: t("Fewer rows than before"), side: "less" },
    ],
    zoom: "",
    height: Math.max(110, shown.length * BAR + AXIS),
    build: (theme) => {
      const color = driftColors(theme).current;
      return plainDrawing(
        {
          type: "bar",
          data: {
            labels,
            datasets: [
              {
                data: shown.map(({ value }) => value),
                backgroundColor: shown.map(({ grew }) => (grew ? `${color}cc` : "transparent")),
                borderColor: color,
                borderWidth: 1.5,
                borderSkipped: false,
                maxBarThickness: 13,
              },
            ],
          },
          options: {
            indexAxis: "y",
            ...plainOptions({
              x: { ...numberScale(t("Part of the PSI"), false, theme), beginAtZero: true },
              y: nameScale(labels, 20, theme),
            }),
          },
        },
        {
          walked: [0],
          found: { points: [], columns: 0, sideways: true },
          describe: (_, at) => {
            const bin = shown[at];
            return bin === undefined
              ? { title: "", lines: [] }
              : {
                  title: bin.label,
                  lines: [
                    t("PSI {0}, {1} of all", numberText(bin.value), percentText(part(bin.value))),
                    t("Reference {0}", percentText(reference[bin.index])),
                    t("Current {0}", percentText(current[bin.index])),
                  ],
                };
          },
        },
      );
    },
  };
}
