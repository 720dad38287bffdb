import { monitorEventLoopDelay } from "node:perf_hooks";
import { Worker } from "node:worker_threads";

import { openRepositories } from "../../src/adapters/git/repositories";
import { findStores } from "../../src/adapters/node/findStores";
import { openLintRegistry } from "../../src/adapters/node/lintRegistry";
import { openOverviewSources } from "../../src/adapters/node/overviewSources";
import { WorkerStoreOpener } from "../../src/adapters/node/workerStore";
import { openWorkspaceFiles } from "../../src/adapters/node/workspaceFiles";
import { readColumnNames } from "../../src/adapters/tabular/readColumnNames";
import { lintCalendar } from "../../src/cli/lint/lintCalendar";
import { openOverview } from "../../src/core/health/openOverview";
import type { Overview } from "../../src/core/health/overview";
import type { Portfolio } from "../../src/core/health/productHealth";
import { memoFiles } from "../../src/core/lint/workspace/memoFiles";
import { createPacer } from "../../src/editor/compare/createPacer";
import type { Figure } from "../figures";
import { NEVER } from "../readStore";
import { NOW, writeOverviewData } from "./overviewData";

/** The overview of many products of one repository and one database, gathered as the editor does, behind the thread that reads stores. */
export async function overviewBench(folder: string, worker: string, products: number, runs: number): Promise<readonly Figure[]> {
  const unowned = writeOverviewData(folder, products, runs);
  const before = process.memoryUsage().rss;
  const opener = new WorkerStoreOpener(() => new Worker(worker));
  const overview = open(folder, opener);
  const delay = monitorEventLoopDelay({ resolution: 1 });
  const timed = async (): Promise<{ readonly seconds: number; readonly listed: number; readonly portfolio: Portfolio }> => {
    const start = performance.now();
    let listed = 0;
    const portfolio = await overview.portfolio(NEVER, undefined, () => (listed = performance.now() - start));
    return { seconds: (performance.now() - start) / 1000, listed: listed / 1000, portfolio };
  };
  delay.enable();
  const used = process.cpuUsage();
  const cold = await timed();
  const { user, system } = process.cpuUsage(used);
  delay.disable();
  const warm = await timed();
  overview.forget("team-1/model-1/.mlops/deployments.jsonl");
  const deployed = await timed();
  overview.forget("team-1/model-1/mlops.yaml");
  const edited = await timed();
  const after = process.memoryUsage().rss;
  overview.dispose();
  opener.dispose();
  assertWhole(cold.portfolio, products, unowned, runs);
  return [
    { name: "products and models that no file owns", value: cold.portfolio.products.length, unit: "" },
    { name: "first rows: what the products' files say, drawn before their lights", value: cold.listed, unit: "s", target: { below: 2 } },
    { name: "first gathering, all lights: git, lint, runs, checks, trainings, deployments", value: cold.seconds, unit: "s" },
    // On a machine that does other work as well it tells working from waiting; it is spread over the threads, and git's is not in it.
    { name: "first gathering, processor time", value: (user + system) / 1e6, unit: "s" },
    { name: "gathering again, nothing changed", value: warm.seconds * 1000, unit: "ms", target: { below: 300 } },
    { name: "gathering after a deployment of one product", value: deployed.seconds * 1000, unit: "ms", target: { below: 300 } },
    { name: "gathering after an edit of one product's file", value: edited.seconds * 1000, unit: "ms", target: { below: 300 } },
    { name: "longest hold-up of the editor's thread", value: delay.max / 1e6, unit: "ms", target: { below: 50 } },
    { name: "memory added, worker included", value: (after - before) / 1e6, unit: "MB" },
  ];
}

function open(root: string, stores: WorkerStoreOpener): Overview {
  const files = memoFiles(openWorkspaceFiles(root, readColumnNames));
  const [registry, repositories] = [openLintRegistry(root, stores), openRepositories(root)];
  const sources = openOverviewSources(root, {
    ...{ files, registry, repositories, stores, calendar: lintCalendar(), pacer: createPacer() },
    ...{
      knownStores: async (signal) => (await findStores(root, null, signal)).stores.map(({ location }) => location),
      userEmail: () => Promise.resolve(null),
      now: () => NOW,
      today: () => "2026-11-30",
    },
    forget: (path) => files.forget(path),
    forgetFacts: () => [repositories, registry].forEach((one) => one.forget()),
    dispose: () => registry.dispose(),
  });
  return openOverview(sources);
}

/** Figures of an overview that lacks something would mean nothing. */
function assertWhole({ products: rows, problems }: Portfolio, products: number, unowned: number, runs: number): void {
  const counted = rows.reduce(
    (sum, { events }) => sum + events.filter(({ kind }) => kind === "trained" || kind === "training_failed").length,
    0,
  );
  const lacking = rows
    .slice(0, products)
    .find(({ kpi, version, effort, cost, drift }) => [kpi, version, effort, cost, drift].includes(null));
  if (rows.length !== products + unowned || problems.length > 0 || lacking !== undefined || counted < runs / 3) {
    throw new Error(`The overview has ${rows.length} rows and ${counted} trainings; ${JSON.stringify(lacking ?? problems.slice(0, 3))}`);
  }
}
