import type { Browser, Frame, Locator } from "playwright-core";
import type { Server } from "../../test/harness/server.mjs";
import { startServer } from "../../test/harness/server.mjs";
import { Workbench } from "../../test/harness/workbench.mjs";
import { vsixFile } from "../../scripts/package.mjs";
import { blockedMs } from "./longTasks";
import { type FrameSights, installProbe, type Sight } from "./probe";

const PATIENCE_MS = 60_000;
/** Runs that the tree lists before "more". */
const PAGE = 100;

/** From a key to what it drew. */
export interface Drawing {
  readonly ms: number;
  /** The thread that draws was held up for so long. */
  readonly blockedMs: number;
  readonly bytes: number;
  readonly sight: Sight;
}

/** The packaged extension in a real VS Code, driven by its keys. */
export class OwnWindow {
  private constructor(
    readonly workbench: Workbench,
    private readonly server: Server,
  ) {}

  /** @param folder holds one database. */
  static async open(browser: Browser, folder: string): Promise<OwnWindow> {
    const server = await startServer({ folder, vsix: vsixFile });
    const workbench = await Workbench.open(browser, server, { initScript: installProbe });
    return new OwnWindow(workbench, server);
  }

  async close(): Promise<void> {
    await this.workbench.close();
    await this.server.stop();
  }

  /** Selects runs of the experiment in the tree: all, or all but the newest. */
  async selectRuns(runs: number, experiment: string, amount: "all" | "all but the newest" = "all"): Promise<void> {
    const { workbench } = this;
    const { keyboard } = workbench.page;
    await workbench.openSidebar("MLOps");
    const tree = workbench.view("Experiments");
    await workbench.expand(workbench.row(experiment, tree));
    // A click alone would open the run.
    const toggle = (run: number): Promise<void> => workbench.row(`run-${run}`, tree).click({ modifiers: ["Control"] });
    await keyboard.press("Home");
    await toggle(runs - 1);
    for (let listed = PAGE; listed < runs; listed += PAGE) {
      await this.scrollDownTo(workbench.row(/more/i, tree));
      await workbench.row(/more/i, tree).click();
      await this.scrollDownTo(workbench.row(new RegExp(`^run-${Math.max(0, runs - listed - PAGE)}(?!\\d)`), tree));
    }
    await keyboard.press("Control+a");
    await keyboard.press("Home");
    if (amount === "all but the newest") {
      await toggle(runs - 1);
    }
    await this.closePanels();
  }

  /** Presses the keys of "Compare Runs" and waits until a new panel shows what it should. */
  async compare(isDone: (sight: Sight) => boolean, options: { readonly charts?: boolean } = {}): Promise<Drawing> {
    const { keyboard } = this.workbench.page;
    await keyboard.press("Control+Alt+m");
    await keyboard.press("c");
    if (options.charts === true) {
      await this.workbench.webview().locator("button[aria-pressed=false]", { hasText: "Charts" }).click();
    }
    return this.drawing(isDone);
  }

  /** Adds a run to the panel in front, by its menu in the tree. */
  async addRun(name: string, isDone: (sight: Sight) => boolean): Promise<Drawing> {
    const { workbench } = this;
    await workbench.chooseFromMenu(workbench.row(name, workbench.view("Experiments")), "Add to Comparison");
    return this.drawing(isDone);
  }

  async closePanels(): Promise<void> {
    await this.workbench.runCommand("View: Close All Editors");
    await this.workbench.page.locator("iframe.webview").waitFor({ state: "detached" });
  }

  frame(): Promise<Frame> {
    return this.workbench.webviewFrame();
  }

  /** A tree has only the rows in sight, and more come while it reads. */
  private async scrollDownTo(row: Locator): Promise<void> {
    for (const end = Date.now() + PATIENCE_MS; !(await row.isVisible());) {
      if (Date.now() > end) {
        throw new Error("The tree did not list all runs.");
      }
      await this.workbench.page.keyboard.press("End");
      await this.workbench.page.waitForTimeout(100);
    }
  }

  private async drawing(isDone: (sight: Sight) => boolean): Promise<Drawing> {
    const page = this.workbench.page;
    const end = Date.now() + PATIENCE_MS;
    let last: Sight | undefined;
    while (Date.now() < end) {
      const seen = await this.workbench
        .webviewFrame()
        .then(sightsOf)
        .catch(() => undefined);
      last = seen?.sights.at(-1);
      const keyed = await sightsOf(page.mainFrame());
      const from = Math.max(keyed.keyAt, seen?.keyAt ?? 0);
      const sight = seen?.sights.find((one) => one.at > from && isDone(one));
      if (seen !== undefined && sight !== undefined) {
        return { ms: sight.at - from, blockedMs: blockedMs([seen, keyed], from, sight.at), bytes: seen.bytes, sight };
      }
      await page.waitForTimeout(100);
    }
    const picture = await this.workbench.screenshot("failed/bench-compare");
    throw new Error(`The comparison did not show what it should (see ${picture}); it shows ${JSON.stringify(last)}.`);
  }
}

function sightsOf(frame: Frame): Promise<FrameSights> {
  return frame.evaluate(() => (window as unknown as { benchSights: () => FrameSights }).benchSights());
}
