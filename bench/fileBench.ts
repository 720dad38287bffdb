import { join } from "node:path";
import { openFileStore } from "../src/adapters/mlflowFile/openFileStore";
import type { Store } from "../src/core/tracking/store";
import { assertSame, type ClientReading, type Figure } from "./figures";
import { type DataSize, EXPERIMENTS, type GeneratedRun, generateRuns } from "./generatedRuns";
import { experimentIdsOf, NEVER, readOwnStore, searchAll, toFacts } from "./readStore";
import type { RealMlflow } from "./realMlflow";
import { digestRuns } from "./runsDigest";
import { writeFolder, writeRun } from "./writeFolder";

/** A folder of 2,000 runs, read by our store, by MLflow's server and by its Python client, and again after one new run. */
export async function fileBench(mlflow: RealMlflow, folder: string, runs: number): Promise<readonly Figure[]> {
  const root = join(folder, "mlruns");
  const size: DataSize = { runs, params: 20, metrics: 20, runsWithCurves: Math.min(1000, runs), steps: 20 };
  writeFolder(root, size);
  const open = () => openFileStore(root, NEVER);
  const server = await mlflow.startServer(root, folder);
  try {
    const ids = ["0", ...EXPERIMENTS];
    await server.read(ids, "first", 1);
    const first = {
      ours: await readOwnStore(open, "first", 5),
      rest: await server.read(ids, "first", 3),
      python: await mlflow.readWithClient(root, "first", 3),
    };
    assertSame(first);
    const all = {
      ours: await readOwnStore(open, "all", 3),
      rest: await server.read(ids, "all", 1),
      python: await mlflow.readWithClient(root, "all", 1),
    };
    assertSame(all);

    const store = await open();
    await store.checkForChanges(NEVER);
    await searchAll(store, ids, "all");
    const newest = lastRun({ ...size, runs: runs + 1 });
    writeRun(root, newest);
    const refreshed = { ours: await refresh(store, "all"), rest: await server.read(ids, "all", 1) };
    store.dispose();
    assertSame(refreshed);
    const view = { ours: await refreshView(open, root, { ...size, runs: runs + 2 }), rest: await server.read(ids, "first", 3) };
    assertSame(view);
    return [
      { name: "first 100: ours, opening included", value: first.ours.seconds, unit: "s" },
      { name: "first 100: MLflow's server", value: first.rest.seconds, unit: "s" },
      { name: "first 100: MLflow's Python client", value: first.python.seconds, unit: "s" },
      { name: "first 100: server to ours", value: first.rest.seconds / first.ours.seconds, unit: "×", target: { atLeast: 15 } },
      { name: `all ${all.ours.count}: ours, opening included`, value: all.ours.seconds, unit: "s" },
      { name: `all ${all.ours.count}: MLflow's server, pages of 1000`, value: all.rest.seconds, unit: "s" },
      { name: `all ${all.ours.count}: MLflow's Python client`, value: all.python.seconds, unit: "s" },
      { name: `all ${all.ours.count}: server to ours`, value: all.rest.seconds / all.ours.seconds, unit: "×", target: { atLeast: 3 } },
      { name: "all again after one new run: ours, look for changes included", value: refreshed.ours.seconds, unit: "s" },
      { name: "all again after one new run: MLflow's server", value: refreshed.rest.seconds, unit: "s" },
      { name: "all again: server to ours", value: refreshed.rest.seconds / refreshed.ours.seconds, unit: "×", target: { atLeast: 50 } },
      { name: "first 100 again after one new run: ours", value: view.ours.seconds, unit: "s" },
      { name: "first 100 again: server to ours", value: view.rest.seconds / view.ours.seconds, unit: "×", target: { atLeast: 50 } },
    ];
  } finally {
    server.stop();
  }
}

/** The same with a store that has shown its first page only, as the tree does. */
async function refreshView(open: () => Promise<Store>, root: string, size: DataSize): Promise<ClientReading> {
  const store = await open();
  await store.checkForChanges(NEVER);
  await searchAll(store, await experimentIdsOf(store), "first");
  writeRun(root, lastRun(size));
  const reading = await refresh(store, "first");
  store.dispose();
  return reading;
}

async function refresh(store: Store, amount: "first" | "all"): Promise<ClientReading> {
  const start = performance.now();
  const change = await store.checkForChanges(NEVER);
  const runs = await searchAll(store, await experimentIdsOf(store), amount);
  const seconds = (performance.now() - start) / 1000;
  if (change.experiments !== "all" && change.experiments.length === 0 && change.runs !== "all" && change.runs.length === 0) {
    throw new Error("The store did not notice the new run.");
  }
  return { seconds, count: runs.length, digest: digestRuns(runs.map(toFacts)) };
}

function lastRun(size: DataSize): GeneratedRun {
  let last: GeneratedRun | undefined;
  for (const run of generateRuns(size)) {
    last = run;
  }
  if (last === undefined) {
    throw new Error("No run was generated.");
  }
  // A deleted run would not be listed, and a refresh that shows nothing proves nothing.
  return { ...last, isDeleted: false };
}
