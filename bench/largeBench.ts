import { join } from "node:path";
import { monitorEventLoopDelay } from "node:perf_hooks";
import { Worker } from "node:worker_threads";
import { WorkerStoreOpener } from "../src/adapters/node/workerStore";
import type { RunQuery } from "../src/core/tracking/trackingStore";
import type { Figure } from "./figures";
import { EXPERIMENTS, generateRuns } from "./generatedRuns";
import { experimentIdsOf, NEVER } from "./readStore";
import type { RealMlflow } from "./realMlflow";
import { writeDatabase } from "./writeDatabase";

/** A database of 100,000 runs behind the worker thread: how long the tree waits, and how long the editor's own thread is held up. */
export async function largeBench(mlflow: RealMlflow, folder: string, worker: string, runs: number): Promise<readonly Figure[]> {
  const path = join(folder, "large.db");
  await mlflow.createDatabase(path);
  writeDatabase(path, generateRuns({ runs, params: 20, metrics: 20, runsWithCurves: Math.min(1000, runs), steps: 20 }));
  const before = process.memoryUsage.rss();
  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  const opener = new WorkerStoreOpener(() => new Worker(worker));
  const steps = new Map<string, number>();
  const timed = async <T>(name: string, act: () => Promise<T>): Promise<T> => {
    const start = performance.now();
    const result = await act();
    steps.set(name, (performance.now() - start) / 1000);
    return result;
  };
  const page: Omit<RunQuery, "experimentIds"> = { lifecycle: "active", pageSize: 100 };
  const firstStart = performance.now();
  const store = await opener.open({ kind: "sqlite", path }, NEVER);
  const ids = await experimentIdsOf(store);
  const tree = await store.searchRuns(
    { ...page, experimentIds: ids.filter((id) => id === EXPERIMENTS[0]), nesting: { kind: "roots" } },
    NEVER,
  );
  const first = (performance.now() - firstStart) / 1000;
  const table = await timed("first 100 of all experiments", () => store.searchRuns({ ...page, experimentIds: ids }, NEVER));
  await timed("first 100 by a metric", () => store.searchRuns({ ...page, experimentIds: ids, orderBy: ["metrics.acc DESC"] }, NEVER));
  await timed("first 100 of a filter", () =>
    store.searchRuns({ ...page, experimentIds: ids, filter: "metrics.acc > 0.9 and params.optimizer = 'adam'" }, NEVER),
  );
  await timed("next 1000", () => store.searchRuns({ ...page, experimentIds: ids, pageSize: 1000 }, NEVER));
  delay.disable();
  const after = process.memoryUsage.rss();
  store.dispose();
  opener.dispose();
  if (tree.items.length === 0 || table.items.length !== 100) {
    throw new Error(`The first pages hold ${tree.items.length} and ${table.items.length} runs.`);
  }
  return [
    { name: "first page of the tree: worker, opening and children counted", value: first, unit: "s", target: { below: 0.5 } },
    ...[...steps].map(([name, value]): Figure => ({ name, value, unit: "s" })),
    { name: "longest hold-up of the editor's thread", value: delay.max / 1e6, unit: "ms", target: { below: 50 } },
    { name: "memory of the process, worker included", value: after / 1e6, unit: "MB" },
    { name: "memory added by reading", value: (after - before) / 1e6, unit: "MB" },
  ];
}
