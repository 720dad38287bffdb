import type { Chart, Plugin } from "chart.js";

import type { DriftMark, KpiSeriesView } from "../../../src/protocol/drift";
import type { ChartTheme } from "../../shared/charts/chartTheme";
import { t } from "../../shared/l10n";
import { driftColors, stateMarker } from "../driftColors";
import { KPI_STATES } from "../driftStates";
import { countedText, countText, isNumber, numberText } from "../numberText";
import { boundedScale, plainOptions } from "./axes";
import { plainDrawing, tableOf, type ChooseWindow, type DriftChart, type LegendEntry } from "./chartSpec";
import { windowChoice } from "./chooseWindow";
import { bandBehind, limitLines, markScale, timeMarks, type LimitLine } from "./overlays";
import { marksNear, stretch } from "./spans";
import { timeAxis } from "./timeAxis";

export interface KpiLook {
  /** Small multiples share the axis of values, so that heights can be compared. */
  readonly range: { readonly low: number; readonly high: number } | null;
  readonly isSmall: boolean;
  /** Points of live data are windows. */
  readonly choose?: ChooseWindow;
}

/** What a series is called: "f1 · region = north". */
function kpiTitle({ name, by, group }: Pick<KpiSeriesView, "name" | "by" | "group">): string {
  return group === null ? name : `${name} · ${by === null ? group : `${by} = ${group}`}`;
}

/** Everything that must be in sight: points, their intervals, limits, band and estimate. */
export function kpiRange(all: readonly KpiSeriesView[]): { readonly low: number; readonly high: number } {
  return stretch(
    all
      .flatMap(({ points, target, warn, band, estimate }) => [
        ...points.flatMap(({ value, low, high }) => [value, low, high]),
        ...(estimate?.points ?? []).flatMap(({ value, low, high }) => [value, low, high]),
        target?.value,
        warn,
        band?.low,
        band?.high,
      ])
      .filter(isNumber),
  );
}

/** A KPI over time. What was measured is a line; what was estimated is dashed, and its assumption stands below it. */
export function kpiChart(kpi: KpiSeriesView, marks: readonly DriftMark[], look: KpiLook): DriftChart {
  const heading = kpiTitle(kpi);
  const estimated = kpi.estimate?.points ?? [];
  if (kpi.points.length === 0 && estimated.length === 0) {
    return { heading, empty: t("No value has been computed yet.") };
  }
  if (!kpi.points.some(({ value }) => isNumber(value)) && !estimated.some(({ value }) => isNumber(value))) {
    return { heading, empty: kpi.points.find(({ reason }) => reason !== null && reason !== "")?.reason ?? t("No point has a value.") };
  }
  const places = kpi.points.length > 0 ? kpi.points : estimated.map(({ time }) => ({ time, label: "" }));
  const near = marksNear(marks, places);
  const range = look.range ?? kpiRange([kpi]);
  const unjudged = kpi.points.filter(({ state }) => state === "unjudged").length;
  const last = kpi.points.findLast(({ value }) => isNumber(value));
  return {
    heading,
    summary: [
      t(
        "{0}, {1} points, last {2}.",
        heading,
        countText(kpi.points.length),
        `${numberText(last?.value)} (${t(KPI_STATES[last?.state ?? "unjudged"])})`,
      ),
      kpi.target === null ? t("No target is set.") : t("Target {0}.", kpi.target.text),
      kpi.estimate === null ? "" : t("With an estimate: {0}", kpi.estimate.assumption),
    ]
      .filter((part) => part !== "")
      .join(" "),
    notes: [
      ...(kpi.estimate === null ? [] : [t("Dashed: estimated without labels. {0}", kpi.estimate.assumption)]),
      ...(kpi.band === null ? [] : [t("Band: three standard deviations around {0}", kpi.band.baseline)]),
      ...(unjudged > 0 ? [countedText(unjudged, t("1 point not judged, drawn hollow"), t("{0} points not judged, drawn hollow"))] : []),
      ...(kpi.detectorNotes ?? []),
      kpi.source,
    ],
    data: kpiTable(kpi),
    legend: legendOf(kpi),
    zoom: look.isSmall ? "" : "y",
    height: look.isSmall ? 150 : 230,
    build: (theme) => draw(kpi, places, near, range, look.choose ?? null, theme),
  };
}

