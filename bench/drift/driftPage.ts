import type { Browser, Page } from "playwright-core";

import type { DriftView } from "../../src/protocol/drift";
import { storyDetail } from "../../test/webview/stories/driftDetails";
import { storyView } from "../../test/webview/stories/driftViews";
import { tracedTasks } from "../compare/traceTasks";
import type { Figure } from "../figures";
import { withBuiltPage } from "../withBuiltPage";

/** Sends the view from another thread, as VS Code does: what it takes to write the message is no work of the page's. */
declare const sender: Worker;

/** How much the page may be kept busy: longer tasks delay what a person does. */
const LONGEST_MS = 50;

/** The real drift page, as it is shipped, with many columns and windows: the longest task of its thread at each thing that a person does. */
export async function driftPageBench(root: string, folder: string): Promise<readonly Figure[]> {
  const view = storyView({ columns: 500, windows: 100, state: "ok" });
  return withBuiltPage(root, folder, "drift", async (browser, url) =>
    measure(browser, await browser.newPage({ viewport: { width: 1400, height: 900 } }), url, view),
  );
}

async function measure(browser: Browser, page: Page, url: string, view: DriftView): Promise<readonly Figure[]> {
  await page.addInitScript(installHost, { view, detail: storyDetail(view, view.columns[0]?.name ?? "") });
  const figures: Figure[] = [];
  const step = async (name: string, work: () => Promise<void>): Promise<void> => {
    const tasks = await tracedTasks(browser, page, async () => {
      await work();
      // Charts are drawn in the frames that follow.
      await page.waitForTimeout(600);
    });
    const longest = (of: (task: (typeof tasks)[number]) => number): number =>
      tasks.reduce((most, task) => Math.max(most, of(task) || 0), 0);
    figures.push(
      { name: `${name}, longest task`, value: longest(({ ms }) => ms), unit: "ms" },
      // On a busy machine a task also waits for a processor, which is no work of the page's.
      {
        name: `${name}, of it processor time`,
        value: longest(({ processorMs }) => processorMs),
        unit: "ms",
        target: { below: LONGEST_MS },
      },
    );
  };
  await page.goto(url);
  const row = page.getByRole("row").nth(3);
  await row.waitFor();
  await page.waitForTimeout(1000);
  await step("Reading goes on, twenty messages", () =>
    page.evaluate(async () => {
      for (let done = 1; done <= 21; done++) {
        sender.postMessage({ progress: done > 20 ? null : { text: "Judging columns", done, total: 20 } });
        await new Promise((resolve) => setTimeout(resolve, 200));
      }
    }),
  );
  await step("Sorting by score", () => page.getByText("Score", { exact: true }).first().click());
  await step("Typing a name", () => page.getByRole("searchbox").pressSequentially("col", { delay: 60 }));
  await step("Taking it away", () => page.getByRole("searchbox").fill(""));
  await step("Scrolling through all columns", async () => {
    await page.mouse.move(500, 600);
    for (let turn = 0; turn < 40; turn++) {
      await page.mouse.wheel(0, 400);
      await page.waitForTimeout(30);
    }
  });
  await step("The first charts over time", async () => {
    await page.getByRole("tab", { name: "Over Time" }).click();
    await page.locator("canvas").first().waitFor();
  });
  await step("Scrolling through charts", async () => {
    for (let turn = 0; turn < 30; turn++) {
      await page.mouse.wheel(0, 200);
      await page.waitForTimeout(30);
    }
  });
  await step("Back to the columns", () => page.getByRole("tab", { name: /Columns/ }).click());
  await step("Details of a column", async () => {
    await page.mouse.wheel(0, -40_000);
    await page.getByRole("row").nth(3).dblclick();
    await page.getByRole("complementary").locator("canvas").first().waitFor();
  });
  return figures;
}

/** Runs in the page before its own script, and answers and tells in the host's place. */
function installHost({ view, detail }: { readonly view: unknown; readonly detail: object }): void {
  const answers: Readonly<Record<string, unknown>> = { connect: { texts: {}, target: null, view }, column: detail };
  const acquireVsCodeApi = () => ({
    getState: () => undefined,
    setState: () => undefined,
    postMessage: (message: { readonly kind: string; readonly id: number; readonly method: string }) => {
      if (message.kind === "request") {
        window.postMessage({ rpc: 1, kind: "reply", id: message.id, result: answers[message.method] ?? null }, "*");
      }
    },
  });
  const program = `let view;
    onmessage = ({ data }) => {
      if (data.view === undefined) {
        postMessage({ rpc: 1, kind: "event", method: "view", params: { ...view, progress: data.progress } });
      } else {
        view = data.view;
      }
    };`;
  const worker = new Worker(URL.createObjectURL(new Blob([program], { type: "text/javascript" })));
  worker.onmessage = (event: MessageEvent<unknown>) => window.dispatchEvent(new MessageEvent("message", { data: event.data }));
  worker.postMessage({ view });
  Object.assign(window, { acquireVsCodeApi, sender: worker });
}
