import type { DriftView } from "../../../src/protocol/drift";
import { chartPicture } from "../../shared/charts/chartPicture";
import { readChartTheme } from "../../shared/charts/chartTheme";
import { calibrationChart } from "./calibrationChart";
import { isDrawn } from "./chartSpec";
import { correlationChart } from "./correlationChart";
import { kpiChart } from "./kpiChart";
import "./registerCharts";
import { shareChart } from "./shareChart";

/** More would make a page that nobody scrolls through. */
const MOST = 24;

/** The charts about the whole data set as SVG texts, for the HTML page; whether they are in sight does not matter. */
export function reportPictures(view: DriftView): readonly string[] {
  const theme = readChartTheme();
  return [
    shareChart(view),
    ...view.kpis.map((kpi) => kpiChart(kpi, view.marks, { range: null, isSmall: false })),
    ...(view.calibration == null ? [] : [calibrationChart(view.calibration)]),
    correlationChart(view.correlations),
  ]
    .filter(isDrawn)
    .slice(0, MOST)
    .map((chart) => chartPicture(chart.build(theme).config, chart.heading, theme, "svg").data);
}