function legendOf(kpi: KpiSeriesView): readonly LegendEntry[] {
  return [
    { label: t("Measured"), side: "measured" },
    ...(kpi.estimate === null ? [] : [{ label: t("Estimated"), side: "estimate" as const }]),
    ...(kpi.target === null ? [] : [{ label: t("Target {0}", kpi.target.text), side: "limit" as const }]),
    ...(kpi.warn === null ? [] : [{ label: t("Warning {0}", numberText(kpi.warn)), side: "warn" as const }]),
    ...(kpi.band === null ? [] : [{ label: t("Usual range"), side: "band" as const }]),
  ];
}

function kpiTable(kpi: KpiSeriesView) {
  const estimates = new Map((kpi.estimate?.points ?? []).map((point) => [point.time, point]));
  const interval = (low: number | null | undefined, high: number | null | undefined): string =>
    isNumber(low) && isNumber(high) ? t("{0} to {1}", numberText(low, 4), numberText(high, 4)) : "";
  const withEstimate = kpi.estimate !== null;
  const rows = kpi.points.map((point) => {
    const estimate = estimates.get(point.time);
    return [
      point.label,
      numberText(point.value, 6),
      interval(point.low, point.high),
      countText(point.rows),
      t(KPI_STATES[point.state]),
      [driftText(point), point.reason ?? ""].filter((part) => part !== "").join("; "),
      ...(withEstimate ? [numberText(estimate?.value, 6)] : []),
    ];
  });
  return tableOf(
    [
      { label: t("Time"), text: true },
      { label: kpi.name },
      { label: t("Interval") },
      { label: t("Rows") },
      { label: t("State"), text: true },
      { label: t("Why"), text: true },
      ...(withEstimate ? [{ label: t("Estimated") }] : []),
    ],
    rows,
  );
}

/** Which detectors mark a change at a point; empty where none does. */
function driftText({ drift, foundBy = [] }: KpiSeriesView["points"][number]): string {
  return !drift ? "" : foundBy.length === 0 ? t("drift detected") : t("change found by {0}", foundBy.join(", "));
}

