import type { Browser, BrowserContext, Page } from "playwright-core";
import { blockedMs } from "./longTasks";
import { type FrameSights, installProbe } from "./probe";

const PATIENCE_MS = 120_000;
/** A server that has not answered for so long has nothing more to say. */
const QUIET_MS = 5000;

/** From an address to what MLflow's page drew. */
export interface PageDrawing {
  readonly ms: number;
  readonly blockedMs: number;
  /** Bytes of MLflow's answers until now, its scripts not counted. */
  readonly bytes: () => number;
  readonly page: Page;
}

/** MLflow's own web page, in one browser profile, so that its scripts are in the cache after the first look. */
export class MlflowPages {
  private constructor(
    private readonly context: BrowserContext,
    private readonly url: string,
  ) {}

  static async open(browser: Browser, url: string): Promise<MlflowPages> {
    const context = await browser.newContext({ viewport: { width: 1400, height: 900 } });
    await context.addInitScript(installProbe);
    const pages = new MlflowPages(context, url);
    const { page } = await pages.goto("/#/experiments", () => (document.querySelector("table, [role=table]") === null ? 0 : 1), undefined);
    await page.close();
    return pages;
  }

  async close(): Promise<void> {
    await this.context.close();
  }

  /**
   * Loads a page as a link from elsewhere does, and waits until it is drawn.
   * @param drawnAt runs in the page once a frame, and answers the time when all is drawn, else 0.
   */
  async goto<T>(address: string, drawnAt: (arg: T) => number, arg: T): Promise<PageDrawing> {
    const page = await this.context.newPage();
    const bytes = await countBytes(page);
    const from = Date.now();
    await page.goto(this.url + address, { waitUntil: "commit" });
    return drawing(page, from, bytes, drawnAt, arg);
  }
}

/** Goes on within MLflow's page, as a click there does: nothing of its scripts is loaded or started again. */
export async function follow<T>(page: Page, address: string, drawnAt: (arg: T) => number, arg: T): Promise<PageDrawing> {
  const bytes = await countBytes(page);
  const from = await page.evaluate(
    (hash) => {
      location.hash = hash;
      return performance.timeOrigin + performance.now();
    },
    address.slice(address.indexOf("#")),
  );
  return drawing(page, from, bytes, drawnAt, arg);
}

/** Bytes of MLflow's answers once no more come: a page goes on reading after it has drawn. */
export async function settledBytes({ page, bytes }: PageDrawing): Promise<number> {
  for (let known = -1; known !== bytes();) {
    known = bytes();
    await page.waitForTimeout(QUIET_MS);
  }
  return bytes();
}

async function drawing<T>(page: Page, from: number, bytes: () => number, drawnAt: (arg: T) => number, arg: T): Promise<PageDrawing> {
  const handle = await page.waitForFunction(drawnAt as (arg: unknown) => number, arg, { polling: "raf", timeout: PATIENCE_MS });
  const to = await handle.jsonValue();
  const seen = await page.evaluate(() => (window as unknown as { benchSights: () => FrameSights }).benchSights());
  return { ms: to - from, blockedMs: blockedMs([seen], from, to), bytes, page };
}

/** Counts what MLflow's server answers from now on. */
async function countBytes(page: Page): Promise<() => number> {
  const session = await page.context().newCDPSession(page);
  const answers = new Set<string>();
  let bytes = 0;
  session.on("Network.requestWillBeSent", ({ requestId, request }) => {
    if (request.url.includes("ajax-api")) {
      answers.add(requestId);
    }
  });
  session.on("Network.dataReceived", ({ requestId, dataLength }) => {
    bytes += answers.has(requestId) ? dataLength : 0;
  });
  await session.send("Network.enable");
  return () => bytes;
}

/** MLflow's address of a comparison. */
export function compareAddress(runIds: readonly string[], experiment: string): string {
  return `/#/compare-runs?runs=${json(runIds)}&experiments=${json([experiment])}`;
}

/** MLflow's address of one metric's page. */
export function metricAddress(runIds: readonly string[], experiment: string, metric: string): string {
  return `/#/metric?runs=${json(runIds)}&experiments=${json([experiment])}&metric=${json(metric)}&plot_metric_keys=${json([metric])}`;
}

function json(value: unknown): string {
  return encodeURIComponent(JSON.stringify(value));
}
