import {
  Chart,
  LinearScale,
  LineController,
  LineElement,
  LogarithmicScale,
  PointElement,
  type ChartConfiguration,
  type ChartDataset,
} from "chart.js";

import type { ChartDrawing, PointText } from "../../shared/charts/chartDrawing";
import type { PlotPoint } from "../../shared/charts/chartSeries";
import type { ChartTheme } from "../../shared/charts/chartTheme";
import { gapMarksPlugin } from "../../shared/charts/gapMarks";
import { seriesStyle } from "../../shared/charts/seriesStyle";
import { formatDateTime, formatDuration, formatNumber } from "../../shared/format";
import { t } from "../../shared/l10n";
import { CurveLines, type CurveLine } from "./curveLines";
import { curveScales } from "./curveScales";
import type { CurveOptions, CurveSet } from "./curveSet";

Chart.register(LineController, LineElement, PointElement, LinearScale, LogarithmicScale);

/** Markers along a line, enough to tell it from its neighbours; fewer where there are many lines. */
const markersOf = (curves: number): number => (curves > 12 ? 4 : 8);
/** Beyond, lines are drawn thin, whole and without markers: the picture is their crowd, and hovering picks one out. */
const CROWD = 40;
/** Names in a picture's legend; more would leave no room for the chart. */
const MAX_LEGEND = 24;

/** The lines: the groups' means, then the curves in order, then, when smoothed, their raw lines in the same order. */
export function curveDrawing(set: CurveSet, options: CurveOptions, theme: ChartTheme): ChartDrawing {
  const { curves, groups } = set;
  const styles = curves.map((curve) => seriesStyle(curve.style, theme.kind));
  const isCrowd = curves.length > CROWD;
  const isGrouped = groups.length > 0;
  const look = isGrouped
    ? { alpha: "55", width: 0.8, isDashed: false, markers: 0 }
    : isCrowd
      ? { alpha: "99", width: 0.8, isDashed: false, markers: 0 }
      : { alpha: "", width: curves.length > 12 ? 1.2 : 1.5, isDashed: true, markers: markersOf(curves.length) };
  const rawLook = { alpha: isCrowd ? "33" : "77", width: 0.8, isDashed: false, markers: 0 };
  const styleOf = (index: number) => styles[index] ?? seriesStyle(0, theme.kind);
  const means = groups.map((group): CurveLine => ({
    label: `${group.label.slice(0, 200)} (n=${group.runs})`,
    data: group.band.map((point) => ({ x: point.x, y: point.mean })),
    style: seriesStyle(group.style, theme.kind),
    ...{ alpha: "", width: 2.25, isDashed: true, markers: 6 },
  }));
  const lines: readonly CurveLine[] = [
    ...means,
    ...curves.map(({ prepared }, index): CurveLine => ({
      label: prepared.label.slice(0, 200),
      data: prepared.smoothed ?? prepared.raw,
      style: styleOf(index),
      ...look,
    })),
    ...curves.flatMap(({ prepared }, index): CurveLine[] =>
      prepared.smoothed === null ? [] : [{ label: prepared.label.slice(0, 200), data: prepared.raw, style: styleOf(index), ...rawLook }],
    ),
  ];
  const drawn = new CurveLines(
    lines,
    groups.map((group) => ({ band: group.band, color: seriesStyle(group.style, theme.kind).color })),
  );
  const curveAt = (line: number) => (line < means.length ? undefined : curves[(line - means.length) % Math.max(1, curves.length)]);
  const describe = (line: number, index: number): PointText => {
    const title = (lines[line]?.label ?? "").slice(0, 120);
    const mean = groups[line]?.band[index];
    if (mean !== undefined) {
      const spread = t("{0} ± {1}, n={2}", formatNumber(mean.mean), formatNumber(mean.high - mean.mean), mean.count);
      return { title, lines: [spread, xText(mean.x, options)] };
    }
    const curve = curveAt(line)?.prepared;
    const at = curve?.source[index];
    if (curve === undefined || at === undefined) {
      return { title, lines: [] };
    }
    const smoothed = curve.smoothed?.[index]?.y;
    return {
      title,
      lines: [
        formatNumber(at.value) + (smoothed === undefined ? "" : t(" (smoothed {0})", formatNumber(smoothed))),
        t("Step {0}", at.step),
        options.xAxis === "relative" ? xText(curve.raw[index]?.x ?? 0, options) : formatDateTime(at.timestamp),
      ],
    };
  };
  const named = isGrouped ? means : lines.slice(0, curves.length);
  const config: ChartConfiguration<"line", PlotPoint[]> = {
    type: "line",
    // One set spans the scales; the others are empty and stand for names in a picture's legend.
    data: { datasets: [corners(set), ...(named.length <= MAX_LEGEND ? named.map(legendEntry) : [])] },
    options: {
      parsing: false,
      normalized: true,
      layout: { padding: { top: 4, right: 6 } },
      scales: curveScales(set, options, theme),
      plugins: { legend: { display: false }, title: { display: false } },
    },
    plugins: [
      drawn.plugin(),
      gapMarksPlugin(
        () => curves.flatMap((curve) => curve.prepared.gaps),
        () => theme.warning,
      ),
    ],
  };
  const first = means.length;
  const [meanLines, curveLines] = [[...means.keys()], [...curves.keys()].map((index) => first + index)];
  return {
    config,
    runAt: (line) => curveAt(line)?.run ?? null,
    marks: (run) =>
      curves.flatMap((curve, index) =>
        curve.run === run ? [{ kind: "line" as const, datasetIndex: first + index, color: styleOf(index).color }] : [],
      ),
    walked: [...meanLines, ...curveLines],
    found: { points: [...meanLines, ...curveLines], columns: null },
    pointsOf: (line) => drawn.pointsOf(line),
    describe,
  };
}

/** Two points that no one sees, at the ends of all curves. */
function corners({ curves, cut }: CurveSet): ChartDataset<"line", PlotPoint[]> {
  let [left, right, low, high] = [Infinity, -Infinity, Infinity, -Infinity];
  for (const { prepared } of curves) {
    for (const { x, y } of prepared.raw) {
      left = Math.min(left, x);
      right = Math.max(right, x);
      if (!Number.isNaN(y)) {
        low = Math.min(low, y);
        high = Math.max(high, y);
      }
    }
  }
  // Where a range is cut, points outside of it would not count for the x axis either.
  const ends = cut === null ? (low > high ? [NaN, NaN] : [low, high]) : [cut.min, cut.max];
  const data = left > right ? [] : [left, right].map((x, index) => ({ x, y: ends[index] ?? NaN }));
  return { data, showLine: false, pointRadius: 0, pointHitRadius: 0 };
}

function legendEntry({ label, style }: CurveLine): ChartDataset<"line", PlotPoint[]> {
  return {
    label,
    data: [],
    borderColor: style.color,
    backgroundColor: style.color,
    borderDash: [...style.dash],
    borderWidth: 1.5,
    pointStyle: style.marker,
  };
}

function xText(x: number, { xAxis }: CurveOptions): string {
  return xAxis === "step" ? t("step {0}", formatNumber(x)) : xAxis === "time" ? formatDateTime(x) : formatDuration(x);
}
