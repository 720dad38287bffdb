import type { Browser } from "playwright-core";

import { openMonitoredFiles } from "../../src/cli/monitor/openMonitoring";
import { openReport } from "../../src/cli/report/openReport";
import { toCompliancePage } from "../../src/core/governance/page/toCompliancePage";
import { gatherReport } from "../../src/core/governance/report/gatherReport";
import type { ComplianceView } from "../../src/protocol/compliance";
import { complianceFolder } from "../../test/builders/complianceFolder";
import { type Figure, median } from "../figures";
import { withBuiltPage } from "../withBuiltPage";

const TODAY = "2026-11-30";
const CONFIG = "mlops.yaml";
const ROUNDS = 9;
const never = new AbortController().signal;

/** Asks for the view in the host's place; answered by the real reading of the repository. */
declare const gatherView: () => Promise<ComplianceView>;

/** The real compliance page, as it is shipped, in a browser: from the click, with all that has to be read for it, to the picture. The frame that VS Code makes is not in it. */
export async function compliancePageBench(root: string, folder: string): Promise<readonly Figure[]> {
  return withBuiltPage(root, folder, "compliance", measure);
}

async function measure(browser: Browser, url: string): Promise<readonly Figure[]> {
  const product = complianceFolder();
  const sink = { write: () => Promise.resolve(), isTerminal: false, columns: undefined };
  const stores = { open: () => Promise.reject(new Error("There is no store here.")) };
  const host = {
    ...{ env: {}, cwd: product.path, signal: never, stdout: sink, stderr: sink },
    now: () => Date.parse(`${TODAY}T12:00:00Z`),
  };
  const opened = openReport(product.path, openMonitoredFiles()(product.path), { host, stores, version: "1.0.0" });
  let reading = 0;
  const view = async (): Promise<ComplianceView> => {
    const start = performance.now();
    const facts = await gatherReport({ config: CONFIG, version: null, today: TODAY }, opened.ports, never);
    const shown = toCompliancePage(facts);
    reading = performance.now() - start;
    const { version } = facts;
    return { product: facts.product.name ?? CONFIG, config: CONFIG, version, isBusy: false, failure: null, page: shown };
  };
  const times: number[] = [];
  const readings: number[] = [];
  try {
    for (let round = 0; round < ROUNDS; round++) {
      const tab = await browser.newPage({ viewport: { width: 1200, height: 900 } });
      await tab.exposeFunction("gatherView", view);
      await tab.addInitScript(installHost);
      const start = performance.now();
      await tab.goto(url, { waitUntil: "commit" });
      await tab.getByText("2(d) Data sheets").waitFor();
      // What was written in one frame is on the screen in the next.
      await tab.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
      times.push(performance.now() - start);
      readings.push(reading);
      await tab.close();
    }
  } finally {
    opened.dispose();
    product.dispose();
  }
  return [
    { name: "first time, git read as well", value: times[0] ?? 0, unit: "ms" },
    { name: `from click to drawn, median of ${ROUNDS}`, value: median(times), unit: "ms", target: { below: 300 } },
    { name: "of it reading and judging", value: median(readings), unit: "ms" },
  ];
}

/** Runs in the page before its own script. */
function installHost(): void {
  const acquireVsCodeApi = () => ({
    getState: () => undefined,
    setState: () => undefined,
    postMessage: (message: { readonly kind: string; readonly id: number; readonly method: string }) => {
      if (message.kind !== "request") {
        return;
      }
      const answer =
        message.method === "connect" ? gatherView().then((view) => ({ texts: {}, target: null, view })) : Promise.resolve(null);
      void answer.then((result) => window.postMessage({ rpc: 1, kind: "reply", id: message.id, result }, "*"));
    },
  });
  Object.assign(window, { acquireVsCodeApi });
}
