import { formatDateTime, formatNumber } from "../format";
import { t } from "../l10n";
import type { ChartSeries } from "./chartSeries";
import type { TableData } from "./chartTable";

/** The points of one or more curves as rows, one curve after the other. */
export function seriesTable(series: readonly ChartSeries[]): TableData {
  const several = series.length > 1;
  const ends: number[] = [];
  let count = 0;
  for (const one of series) {
    count += one.points.length;
    ends.push(count);
  }
  return {
    columns: [...(several ? [{ label: t("Series"), text: true }] : []), { label: t("Step") }, { label: t("Value") }, { label: t("Time") }],
    count,
    row: (index) => {
      const at = ends.findIndex((end) => index < end);
      const one = series[at];
      const point = one?.points[index - (ends[at - 1] ?? 0)];
      return one === undefined || point === undefined
        ? []
        : [...(several ? [one.label] : []), String(point.step), formatNumber(point.value, 17), formatDateTime(point.timestamp)];
    },
  };
}
