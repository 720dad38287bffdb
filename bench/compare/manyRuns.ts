import { type Figure, median } from "../figures";
import type { BothSides } from "./compareBench";
import { EXPERIMENT } from "./comparedData";
import { comparedAt } from "./hundredRuns";
import { compareAddress } from "./mlflowPage";
import type { OwnWindow } from "./ownWindow";
import type { Sight } from "./probe";
import { longestTask } from "./traceTasks";

const ROUNDS = 3;
const TURNS = 60;

/** A comparison of many runs with many params and metrics: until it can be used, and while it scrolls and the pointer moves over it. */
export async function manyRuns({ browser, own, pages, runIds }: BothSides): Promise<readonly Figure[]> {
  const count = runIds.length;
  const whole = ({ runs, rows, reading }: Sight): boolean => runs === count && rows > 0 && !reading;
  const ours = [];
  const scrolled = [];
  const hovered = [];
  const theirs = await pages.goto(compareAddress(runIds, EXPERIMENT), comparedAt, count);
  await theirs.page.close();
  for (let round = 0; round < ROUNDS; round++) {
    ours.push(await own.compare(whole));
    const page = own.workbench.page;
    scrolled.push(await longestTask(browser, page, () => scroll(own)));
    hovered.push(await longestTask(browser, page, () => hover(own)));
    await own.closePanels();
  }
  const middle = (values: readonly { readonly ms: number }[]): number => median(values.map(({ ms }) => ms));
  return [
    { name: "MLflow's compare page", value: theirs.ms / 1000, unit: "s" },
    { name: "MLflow's compare page, thread held up", value: theirs.blockedMs / 1000, unit: "s" },
    { name: "ours, command to the whole table", value: middle(ours) / 1000, unit: "s", target: { below: 2 } },
    { name: "ours, thread held up", value: median(ours.map(({ blockedMs }) => blockedMs)), unit: "ms" },
    { name: "ours, bytes to the webview", value: median(ours.map(({ bytes }) => bytes)) / 1e6, unit: "MB" },
    { name: "ours, longest task while scrolling", value: middle(scrolled), unit: "ms", target: { below: 50 } },
    { name: "ours, processor time of that task", value: median(scrolled.map(({ processorMs }) => processorMs)), unit: "ms" },
    { name: "ours, longest task while the pointer moves", value: middle(hovered), unit: "ms", target: { below: 50 } },
    { name: "MLflow's page to ours", value: theirs.ms / middle(ours), unit: "×" },
  ];
}

/** Turns the wheel down and to the right, and back, as fast as frames come. */
async function scroll(own: OwnWindow): Promise<void> {
  const { mouse } = own.workbench.page;
  const frame = await own.frame();
  await mouse.move(900, 500);
  for (const direction of [1, -1]) {
    const before = await frame.evaluate(lastRow);
    for (let turn = 0; turn < TURNS; turn++) {
      await mouse.wheel(turn % 2 === 0 ? 0 : 300 * direction, turn % 2 === 0 ? 240 * direction : 0);
    }
    if ((await frame.evaluate(lastRow)) === before) {
      throw new Error("The table did not scroll.");
    }
  }
}

/** The number of the last row that the table has drawn. */
function lastRow(): number {
  const rows = document
    .querySelector("mlops-compare")
    ?.shadowRoot?.querySelector("mlops-compare-grid")
    ?.shadowRoot?.querySelectorAll("[data-row]");
  return Math.max(...[...(rows ?? [])].map((row) => Number(row.getAttribute("data-row"))));
}

/** Moves the pointer across the table's cells. */
async function hover(own: OwnWindow): Promise<void> {
  const { mouse } = own.workbench.page;
  for (let row = 0; row < 12; row++) {
    await mouse.move(600, 220 + row * 45);
    await mouse.move(1350, 240 + row * 45, { steps: 12 });
  }
}
