import { readdirSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { Worker } from "node:worker_threads";

import { WorkerStoreOpener } from "../../src/adapters/node/workerStore";
import { openCliOverview } from "../../src/cli/status/openCliOverview";
import { runCli } from "../../src/cli/runCli";
import type { CliHost } from "../../src/cli/cliHost";
import { BrowseOptionsHolder, DEFAULT_BROWSE_OPTIONS } from "../../src/core/browse/browseOptions";
import { ExperimentsBrowser } from "../../src/core/browse/experimentsBrowser";
import { NEVER_CANCELLED } from "../../src/core/base/cancel";
import { StoreCatalog } from "../../src/core/tracking/storeCatalog";
import { LiveWorkspace } from "./liveWorkspace";
import { compareQuarters, type Sample } from "./samples";

/** Milliseconds between two looks of a tree that somebody has open. */
const TICK_MS = 250;
const OVERVIEW_EVERY = 8;
const CHECK_EVERY = 80;
const SAMPLE_EVERY = 40;

/** `npm run soak`: follows a workspace in which runs never stop arriving, and looks whether what is held grows. MINUTES */
async function main(): Promise<number> {
  const minutes = Number(process.argv[2] ?? 60);
  const workspace = new LiveWorkspace();
  const workers: Worker[] = [];
  const opener = new WorkerStoreOpener(() => {
    const worker = new Worker(join(process.cwd(), "out", "soak", "worker.cjs"));
    workers.push(worker);
    return worker;
  });
  const catalog = new StoreCatalog(opener, Date.now);
  const browser = new ExperimentsBrowser(catalog, new BrowseOptionsHolder(DEFAULT_BROWSE_OPTIONS));
  const sink = { write: () => Promise.resolve(), isTerminal: false, columns: 80 };
  const host: CliHost = { env: {}, cwd: workspace.root, stdout: sink, stderr: sink, signal: NEVER_CANCELLED as AbortSignal, now: Date.now };
  const overview = openCliOverview(workspace.root, { host }, Date.now());
  catalog.setFound([
    { location: { kind: "file", path: workspace.folder }, label: "mlruns", origin: "folder" },
    { location: { kind: "sqlite", path: workspace.database }, label: "mlflow.db", origin: "folder" },
  ]);
  const samples: Sample[] = [];
  const end = Date.now() + minutes * 60_000;
  let seen = 0;
  try {
    for (let tick = 1; Date.now() < end; tick += 1) {
      workspace.tick();
      await catalog.poll(NEVER_CANCELLED);
      seen += await openTree(browser);
      if (tick % OVERVIEW_EVERY === 0) {
        overview.forgetFacts();
        overview.forget();
        await overview.portfolio(NEVER_CANCELLED);
      }
      if (tick % CHECK_EVERY === 0) {
        await runCli(["monitor", "--no-write", "--quiet"], "soak", host);
      }
      if (tick % SAMPLE_EVERY === 0) {
        const sample = await sampleOf(workers);
        samples.push(sample);
        const { heap, reader, files, resources } = sample;
        process.stdout.write(`tick ${tick}: heap ${mb(heap)}, reader ${mb(reader)}, ${files} files, ${resources} resources\n`);
      }
      await pause(TICK_MS);
    }
  } finally {
    overview.dispose();
    browser.dispose();
    catalog.dispose();
    opener.dispose();
    workspace.dispose();
  }
  const compared = compareQuarters(samples);
  for (const { what, first, last, isFlat } of compared) {
    const [before, after] = what === "files" || what === "resources" ? [String(first), String(last)] : [mb(first), mb(last)];
    process.stdout.write(
      `${what.padEnd(10)} ${before.padStart(9)} in the first quarter, ${after.padStart(9)} in the last: ${isFlat ? "flat" : "it grows"}\n`,
    );
  }
  process.stdout.write(`${samples.length} samples in ${minutes} minutes, ${seen} rows of the tree read, ${workers.length} reader.\n`);
  return compared.every(({ isFlat }) => isFlat) && samples.length >= 8 && workers.length === 1 ? 0 : 1;
}

/** Opens all that is there, as somebody who has unfolded everything sees it. @returns how many rows there are. */
async function openTree(browser: ExperimentsBrowser): Promise<number> {
  let rows = 0;
  let level = await browser.roots(NEVER_CANCELLED);
  for (let depth = 0; depth < 4 && level.length > 0; depth += 1) {
    rows += level.length;
    level = (await Promise.all(level.slice(0, 12).map((node) => browser.children(node, NEVER_CANCELLED)))).flat();
  }
  return rows;
}

async function sampleOf([worker]: readonly Worker[]): Promise<Sample> {
  (globalThis as { gc?: () => void }).gc?.();
  const { heapUsed, external, rss } = process.memoryUsage();
  return {
    heap: heapUsed + external,
    reader: (await worker?.getHeapStatistics())?.used_heap_size ?? 0,
    resident: rss,
    files: readdirSync("/proc/self/fd").length,
    resources: process.getActiveResourcesInfo().length,
  };
}

function mb(bytes: number): string {
  return `${(bytes / 1e6).toFixed(1)} MB`;
}

process.exitCode = await main();
