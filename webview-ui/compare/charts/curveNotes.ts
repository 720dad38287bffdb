import { chartNotes } from "../../shared/charts/chartNotes";
import { formatInteger, formatNumber } from "../../shared/format";
import { t } from "../../shared/l10n";
import type { CurveOptions, CurveSet } from "./curveSet";
import { CUT_SHARE } from "./outlierCut";

/** What a chart of curves leaves out, and how it was made. */
export function curveNotes(set: CurveSet, options: CurveOptions): readonly string[] {
  const { shown, hidden, without, total } = set.counts;
  const runs = shown < total ? [t("Showing {0} of {1} runs", formatInteger(shown), formatInteger(total)) + reasons(hidden, without)] : [];
  const { cut } = set;
  return [
    ...runs,
    ...chartNotes(
      set.series,
      set.curves.map((curve) => curve.prepared),
    ),
    ...(cut === null
      ? options.cutOutliers
        ? [t("No outliers.")]
        : []
      : [
          t(
            "{0} points lie outside of the shown range {1} to {2} ({3} % at each end).",
            formatInteger(cut.outside),
            formatNumber(cut.min, 4),
            formatNumber(cut.max, 4),
            CUT_SHARE * 100,
          ),
        ]),
    ...(set.groups.length > 0 ? [t("Lines are means of a group, bands mean ± standard deviation; single runs are pale.")] : []),
  ];
}

function reasons(hidden: number, without: number): string {
  const parts = [
    ...(hidden > 0 ? [t("{0} hidden in the legend", formatInteger(hidden))] : []),
    ...(without > 0 ? [t("{0} without this metric", formatInteger(without))] : []),
  ];
  return `: ${parts.join(", ")}.`;
}

/** The chart in a sentence, as its name for a screen reader. */
export function curveSummary(metric: string, set: CurveSet): string {
  let [low, high] = [Infinity, -Infinity];
  let [lowRun, highRun] = ["", ""];
  for (const { label, points } of set.series) {
    for (const { value } of points) {
      if (value < low && Number.isFinite(value)) {
        [low, lowRun] = [value, label];
      }
      if (value > high && Number.isFinite(value)) {
        [high, highRun] = [value, label];
      }
    }
  }
  const range =
    low <= high
      ? t("minimum {0} in {1}, maximum {2} in {3}", formatNumber(low), lowRun.slice(0, 200), formatNumber(high), highRun.slice(0, 200))
      : t("no finite value");
  return t("Line chart of {0}, {1} runs, {2}. Arrow keys walk along the points.", metric.slice(0, 200), set.curves.length, range);
}
