import { type Figure, median } from "../figures";
import type { BothSides } from "./compareBench";
import { EXPERIMENT } from "./comparedData";
import { compareAddress, follow } from "./mlflowPage";
import type { Sight } from "./probe";

const ROUNDS = 5;

/** The same runs in our panel and on MLflow's compare page, in turn. */
export async function hundredRuns({ own, pages, runIds }: BothSides): Promise<readonly Figure[]> {
  const count = runIds.length;
  const address = compareAddress(runIds, EXPERIMENT);
  const whole = ({ runs, rows, reading }: Sight): boolean => runs === count && rows > 0 && !reading;
  const charted = (sight: Sight): boolean => whole(sight) && sight.charts.length > 0 && sight.waiting === 0;
  const loaded = [];
  const followed = [];
  const fresh = [];
  const withCharts = [];
  const open = [];
  const first = await own.compare(whole);
  await own.closePanels();
  for (let round = 0; round < ROUNDS; round++) {
    const start = await pages.goto(address, comparedAt, count);
    loaded.push(start);
    await start.page.close();
    fresh.push(await own.compare(whole));
    await own.closePanels();
    const list = await pages.goto(`/#/experiments/${EXPERIMENT}/runs`, listedAt, undefined);
    followed.push(await follow(list.page, address, comparedAt, count));
    await list.page.close();
    withCharts.push(await own.compare(charted, { charts: true }));
    await own.closePanels();
  }
  await own.selectRuns(count, `exp${EXPERIMENT}`, "all but the newest");
  for (let round = 0; round < ROUNDS; round++) {
    await own.compare(({ runs, reading }) => runs === count - 1 && !reading);
    open.push(await own.addRun(`run-${count - 1}`, whole));
    await own.closePanels();
  }
  const ms = (drawings: readonly { readonly ms: number }[]): number => median(drawings.map((drawing) => drawing.ms));
  const blocked = (drawings: readonly { readonly blockedMs: number }[]): number => median(drawings.map((drawing) => drawing.blockedMs));
  return [
    { name: "MLflow's compare page", value: ms(loaded), unit: "ms" },
    { name: "MLflow's compare page, thread held up", value: blocked(loaded), unit: "ms" },
    { name: "MLflow's compare page, from its own list of runs", value: ms(followed), unit: "ms" },
    { name: "MLflow's compare page, from its own list, thread held up", value: blocked(followed), unit: "ms" },
    { name: "ours, the first panel of a window", value: first.ms, unit: "ms" },
    { name: "ours, new panel", value: ms(fresh), unit: "ms" },
    { name: "ours, new panel, thread held up", value: blocked(fresh), unit: "ms" },
    { name: "ours, new panel with charts, the click on Charts counted", value: ms(withCharts), unit: "ms" },
    { name: "ours, new panel with charts, thread held up", value: blocked(withCharts), unit: "ms" },
    { name: "ours, a run added to an open panel", value: ms(open), unit: "ms" },
    { name: "ours, a run added to an open panel, thread held up", value: blocked(open), unit: "ms" },
    { name: "MLflow's page to our new panel", value: ms(loaded) / ms(fresh), unit: "×", target: { atLeast: 4 } },
    { name: "MLflow's page to our new panel with charts", value: ms(loaded) / ms(withCharts), unit: "×" },
    { name: "MLflow's page from its list to our new panel", value: ms(followed) / ms(fresh), unit: "×" },
    { name: "MLflow's page to our open panel", value: ms(loaded) / ms(open), unit: "×", target: { atLeast: 10 } },
    { name: "MLflow's page from its list to our open panel", value: ms(followed) / ms(open), unit: "×" },
  ];
}

/** MLflow's tables have all columns, and its parallel coordinates their axes. */
export function comparedAt(runs: number): number {
  const tables = [...document.querySelectorAll(".mlflow-compare-run-table")];
  const axes = document.querySelectorAll(".js-plotly-plot .y-axis").length;
  return tables.length > 1 && tables.slice(0, 2).every((table) => table.querySelectorAll("td").length >= runs) && axes > 0
    ? performance.timeOrigin + performance.now()
    : 0;
}

/** MLflow's list of runs has rows. */
function listedAt(): number {
  return document.querySelectorAll("[role=row] [role=gridcell]").length > 20 ? performance.timeOrigin + performance.now() : 0;
}
