import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Browser } from "playwright-core";

import { openJobFolders } from "../../src/adapters/node/jobFolders";
import { vsixFile } from "../../scripts/package.mjs";
import { launchChromium } from "../../test/harness/chromium.mjs";
import { type Server, startServer } from "../../test/harness/server.mjs";
import { Workbench } from "../../test/harness/workbench.mjs";
import { type Figure, median } from "../figures";
import { sampleJob } from "./sampleJob";

const JOBS = 200;
const LOG_BYTES = 200 * 1024 * 1024;
const WINDOWS = 3;
const LAST_LINE = "the last line of a long log";
const VIEW = "Training";

/** What a window saw: milliseconds since 1970. */
interface Sights {
  clickAt: number;
  drawnAt: number;
}
declare const benchSights: Sights;

/** The Training view and a log of 200 MB in a real VS Code: from the click to what it draws, and how long the extension host is held up. */
export async function viewBench(project: string, folder: string): Promise<readonly Figure[]> {
  const workspace = join(folder, "workspace");
  const newest = writeJobs(workspace);
  const blocks = join(folder, "blocks.jsonl");
  const server = await startServer({
    folder: workspace,
    vsix: vsixFile,
    nodeArgs: ["--require", join(project, "bench", "retrain", "hostProbe.cjs")],
    env: { MLOPS_BENCH_BLOCKS: blocks },
  });
  const browser = await launchChromium();
  try {
    const opened: number[] = [];
    const again: number[] = [];
    const held: number[] = [];
    for (let round = 0; round < WINDOWS; round++) {
      const workbench = await openSidebar(browser, server);
      try {
        const first = await openView(workbench);
        opened.push(first.ms);
        held.push(longestBlock(blocks, first.from, first.to));
        await header(workbench).click();
        await workbench.view(VIEW).locator('[role="treeitem"]').first().waitFor({ state: "detached" });
        again.push((await openView(workbench)).ms);
      } finally {
        await workbench.close();
      }
    }
    const log = await openLog(browser, server, newest);
    return [
      {
        name: `${JOBS} trainings, click to drawn rows, first time in a window, median of ${WINDOWS}`,
        value: median(opened),
        unit: "ms",
        target: { below: 200 },
      },
      { name: "the same, opened again", value: median(again), unit: "ms", target: { below: 200 } },
      { name: "longest block of the extension host while it opens", value: Math.max(...held), unit: "ms" },
      { name: "log of 200 MB, command to its last line", value: log.to - log.from, unit: "ms" },
      {
        name: "longest block of the extension host while it opens",
        value: longestBlock(blocks, log.from, log.to + 500),
        unit: "ms",
        target: { below: 50 },
      },
    ];
  } finally {
    await browser.close();
    await server.stop();
  }
}

/** @returns the id of the newest, which has the log. */
function writeJobs(root: string): string {
  mkdirSync(root, { recursive: true });
  writeFileSync(join(root, "mlops.yaml"), "version: 1\nname: Sample\n");
  const journal = openJobFolders(root);
  for (let index = 0; index < JOBS; index++) {
    const job = sampleJob(index);
    mkdirSync(journal.folder(job), { recursive: true });
    writeFileSync(join(journal.folder(job), "job.json"), JSON.stringify(job));
  }
  const newest = sampleJob(JOBS - 1);
  const lines = Buffer.alloc(LOG_BYTES, "epoch 3/10 loss 0.123456 accuracy 0.98\n");
  writeFileSync(join(journal.folder(newest), "log.txt"), Buffer.concat([lines, Buffer.from(`\n${LAST_LINE}\n`)]));
  return newest.id;
}

async function openSidebar(browser: Browser, server: Server): Promise<Workbench> {
  const workbench = await Workbench.open(browser, server);
  await workbench.openSidebar("MLOps");
  await workbench.giveHeightTo(VIEW);
  if ((await header(workbench).getAttribute("aria-expanded")) === "true") {
    await header(workbench).click();
  }
  // The others have been drawn, so that the extension is there, as it is for who comes to this view from another one.
  await header(workbench).and(workbench.page.locator('[aria-expanded="false"]')).waitFor();
  await workbench.page.waitForTimeout(3000);
  return workbench;
}

function header(workbench: Workbench) {
  return workbench.view(VIEW).locator(".pane-header");
}

/** Clicks on the view's title; the page itself notes the click and the frame in which rows of trainings are there. */
async function openView(workbench: Workbench): Promise<{ readonly ms: number; readonly from: number; readonly to: number }> {
  const { page } = workbench;
  await page.evaluate((title) => {
    const seen: Sights = { clickAt: 0, drawnAt: 0 };
    Object.assign(window, { benchSights: seen });
    const now = (): number => performance.timeOrigin + performance.now();
    addEventListener("mousedown", () => (seen.clickAt ||= now()), { capture: true, once: true });
    const look = (): void => {
      const rows = document.querySelectorAll(`.pane:has(.pane-header[aria-label^="${title}"]) [role="treeitem"][aria-level="2"]`);
      if (seen.clickAt > 0 && rows.length > 5) {
        seen.drawnAt = now();
      } else {
        requestAnimationFrame(look);
      }
    };
    requestAnimationFrame(look);
  }, VIEW);
  await header(workbench).click();
  await page.waitForFunction(() => benchSights.drawnAt > 0);
  const { clickAt, drawnAt } = await page.evaluate(() => benchSights);
  return { ms: drawnAt - clickAt, from: clickAt, to: drawnAt };
}

async function openLog(browser: Browser, server: Server, id: string): Promise<{ readonly from: number; readonly to: number }> {
  const workbench = await openSidebar(browser, server);
  try {
    await openView(workbench);
    const row = workbench.view(VIEW).locator('[role="treeitem"][aria-level="2"]').first();
    await row.click();
    const page = workbench.webview();
    await page.getByText(id).first().waitFor();
    const open = page.getByRole("button", { name: "Open log" }).first(); // The page offers it in two places.
    await open.waitFor();
    await workbench.page.waitForTimeout(3000);
    const from = Date.now();
    await open.click();
    await workbench.page.locator(".view-line", { hasText: LAST_LINE }).waitFor();
    return { from, to: Date.now() };
  } finally {
    await workbench.close();
  }
}

function longestBlock(file: string, from: number, to: number): number {
  const lines = existsSync(file) ? readFileSync(file, "utf8").trim().split("\n") : [];
  const blocks = lines.filter((line) => line !== "").map((line) => JSON.parse(line) as { readonly at: number; readonly ms: number });
  return Math.max(0, ...blocks.filter(({ at, ms }) => at + ms > from && at < to).map(({ ms }) => ms));
}
