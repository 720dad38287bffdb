import { join } from "node:path";
import type { Browser } from "playwright-core";
import { launchChromium } from "../../test/harness/chromium.mjs";
import type { Figure } from "../figures";
import type { GeneratedRun } from "../generatedRuns";
import type { MlflowServer, RealMlflow } from "../realMlflow";
import { writeDatabase } from "../writeDatabase";
import { EXPERIMENT } from "./comparedData";
import { MlflowPages } from "./mlflowPage";
import { OwnWindow } from "./ownWindow";

/** The same runs in both: our extension in a window of VS Code, MLflow's server and its pages, one browser. */
export interface BothSides {
  readonly browser: Browser;
  readonly own: OwnWindow;
  readonly pages: MlflowPages;
  readonly runIds: readonly string[];
}

/** Writes the runs to a database, opens both sides on it, with all runs selected in the tree, and measures. */
export async function compareBench(
  mlflow: RealMlflow,
  folder: string,
  runs: readonly GeneratedRun[],
  measure: (sides: BothSides) => Promise<readonly Figure[]>,
): Promise<readonly Figure[]> {
  const path = join(folder, "mlflow.db");
  await mlflow.createDatabase(path);
  writeDatabase(path, runs);
  const runIds = runs.map(({ runId }) => runId);
  let browser: Browser | undefined;
  let server: MlflowServer | undefined;
  let own: OwnWindow | undefined;
  try {
    server = await mlflow.startServer(`sqlite:///${path}`, folder);
    browser = await launchChromium();
    own = await OwnWindow.open(browser, folder);
    await own.selectRuns(runs.length, `exp${EXPERIMENT}`);
    const pages = await MlflowPages.open(browser, server.url);
    return await measure({ browser, own, pages, runIds });
  } finally {
    await own?.close();
    server?.stop();
    await browser?.close();
  }
}
