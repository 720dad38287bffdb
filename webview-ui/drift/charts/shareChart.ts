import type { Chart, Plugin } from "chart.js";

import type { DriftView, DriftWindow } from "../../../src/protocol/drift";
import type { ChartTheme } from "../../shared/charts/chartTheme";
import { t } from "../../shared/l10n";
import { driftColors } from "../driftColors";
import { DRIFT_STATES } from "../driftStates";
import { countedText, countText, percentText } from "../numberText";
import { plainOptions, shareScale } from "./axes";
import { plainDrawing, tableOf, type ChooseWindow, type DriftChart, type LegendEntry } from "./chartSpec";
import { chooseHint, frameOf, windowChoice } from "./chooseWindow";
import { drawHatch } from "./drawHatch";
import { limitLines, markScale, timeMarks } from "./overlays";
import { marksNear } from "./spans";
import { timeAxis } from "./timeAxis";

/**
 * The share of drifted columns by window; a window that was not judged is hatched from top to bottom, never an empty place. The one that the table shows is framed.
 */
export function shareChart(
  view: Pick<DriftView, "windows" | "marks" | "dataset" | "timeColumns" | "options">,
  choose: ChooseWindow = null,
): DriftChart {
  const heading = t("Drifted columns over time");
  const { windows } = view;
  if (windows.length === 0) {
    return {
      heading,
      empty:
        view.timeColumns.length === 0
          ? t("Neither file has a column with times, so that nothing can be cut into windows.")
          : view.options.window === null
            ? t("Choose a window above to see drift by hour, day, week or month.")
            : t("No window has rows yet."),
    };
  }
  const threshold = view.dataset?.threshold ?? null;
  const places = windows.map(({ from, to, label }) => ({ time: (from + to) / 2, label, from }));
  const near = marksNear(view.marks, places);
  const count = (state: DriftWindow["state"]): number => windows.filter((window) => window.state === state).length;
  const unjudged = count("unjudged");
  const last = windows.at(-1);
  const legend = (["ok", "warn", "fail", "unjudged"] as const).flatMap((state): LegendEntry[] =>
    count(state) === 0 ? [] : [{ label: t(DRIFT_STATES[state].label), side: state === "warn" ? "warning" : state }],
  );
  return {
    heading,
    summary: t(
      "{0}. {1} windows: {2} with drift, {3} with a warning, {4} without, {5} not judged. Last: {6}, {7}.",
      heading,
      countText(windows.length),
      count("fail"),
      count("warn"),
      count("ok"),
      unjudged,
      last?.label ?? "",
      percentText(last?.share),
    ),
    notes: [
      ...(unjudged > 0 ? [countedText(unjudged, t("1 window not judged, hatched"), t("{0} windows not judged, hatched"))] : []),
      ...(choose === null ? [] : [chooseHint()]),
    ],
    data: tableOf(
      [
        { label: t("Window"), text: true },
        { label: t("Drifted columns") },
        { label: t("State"), text: true },
        { label: t("Rows") },
        { label: t("Why"), text: true },
      ],
      windows.map(({ label, share, state, rows, reason }) => [
        label,
        percentText(share),
        t(DRIFT_STATES[state].label),
        countText(rows),
        reason ?? "",
      ]),
    ),
    legend,
    zoom: "",
    height: 210,
    build: (theme) => {
      const colors = driftColors(theme);
      return plainDrawing(
        {
          type: "bar",
          data: {
            datasets: [
              {
                data: windows.map(({ share }, index) => ({ x: places[index]?.time ?? 0, y: share })),
                backgroundColor: windows.map(({ state }) => (state === "unjudged" ? "transparent" : `${colors.state(state)}cc`)),
                borderColor: windows.map(({ state }) => colors.state(state)),
                borderWidth: 1,
                minBarLength: 2,
                barPercentage: 0.8,
                maxBarThickness: 34,
              },
            ],
          },
          options: {
            ...plainOptions({
              x: timeAxis(places, theme),
              y: {
                ...shareScale(t("Drifted columns"), false, theme),
                min: 0,
                suggestedMax: Math.min(1, (threshold ?? 0.4) * 1.2),
                max: undefined,
              },
              ...markScale(near, theme),
            }),
            parsing: false,
          },
          plugins: [
            frameOf(windows[view.options.shownWindow ?? -1], theme),
            hatchUnjudged(windows, theme),
            timeMarks(near, theme),
            stateGlyphs(windows, theme),
            limitLines(
              threshold === null
                ? []
                : [{ value: threshold, label: t("limit {0}", percentText(threshold)), color: colors.state("fail"), dash: [6, 3] }],
              theme,
            ),
          ],
        },
        {
          ...windowChoice(choose, (index) => windows[index]?.from),
          walked: [0],
          found: { points: [], columns: 0 },
          describe: (_, index) => {
            const window = windows[index];
            return window === undefined
              ? { title: "", lines: [] }
              : {
                  title: window.label,
                  lines: [
                    `${percentText(window.share)} · ${t(DRIFT_STATES[window.state].label)}`,
                    t("{0} rows", countText(window.rows)),
                    ...(window.reason === null ? [] : [window.reason]),
                  ],
                };
          },
        },
      );
    },
  };
}

function hatchUnjudged(windows: readonly DriftWindow[], theme: ChartTheme): Plugin {
  return {
    id: "unjudged",
    beforeDatasetsDraw: ({ ctx, chartArea, scales }: Chart) => {
      const scale = scales["x"];
      for (const { from, to, state } of scale === undefined ? [] : windows) {
        if (state === "unjudged") {
          const [a, b] = [scale?.getPixelForValue(from) ?? 0, scale?.getPixelForValue(to) ?? 0];
          const inset = Math.min(4, (b - a) * 0.12);
          drawHatch(
            ctx,
            {
              left: Math.max(chartArea.left, a + inset),
              right: Math.min(chartArea.right, b - inset),
              top: chartArea.top,
              bottom: chartArea.bottom,
            },
            theme.muted,
          );
        }
      }
    },
  };
}

/** A triangle on a bar with a warning, a diamond on one with drift, as points of curves have them. */
function stateGlyphs(windows: readonly DriftWindow[], theme: ChartTheme): Plugin {
  const colors = driftColors(theme);
  return {
    id: "glyphs",
    afterDatasetsDraw: (chart: Chart) => {
      const { ctx } = chart;
      ctx.save();
      chart.getDatasetMeta(0).data.forEach(({ x, y }, index) => {
        const state = windows[index]?.state;
        if ((state === "warn" || state === "fail") && Number.isFinite(y)) {
          const size = 5;
          ctx.beginPath();
          ctx.moveTo(x, y - 3 - 2 * size);
          ctx.lineTo(x + size, y - 3 - (state === "fail" ? size : 0));
          ctx.lineTo(x, y - 3);
          ctx.lineTo(x - size, y - 3 - (state === "fail" ? size : 0));
          ctx.closePath();
          ctx.fillStyle = colors.state(state);
          ctx.fill();
        }
      });
      ctx.restore();
    },
  };
}
