import type { DriftColumnDetail, DriftColumnRow, DriftMark, DriftState, DriftWindow } from "../../../src/protocol/drift";
import type { ChartTheme } from "../../shared/charts/chartTheme";
import { t } from "../../shared/l10n";
import { driftColors, stateMarker } from "../driftColors";
import { DRIFT_STATES } from "../driftStates";
import { countedText, countText, isNumber, numberText, percentText } from "../numberText";
import { boundedScale, plainOptions, shareScale } from "./axes";
import { plainDrawing, tableOf, type ChooseWindow, type DriftChart } from "./chartSpec";
import { windowChoice } from "./chooseWindow";
import { limitLines, markScale, timeMarks, type LimitLine } from "./overlays";
import { marksNear, stretch } from "./spans";
import { timeAxis } from "./timeAxis";

interface Point {
  readonly window: DriftWindow;
  readonly value: number | null;
  readonly state: DriftState;
  readonly reason: string | null;
}

/** A column's score by window against its limits. */
export function scoreChart(
  row: DriftColumnRow,
  overTime: DriftColumnDetail["overTime"],
  windows: readonly DriftWindow[],
  marks: readonly DriftMark[],
  choose: ChooseWindow = null,
): DriftChart {
  const heading = t("Score of {0} over time", row.name);
  const points = windows.flatMap((window, index): Point[] => {
    const at = overTime[index];
    return at === undefined ? [] : [{ window, value: at.score, state: at.state, reason: at.reason }];
  });
  if (windows.length === 0) {
    return { heading, empty: t("Choose a window and a time column above to see how the score moved.") };
  }
  if (points.every(({ value }) => value === null)) {
    return {
      heading,
      empty: t("No window has a score: {0}", points.find(({ reason }) => reason !== null && reason !== "")?.reason ?? t("too few rows")),
    };
  }
  const { result } = row;
  const lines = (theme: ChartTheme): readonly LimitLine[] => {
    const colors = driftColors(theme);
    return result === null
      ? []
      : [
          {
            value: result.threshold,
            label: t("limit {0}", numberText(result.threshold)),
            color: colors.state(result.failThreshold === null ? "fail" : "warn"),
            dash: [6, 3],
          },
          ...(result.failThreshold === null
            ? []
            : [
                {
                  value: result.failThreshold,
                  label: t("fail {0}", numberText(result.failThreshold)),
                  color: colors.state("fail"),
                  dash: [],
                },
              ]),
        ];
  };
  const limits = result === null ? [] : [result.threshold, ...(result.failThreshold === null ? [] : [result.failThreshold])];
  return windowChart({
    heading,
    axis: result?.label ?? t("Score"),
    points,
    lines,
    limits,
    marks,
    notes: result?.kind === "p-value" ? [t("A p-value: below the limit means drift")] : [],
    text: numberText,
    asShare: false,
    choose,
  });
}

/** A column's missing share by window, with the reference's as a line. */
export function missingChart(
  row: DriftColumnRow,
  overTime: DriftColumnDetail["overTime"],
  windows: readonly DriftWindow[],
  marks: readonly DriftMark[],
  choose: ChooseWindow = null,
): DriftChart {
  const heading = t("Missing values of {0} over time", row.name);
  const points = windows.flatMap((window, index): Point[] => {
    const at = overTime[index];
    return at === undefined
      ? []
      : [{ window, value: at.missing, state: at.missing === null ? "unjudged" : "ok", reason: at.missing === null ? at.reason : null }];
  });
  if (points.every(({ value }) => value === null)) {
    return {
      heading,
      empty:
        windows.length === 0 ? t("Choose a window and a time column above to see missing values over time.") : t("No window has rows."),
    };
  }
  return windowChart({
    heading,
    axis: t("Missing"),
    points,
    lines: (theme) => [
      {
        value: row.missing.reference,
        label: t("reference {0}", percentText(row.missing.reference)),
        color: driftColors(theme).reference,
        dash: [6, 3],
      },
    ],
    limits: [row.missing.reference],
    marks,
    notes: [],
    text: percentText,
    asShare: true,
    choose,
  });
}

interface WindowChartInput {
  readonly heading: string;
  readonly axis: string;
  readonly points: readonly Point[];
  readonly lines: (theme: ChartTheme) => readonly LimitLine[];
  readonly limits: readonly number[];
  readonly marks: readonly DriftMark[];
  readonly notes: readonly string[];
  readonly text: (value: number | null) => string;
  readonly asShare: boolean;
  readonly choose: ChooseWindow;
}

function windowChart({ heading, axis, points, lines, limits, marks, notes, text, asShare, choose }: WindowChartInput): DriftChart {
  const places = points.map(({ window }) => ({ time: (window.from + window.to) / 2, label: window.label, from: window.from }));
  const near = marksNear(marks, places);
  const values = points.flatMap(({ value }) => (isNumber(value) ? [value] : []));
  const range = stretch([0, ...values, ...limits]);
  const last = points.findLast(({ value }) => value !== null);
  const unjudged = points.filter(({ state }) => state === "unjudged").length;
  return {
    heading,
    summary: t(
      "{0}. {1} windows, from {2} to {3}, last {4}.",
      heading,
      countText(points.length),
      text(Math.min(...values)),
      text(Math.max(...values)),
      text(last?.value ?? null),
    ),
    notes: [
      ...notes,
      ...(unjudged > 0 ? [countedText(unjudged, t("1 window not judged, drawn hollow"), t("{0} windows not judged, drawn hollow"))] : []),
    ],
    data: tableOf(
      [
        { label: t("Window"), text: true },
        { label: axis },
        { label: t("State"), text: true },
        { label: t("Rows") },
        { label: t("Why"), text: true },
      ],
      points.map(({ window, value, state, reason }) => [
        window.label,
        text(value),
        t(DRIFT_STATES[state].label),
        countText(window.rows),
        reason ?? "",
      ]),
    ),
    legend: [],
    zoom: "",
    height: 190,
    build: (theme) => {
      const colors = driftColors(theme);
      const ends = { low: Math.min(0, range.low), high: range.high };
      const scale = asShare ? { ...shareScale(axis, false, theme), min: ends.low, max: ends.high } : boundedScale(axis, theme, ends);
      return plainDrawing(
        {
          type: "line",
          data: {
            datasets: [
              {
                data: points.map(({ value }, index) => ({ x: places[index]?.time ?? 0, y: value })),
                borderColor: colors.current,
                borderWidth: 2,
                pointStyle: points.map(({ state }) => stateMarker(state)),
                pointRadius: points.length > 60 ? 2.5 : 4,
                pointBorderWidth: 1.5,
                pointBorderColor: points.map(({ state }) => colors.state(state)),
                pointBackgroundColor: points.map(({ state }) => (state === "unjudged" ? theme.background : colors.state(state))),
                clip: 8,
              },
            ],
          },
          options: {
            ...plainOptions({ x: timeAxis(places, theme), y: scale, ...markScale(near, theme) }),
            parsing: false,
          },
          plugins: [timeMarks(near, theme), limitLines(lines(theme), theme)],
        },
        {
          ...windowChoice(choose, (index) => points[index]?.window.from),
          walked: [0],
          found: { points: [0], columns: 0 },
          describe: (_, index) => {
            const point = points[index];
            return point === undefined
              ? { title: "", lines: [] }
              : {
                  title: point.window.label,
                  lines: [
                    `${text(point.value)} · ${t(DRIFT_STATES[point.state].label)}`,
                    t("{0} rows", countText(point.window.rows)),
                    ...(point.reason === null ? [] : [point.reason]),
                  ],
                };
          },
        },
      );
    },
  };
}
