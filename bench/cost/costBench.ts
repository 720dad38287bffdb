import { join } from "node:path";
import { monitorEventLoopDelay } from "node:perf_hooks";
import { DatabaseSync } from "node:sqlite";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { Worker } from "node:worker_threads";
import { WorkerStoreOpener } from "../../src/adapters/node/workerStore";
import type { CostQuestion } from "../../src/core/cost/costReader";
import type { Figure } from "../figures";
import { FIRST_START, generateRuns } from "../generatedRuns";
import { NEVER } from "../readStore";
import type { RealMlflow } from "../realMlflow";
import { writeDatabase } from "../writeDatabase";

const MEASURED_RUNS = 500;
const GPUS = 2;
const POINTS = 90;

/** Cost, waste and idle GPUs of a database of 100,000 runs, worked out behind the worker thread: the first time, again, and after a run was added. */
export async function costBench(mlflow: RealMlflow, folder: string, worker: string, runs: number): Promise<readonly Figure[]> {
  const path = join(folder, "cost.db");
  await mlflow.createDatabase(path);
  writeDatabase(path, generateRuns({ runs, params: 10, metrics: 10, runsWithCurves: 0, steps: 1 }));
  addCosts(path);
  collectGarbage();
  const question: CostQuestion = {
    stores: [{ kind: "sqlite", path }],
    ...{ others: [], jobs: [], problems: [] },
    products: ["1", "2", "3", "4"].map((id) => ({
      ...{
        config: `m${id}/mlops.yaml`,
        name: `m${id}`,
        storeId: `sqlite:${path}`,
        experiment: `exp${id}`,
        model: null,
        instance: "gpu-a10",
      },
      budget: { amount: 900, currency: "EUR" },
    })),
    prices: { currency: "EUR", instances: new Map([["gpu-a10", 1.3]]) },
    gpuBelow: 5,
    now: FIRST_START + runs * 60_000,
    timeZone: "Europe/Berlin",
  };
  const before = process.memoryUsage().rss;
  const opener = new WorkerStoreOpener(() => new Worker(worker));
  let longestBlock = 0;
  const timed = async (): Promise<{ seconds: number; processor: number; waste: number; idle: number; counted: number }> => {
    // One each time, so that what this benchmark itself does between two reports is not counted.
    const delay = monitorEventLoopDelay({ resolution: 1 });
    delay.enable();
    const [start, used] = [performance.now(), process.cpuUsage()];
    const { all, waste, idle } = await opener.report(question, NEVER);
    delay.disable();
    longestBlock = Math.max(longestBlock, delay.max);
    const { user, system } = process.cpuUsage(used);
    return {
      seconds: (performance.now() - start) / 1000,
      processor: (user + system) / 1e6,
      waste: waste.groups.length,
      idle: idle.measuredRuns,
      counted: all.total.runs,
    };
  };
  const first = await timed();
  const again = await timed();
  const database = new DatabaseSync(path);
  database.exec(`UPDATE runs SET status = 'FINISHED', end_time = start_time + 60000
    WHERE run_uuid = (SELECT min(run_uuid) FROM runs WHERE status = 'RUNNING' AND lifecycle_stage = 'active')`);
  database.close();
  const changed = await timed();
  const after = process.memoryUsage().rss;
  opener.dispose();
  if (first.counted < runs * 0.95 || first.idle !== MEASURED_RUNS || first.waste < 10) {
    throw new Error(`The report counts ${first.counted} runs, ${first.idle} with GPUs and ${first.waste} groups of waste.`);
  }
  return [
    { name: "first report: thread, opening, reading, cost, waste, idle GPUs", value: first.seconds, unit: "s", target: { below: 3 } },
    // On a machine that does other work as well it tells working from waiting.
    { name: "first report, processor time of all threads", value: first.processor, unit: "s" },
    { name: "report again, nothing changed", value: again.seconds, unit: "s" },
    { name: "report after a run has ended", value: changed.seconds, unit: "s", target: { below: 3 } },
    { name: "longest hold-up of the editor's thread", value: longestBlock / 1e6, unit: "ms", target: { below: 50 } },
    { name: "memory added, worker included", value: (after - before) / 1e6, unit: "MB" },
  ];
}

/** What writing the runs left, so that the first report does not pay for taking it away. */
function collectGarbage(): void {
  setFlagsFromString("--expose-gc");
  (runInNewContext("gc") as () => void)();
}

/** Every twentieth run repeats the one before it, and some log the use of their GPUs. */
function addCosts(path: string): void {
  const database = new DatabaseSync(path);
  database.exec(`PRAGMA synchronous = OFF; BEGIN;
    INSERT INTO tags (key, value, run_uuid) SELECT 'mlops.fingerprint', 'sha256:' || (rowid / 20), run_uuid FROM runs WHERE rowid % 20 < 2;`);
  const ids = database
    .prepare(
      "SELECT run_uuid AS id, start_time AS start FROM runs WHERE lifecycle_stage = 'active' AND status = 'FINISHED' ORDER BY start_time DESC LIMIT ?",
    )
    .all(MEASURED_RUNS);
  for (const [table, points] of [
    ["metrics", POINTS],
    ["latest_metrics", 1],
  ] as const) {
    const insert = database.prepare(`INSERT INTO ${table} (key, value, timestamp, run_uuid, step, is_nan) VALUES (?, ?, ?, ?, ?, 0)`);
    for (const { id, start } of ids) {
      for (let gpu = 0; gpu < GPUS; gpu++) {
        for (let step = 0; step < points; step++) {
          for (const kind of ["utilization", "memory_usage"]) {
            const value = kind === "utilization" ? (step % 3) * 40 : 60;
            insert.run(`system/gpu_${gpu}_${kind}_percentage`, value, Number(start) + step * 10_000, String(id), step);
          }
        }
      }
    }
  }
  database.exec("COMMIT");
  database.close();
}
