import { strict as assert } from "node:assert";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

import { root } from "../../scripts/node.mjs";
import type { Server, ServerOptions } from "../harness/server.mjs";
import type { Workbench } from "../harness/workbench.mjs";

/** What a test gets: a fresh window on the suite's server, and the server with its copy of the workspace. */
export interface E2eContext {
  readonly workbench: Workbench;
  readonly server: Server;
}

/**
 * One file of end-to-end tests. It exports a constant `suite`; the runner finds the file by its name, starts one VS Code for it
 * with the packaged extension, and opens each test in a browser profile of its own.
 */
export interface E2eSuite extends Pick<ServerOptions, "workspace" | "settings" | "env" | "nodeArgs" | "trust"> {
  /** Runs before VS Code starts (an MLflow server, a file to prepare); what it returns runs after VS Code has ended. */
  readonly before?: () => Promise<() => Promise<void>>;
  readonly tests: Readonly<Record<string, (context: E2eContext) => Promise<void>>>;
}

/** A folder of test/fixtures/. */
export function fixture(name: string): string {
  return join(root, "test", "fixtures", name);
}

/** Repeats an assertion until it holds, for what no locator can wait for; fails with its last message after a minute. */
export async function eventually(check: () => Promise<void> | void): Promise<void> {
  const end = Date.now() + 60_000;
  for (;;) {
    try {
      await check();
      return;
    } catch (error) {
      if (!(error instanceof assert.AssertionError) || Date.now() > end) {
        throw error;
      }
      await sleep(100);
    }
  }
}

/** Gives the whole sidebar to one view of ours, which may be closed at first. */
export async function showView(workbench: Workbench, title: string): Promise<void> {
  await workbench.openSidebar("MLOps");
  await workbench.giveHeightTo(title);
  const header = workbench.view(title).locator(".pane-header");
  if ((await header.getAttribute("aria-expanded")) === "false") {
    await header.click();
  }
}

/** Makes the window narrow, so that a page has 500 pixels, and waits until nothing of it stands out. @param alsoHolds what else must. */
export async function narrowTo500(workbench: Workbench, alsoHolds: () => Promise<void> = () => Promise.resolve()): Promise<void> {
  await workbench.page.setViewportSize({ width: 548, height: 900 }); // The activity bar takes 48 of it.
  await workbench.page.keyboard.press("Control+b");
  await workbench.page.locator(".part.sidebar").waitFor({ state: "hidden" });
  const frame = await workbench.webviewFrame();
  await eventually(async () => {
    const { content, width } = await frame.evaluate(() => ({
      content: document.documentElement.scrollWidth,
      width: window.innerWidth,
    }));
    assert.ok(width <= 500 && content <= width, `${String(content)} of ${String(width)}`);
    await alsoHolds();
  });
}
