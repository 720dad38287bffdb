import { type Figure, median } from "../figures";
import type { BothSides } from "./compareBench";
import { EXPERIMENT } from "./comparedData";
import type { Sight } from "./probe";

const ROUNDS = 3;
/** MLflow shows so many runs of its list at first, each thinned to 320 points. */
const MLFLOW_SHOWS = 10;

/** Curves of all runs in our panel, and those of ten of them in MLflow's view of charts, its quickest way to see any, in turn. */
export async function longCurves({ own, pages, runIds }: BothSides): Promise<readonly Figure[]> {
  const count = runIds.length;
  const drawn = ({ runs, charts, waiting }: Sight): boolean =>
    runs === count && waiting === 0 && charts.some((name) => name.includes(` ${count} runs`));
  const ours = [];
  const theirs = [];
  for (let round = 0; round < ROUNDS; round++) {
    const view = await pages.goto(`/#/experiments/${EXPERIMENT}/runs?compareRunsMode=CHART`, curvesAt, Math.min(MLFLOW_SHOWS, count));
    theirs.push(view);
    await view.page.close();
    ours.push(await own.compare(drawn, { charts: true }));
    await own.closePanels();
  }
  const middle = (values: readonly { readonly ms: number }[]): number => median(values.map(({ ms }) => ms));
  return [
    { name: `MLflow's charts, of ${MLFLOW_SHOWS} runs only, 320 points each`, value: middle(theirs), unit: "ms" },
    { name: `ours, command to drawn chart of ${count} runs`, value: middle(ours), unit: "ms" },
    { name: "ours, thread held up", value: median(ours.map(({ blockedMs }) => blockedMs)), unit: "ms" },
    { name: "MLflow, bytes of its answers", value: median(theirs.map(({ bytes }) => bytes())) / 1000, unit: "KB" },
    { name: "ours, bytes to the webview", value: median(ours.map(({ bytes }) => bytes)) / 1000, unit: "KB" },
    { name: "MLflow's charts to ours", value: middle(theirs) / middle(ours), unit: "×" },
  ];
}

/** MLflow has drawn so many lines. */
function curvesAt(lines: number): number {
  return document.querySelectorAll(".js-plotly-plot .scatterlayer .trace path.js-line").length >= lines
    ? performance.timeOrigin + performance.now()
    : 0;
}
