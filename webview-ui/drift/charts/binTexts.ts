import type { DriftBins } from "../../../src/protocol/drift";
import type { TableData } from "../../shared/charts/chartTable";
import { t } from "../../shared/l10n";
import { countText, percentText } from "../numberText";
import { binShares, mostChanged } from "./binShares";
import { tableOf, type LegendEntry } from "./chartSpec";

export const SIDES_LEGEND = (): readonly LegendEntry[] => [
  { label: t("Reference"), side: "reference" },
  { label: t("Current"), side: "current" },
];

/** Shares and counts of both sides, a row a bin. */
export function binTable(bins: DriftBins): TableData {
  const { reference, current } = binShares(bins);
  return tableOf(
    [
      { label: bins.edges === null ? t("Category") : t("Range"), text: true },
      { label: t("Reference") },
      { label: t("Reference rows") },
      { label: t("Current") },
      { label: t("Current rows") },
    ],
    bins.labels.map((label, index) => [
      label,
      percentText(reference[index]),
      countText(bins.reference[index]),
      percentText(current[index]),
      countText(bins.current[index]),
    ]),
  );
}

/** What the pointer tells about a bin: shares and counts of both sides. */
export function binLines(bins: DriftBins, index: number): readonly string[] {
  const { reference, current } = binShares(bins);
  return [
    t("Reference {0} ({1} rows)", percentText(reference[index]), countText(bins.reference[index])),
    t("Current {0} ({1} rows)", percentText(current[index]), countText(bins.current[index])),
  ];
}

/** The bins in a sentence. */
export function binSummary(bins: DriftBins): string {
  const { reference, current } = binShares(bins);
  const most = mostChanged(reference, current);
  const count = t("{0} bins", countText(bins.labels.length));
  return most === null
    ? t("{0}, both sides alike", count)
    : t(
        "{0}; the largest change is in {1}: {2} before, {3} now",
        count,
        bins.labels[most] ?? "",
        percentText(reference[most]),
        percentText(current[most]),
      );
}

export function binNotes(bins: DriftBins): readonly string[] {
  const { rows } = binShares(bins);
  return [
    t("{0} reference and {1} current values", countText(rows.reference), countText(rows.current)),
    ...(bins.open === true ? [t("The first and the last bin hold everything beyond them")] : []),
    ...(bins.others > 0 ? [t("The last bar stands for {0} rarer values", countText(bins.others))] : []),
    ...(rows.reference === 0 ? [t("The reference has no value")] : []),
    ...(rows.current === 0 ? [t("The current data have no value")] : []),
  ];
}
