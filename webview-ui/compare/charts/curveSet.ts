import type { CompareCurve, CompareView } from "../../../src/protocol/compare";
import { prepareSeries, smooth, type ChartOptions, type ChartSeries, type PreparedSeries } from "../../shared/charts/chartSeries";
import { groupMean, type BandPoint } from "./groupMean";
import { outlierCut, type OutlierCut } from "./outlierCut";

export interface CurveOptions extends ChartOptions {
  readonly cutOutliers: boolean;
}

export interface DrawnCurve {
  readonly run: number;
  readonly style: number;
  readonly prepared: PreparedSeries;
}

export interface DrawnGroup {
  readonly label: string;
  readonly style: number;
  readonly band: readonly BandPoint[];
  /** Runs of the group that have a curve. */
  readonly runs: number;
}

/** One metric's curves as they are drawn. */
export interface CurveSet {
  readonly series: readonly ChartSeries[];
  readonly curves: readonly DrawnCurve[];
  /** Empty when single runs are compared; else the curves are faint behind the groups' means. */
  readonly groups: readonly DrawnGroup[];
  readonly cut: OutlierCut | null;
  /** Shown and all runs; those hidden by the user and those without this metric are told apart. */
  readonly counts: { readonly shown: number; readonly hidden: number; readonly without: number; readonly total: number };
}

function toChartSeries(curve: CompareCurve, label: string): ChartSeries {
  const points = curve.steps
    .map((step, index) => ({ step, timestamp: curve.times[index] ?? 0, value: Number(curve.values[index] ?? NaN) }))
    .sort((a, b) => a.step - b.step || a.timestamp - b.timestamp);
  return { id: String(curve.run), label, points, total: curve.total };
}

export function curveSet(
  curves: readonly CompareCurve[],
  view: CompareView,
  hidden: ReadonlySet<number>,
  options: CurveOptions,
  groupName: (label: string | null) => string,
): CurveSet {
  const present = curves.filter((curve) => curve.steps.length > 0 && view.runs[curve.run] !== undefined);
  const shown = present.filter((curve) => !hidden.has(curve.run));
  const groups = view.columns.filter((column) => column.kind === "group");
  const series = shown.map((curve) => toChartSeries(curve, view.runs[curve.run]?.name ?? ""));
  const styleOf = new Map(groups.flatMap((group) => group.runs.map((run) => [run, group.style] as const)));
  // With groups the single curves are only the background, so that smoothing goes to the means.
  const each = groups.length > 0 ? { ...options, smoothing: 0 } : options;
  const drawn = shown.map((curve, index): DrawnCurve => ({
    run: curve.run,
    style: styleOf.get(curve.run) ?? view.runs[curve.run]?.style ?? 0,
    prepared: prepareSeries(series[index] ?? toChartSeries(curve, ""), each),
  }));
  const byRun = new Map(drawn.map((curve) => [curve.run, curve]));
  return {
    series,
    curves: drawn,
    groups: groups.flatMap((group): DrawnGroup[] => {
      const members = group.runs.flatMap((run) => byRun.get(run) ?? []);
      const band = groupMean(members.map((member) => member.prepared.raw));
      return band.length === 0
        ? []
        : [{ label: groupName(group.label), style: group.style, band: smoothBand(band, options.smoothing), runs: members.length }];
    }),
    cut: options.cutOutliers ? outlierCut(drawn.flatMap((curve) => curve.prepared.raw.map((point) => point.y))) : null,
    counts: {
      shown: shown.length,
      hidden: present.length - shown.length,
      without: view.runs.length - present.length,
      total: view.runs.length,
    },
  };
}

/** Where no run has more than one point a curve is none: the values as bars, without those that are not finite. Else null. */
export function singleValues(set: CurveSet): readonly { readonly item: number; readonly value: number }[] | null {
  return set.series.some((one) => one.total > 1)
    ? null
    : set.curves.flatMap(({ run }, index) => {
        // Not as prepared for the axes: bars have no logarithmic ones.
        const value = set.series[index]?.points[0]?.value ?? NaN;
        return Number.isFinite(value) ? [{ item: run, value }] : [];
      });
}

function smoothBand(band: readonly BandPoint[], weight: number): readonly BandPoint[] {
  if (weight === 0) {
    return band;
  }
  const along = (pick: (point: BandPoint) => number): readonly number[] =>
    smooth(
      band.map((point) => ({ x: point.x, y: pick(point) })),
      weight,
    ).map((point) => point.y);
  const [mean, low, high] = [along((point) => point.mean), along((point) => point.low), along((point) => point.high)];
  return band.map((point, index) => ({ ...point, mean: mean[index] ?? NaN, low: low[index] ?? NaN, high: high[index] ?? NaN }));
}