function draw(
  kpi: KpiSeriesView,
  places: readonly { readonly time: number; readonly label: string }[],
  marks: readonly DriftMark[],
  range: { readonly low: number; readonly high: number },
  choose: ChooseWindow,
  theme: ChartTheme,
) {
  const colors = driftColors(theme);
  const lines: readonly LimitLine[] = [
    ...(kpi.target === null
      ? []
      : [{ value: kpi.target.value, label: t("target {0}", numberText(kpi.target.value)), color: colors.state("fail"), dash: [] }]),
    ...(kpi.warn === null
      ? []
      : [{ value: kpi.warn, label: t("warn {0}", numberText(kpi.warn)), color: colors.state("warn"), dash: [6, 3] }]),
  ];
  const estimated = kpi.estimate?.points ?? [];
  return plainDrawing(
    {
      type: "line",
      data: {
        datasets: [
          {
            label: t("Measured"),
            data: kpi.points.map(({ time, value }) => ({ x: time, y: value })),
            borderColor: colors.current,
            borderWidth: 2,
            pointStyle: kpi.points.map(({ state }) => stateMarker(state)),
            pointRadius: kpi.points.length > 60 ? 2.5 : 4,
            pointBorderWidth: 1.5,
            pointBorderColor: kpi.points.map(({ state }) => colors.state(state)),
            pointBackgroundColor: kpi.points.map(({ state }) => (state === "unjudged" ? theme.background : colors.state(state))),
            clip: 8,
          },
          ...(estimated.length === 0
            ? []
            : [
                {
                  label: t("Estimated"),
                  data: estimated.map(({ time, value }) => ({ x: time, y: value })),
                  borderColor: colors.reference,
                  borderDash: [5, 4],
                  borderWidth: 2,
                  pointRadius: estimated.length > 40 ? 0 : 3,
                  pointStyle: "circle",
                  pointBorderColor: colors.reference,
                  pointBackgroundColor: theme.background,
                  clip: 8,
                },
              ]),
        ],
      },
      options: {
        ...plainOptions({ x: timeAxis(places, theme), y: boundedScale(kpi.name, theme, range), ...markScale(marks, theme) }),
        parsing: false,
      },
      plugins: [
        bandBehind(kpi.band, theme.grid),
        timeMarks(marks, theme),
        intervals(kpi.points, colors.current),
        intervals(estimated, colors.reference),
        limitLines(lines, theme),
        driftMarks(kpi, colors.state("fail")),
      ],
    },
    {
      ...windowChoice(choose, (index) => kpi.points[index]?.time),
      walked: estimated.length === 0 ? [0] : [0, 1],
      found: { points: estimated.length === 0 ? [0] : [0, 1], columns: 0 },
      describe: (dataset, index) => {
        if (dataset === 1) {
          const point = estimated[index];
          return {
            title: kpi.points.find(({ time }) => time === point?.time)?.label ?? t("Estimated"),
            lines: [t("{0}, estimated without labels", numberText(point?.value, 4))],
          };
        }
        const point = kpi.points[index];
        return point === undefined
          ? { title: "", lines: [] }
          : {
              title: point.label,
              lines: [
                `${numberText(point.value, 4)} · ${t(KPI_STATES[point.state])}`,
                ...(isNumber(point.low) && isNumber(point.high)
                  ? [t("interval {0} to {1}", numberText(point.low, 4), numberText(point.high, 4))]
                  : []),
                ...(point.rows === null ? [] : [t("{0} rows", countText(point.rows))]),
                ...(point.drift ? [driftText(point)] : []),
                ...(point.reason === null ? [] : [point.reason]),
              ],
            };
      },
    },
  );
}

/** Whiskers from the lower to the upper end of each point's interval. */
function intervals(
  points: readonly { readonly time: number; readonly low: number | null; readonly high: number | null }[],
  color: string,
): Plugin {
  return {
    id: `intervals${color}`,
    beforeDatasetsDraw: ({ ctx, chartArea, scales }: Chart) => {
      const { x: xScale, y: yScale } = scales;
      if (xScale === undefined || yScale === undefined) {
        return;
      }
      ctx.save();
      ctx.globalAlpha = 0.6;
      ctx.strokeStyle = color;
      ctx.lineWidth = 1;
      ctx.setLineDash([]);
      ctx.beginPath();
      for (const { time, low, high } of points) {
        const x = xScale.getPixelForValue(time);
        if (isNumber(low) && isNumber(high) && x >= chartArea.left && x <= chartArea.right) {
          const [top, bottom] = [yScale.getPixelForValue(high), yScale.getPixelForValue(low)].map((y) =>
            Math.max(chartArea.top, Math.min(chartArea.bottom, y)),
          );
          ctx.moveTo(x, top ?? 0);
          ctx.lineTo(x, bottom ?? 0);
          for (const y of [top ?? 0, bottom ?? 0]) {
            ctx.moveTo(x - 3, y);
            ctx.lineTo(x + 3, y);
          }
        }
      }
      ctx.stroke();
      ctx.restore();
    },
  };
}

/** A filled triangle at the upper edge where a detector saw a change. */
function driftMarks(kpi: KpiSeriesView, color: string): Plugin {
  return {
    id: "drift-marks",
    afterDatasetsDraw: ({ ctx, chartArea, scales }: Chart) => {
      const scale = scales["x"];
      ctx.save();
      ctx.fillStyle = color;
      for (const { time, drift } of scale === undefined ? [] : kpi.points) {
        if (drift) {
          const x = scale?.getPixelForValue(time) ?? 0;
          ctx.beginPath();
          ctx.moveTo(x - 5, chartArea.top);
          ctx.lineTo(x + 5, chartArea.top);
          ctx.lineTo(x, chartArea.top + 8);
          ctx.closePath();
          ctx.fill();
        }
      }
      ctx.restore();
    },
  };
}
