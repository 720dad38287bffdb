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

/** What a chart of single values leaves out. */
export function barNotes(set: CurveSet, bars: number): readonly string[] {
  const { shown, hidden, without, total } = set.counts;
  const notFinite = shown - bars;
  return bars < total
    ? [t("Showing {0} of {1} runs", formatInteger(bars), formatInteger(total)) + reasons(hidden, without, notFinite)]
    : [];
}

function reasons(hidden: number, without: number, notFinite = 0): string {
  const parts = [
    ...(hidden > 0 ? [t("{0} hidden in the legend", formatInteger(hidden))] : []),
    ...(without > 0 ? [t("{0} without this metric", formatInteger(without))] : []),
    ...(notFinite > 0 ? [t("{0} with NaN or ∞", formatInteger(notFinite))] : []),
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

export function barSummary(metric: string, bars: readonly { readonly value: number }[]): string {
  const values = bars.map((bar) => bar.value);
  const [low, high] = [values.reduce((a, b) => Math.min(a, b), Infinity), values.reduce((a, b) => Math.max(a, b), -Infinity)];
  return t(
    "Bar chart of {0}, {1} runs with one value each, {2} to {3}. Arrow keys walk along the bars.",
    metric.slice(0, 200),
    bars.length,
    formatNumber(low),
    formatNumber(high),
  );
}
