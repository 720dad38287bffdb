import { type Figure, median } from "../figures";
import type { BothSides } from "./compareBench";
import { EXPERIMENT, SPIKE } from "./comparedData";
import { metricAddress, settledBytes } from "./mlflowPage";
import type { Sight } from "./probe";

const ROUNDS = 3;

/** One spike in a long curve: what MLflow's page of the metric draws of it, and what we draw. */
export async function spike({ own, pages, runIds }: BothSides): Promise<readonly Figure[]> {
  const drawn = ({ charts, waiting }: Sight): boolean => waiting === 0 && charts.some((name) => name.includes("grad_norm"));
  const address = metricAddress(runIds.slice(0, 1), EXPERIMENT, "grad_norm");
  const ours = [];
  const theirs = [];
  let [theirPoints, theirHighest, ownPoints, ownHighest] = [NaN, NaN, NaN, NaN];
  for (let round = 0; round < ROUNDS; round++) {
    const view = await pages.goto(address, lineAt, undefined);
    const bytes = await settledBytes(view);
    [theirPoints, theirHighest] = await view.page.evaluate(plotted);
    theirs.push({ ms: view.ms, bytes });
    await view.page.close();
    const drawing = await own.compare(drawn, { charts: true });
    ours.push(drawing);
    ownHighest = Number(/maximum ([\d.]+)/.exec(drawing.sight.charts.join())?.[1]);
    ownPoints = await (await own.frame()).evaluate(shownPoints);
    await own.closePanels();
  }
  if (ownHighest !== SPIKE) {
    throw new Error(`Our chart says that the maximum is ${ownHighest}; it is ${SPIKE}.`);
  }
  const middle = (values: readonly { readonly ms: number }[]): number => median(values.map(({ ms }) => ms));
  return [
    { name: "MLflow, points drawn", value: theirPoints, unit: "" },
    { name: `MLflow, maximum of the drawn curve (the spike is ${SPIKE})`, value: theirHighest, unit: "" },
    { name: "MLflow, bytes of its answers", value: median(theirs.map(({ bytes }) => bytes)) / 1e6, unit: "MB" },
    { name: "MLflow, address to drawn chart", value: middle(theirs), unit: "ms" },
    { name: "ours, points drawn of both runs", value: ownPoints, unit: "" },
    { name: "ours, maximum", value: ownHighest, unit: "" },
    { name: "ours, bytes to the webview", value: median(ours.map(({ bytes }) => bytes)) / 1e6, unit: "MB" },
    { name: "ours, command to drawn chart", value: middle(ours), unit: "ms" },
    { name: "MLflow's page to ours", value: middle(theirs) / middle(ours), unit: "×", target: { atLeast: 1 } },
  ];
}

/** MLflow has drawn a line. */
function lineAt(): number {
  return document.querySelectorAll(".js-plotly-plot .scatterlayer .trace path.js-line").length > 0
    ? performance.timeOrigin + performance.now()
    : 0;
}

/** Points and maximum of the longest line that MLflow's chart holds. */
function plotted(): [points: number, highest: number] {
  const plot = document.querySelector(".js-plotly-plot") as unknown as { data: { x?: unknown[]; y?: number[] }[] };
  const longest = plot.data.reduce((a, b) => ((b.y?.length ?? 0) > (a.y?.length ?? 0) ? b : a));
  return [longest.y?.length ?? 0, (longest.y ?? []).reduce((a, b) => Math.max(a, b), -Infinity)];
}

/** How many points our chart says it shows. */
function shownPoints(): number {
  const card = document
    .querySelector("mlops-compare")
    ?.shadowRoot?.querySelector("mlops-compare-charts")
    ?.shadowRoot?.querySelector("mlops-metric-card")
    ?.shadowRoot?.querySelector("mlops-chart-card");
  return Number(/Showing ([\d,]+) of/.exec(card?.shadowRoot?.querySelector(".notes")?.textContent ?? "")?.[1]?.replaceAll(",", ""));
}
