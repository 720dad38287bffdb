import { formatInteger, formatNumber } from "../format";
import { t } from "../l10n";
import type { ChartSeries, PreparedSeries } from "./chartSeries";

/** What a chart does not show, said in words under it: an honest chart never leaves points out in silence. */
export function chartNotes(series: readonly ChartSeries[], prepared: readonly PreparedSeries[]): readonly string[] {
  const shown = sum(series.map((one) => one.points.length));
  const total = sum(series.map((one) => one.total));
  const nan = sum(prepared.map((one) => one.counts.nan));
  const infinite = sum(prepared.map((one) => one.counts.infinite));
  const nonPositive = sum(prepared.map((one) => one.counts.nonPositive));
  const nonPositiveX = sum(prepared.map((one) => one.counts.nonPositiveX));
  return [
    ...(shown < total ? [t("Showing {0} of {1} points, min–max thinning.", formatInteger(shown), formatInteger(total))] : []),
    ...(nan > 0 ? [t("{0} × NaN, marked × at the bottom.", formatInteger(nan))] : []),
    ...(infinite > 0 ? [t("{0} × infinite, marked ▲ or ▼ at the edge.", formatInteger(infinite))] : []),
    ...(nonPositive > 0 ? [t("{0} values of zero or below cannot be drawn on a log axis.", formatInteger(nonPositive))] : []),
    ...(nonPositiveX > 0 ? [t("{0} points at zero or below cannot be drawn on a log x axis.", formatInteger(nonPositiveX))] : []),
  ];
}

/** The chart in one sentence, as its name for a screen reader. */
export function chartSummary(label: string, series: readonly ChartSeries[]): string {
  const parts = series.map((one) => {
    const finite = one.points.filter((point) => Number.isFinite(point.value));
    const last = one.points.at(-1);
    if (last === undefined || finite.length === 0) {
      return t("{0}: no finite value", one.label);
    }
    const low = finite.reduce((a, b) => (b.value < a.value ? b : a));
    const high = finite.reduce((a, b) => (b.value > a.value ? b : a));
    return t(
      "{0}: {1} points, last {2} at step {3}, minimum {4} at step {5}, maximum {6} at step {7}",
      one.label,
      one.total,
      formatNumber(last.value),
      last.step,
      formatNumber(low.value),
      low.step,
      formatNumber(high.value),
      high.step,
    );
  });
  return `${t("Line chart {0}", label)}. ${parts.join("; ")}.`;
}

function sum(values: readonly number[]): number {
  return values.reduce((a, b) => a + b, 0);
}
