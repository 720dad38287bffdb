import type { DriftColumnDetail, DriftView } from "../../../src/protocol/drift";
import { chartPicture } from "../../shared/charts/chartPicture";
import { readChartTheme } from "../../shared/charts/chartTheme";
import { calibrationChart } from "./calibrationChart";
import { isDrawn, type DriftChart } from "./chartSpec";
import { correlationChart } from "./correlationChart";
import { distributionChart } from "./distributionChart";
import { kpiChart } from "./kpiChart";
import "./registerCharts";
import { sampledHeading, sampleNote } from "./sampleNote";
import { shareChart } from "./shareChart";

/** More would make a page that nobody scrolls through. */
const MOST = 24;

/**
 * The charts of the report as SVG texts, for the HTML page; whether they are in sight does not matter.
 * @param details of the columns whose distributions are wanted.
 */
export function reportPictures(view: DriftView, details: readonly DriftColumnDetail[]): readonly string[] {
  const theme = readChartTheme();
  const sample = sampleNote(view);
  const kpis = (isGroup: boolean): readonly DriftChart[] =>
    view.kpis.filter(({ group }) => (group !== null) === isGroup).map((kpi) => kpiChart(kpi, view.marks, { range: null, isSmall: false }));
  return [
    shareChart(view),
    ...details.map((detail) => distributionChart(detail, { kind: "shares", logX: false, logY: false })),
    ...kpis(false),
    ...(view.calibration == null ? [] : [calibrationChart(view.calibration)]),
    correlationChart(view.correlations),
    // There may be so many groups that nothing else would be left.
    ...kpis(true),
  ]
    .filter(isDrawn)
    .slice(0, MOST)
    .map((chart) => chartPicture(chart.build(theme).config, sampledHeading(chart.heading, sample), theme, "svg").data);
}
