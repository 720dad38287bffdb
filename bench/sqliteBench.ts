import { join } from "node:path";
import { openSqliteStore } from "../src/adapters/mlflowSqlite/openSqliteStore";
import { assertSame, type Figure } from "./figures";
import { EXPERIMENTS, generateRuns } from "./generatedRuns";
import { NEVER, readOwnStore } from "./readStore";
import type { RealMlflow } from "./realMlflow";
import { writeDatabase } from "./writeDatabase";

/** A database of 10,000 runs, read by our store, by MLflow's server and by its Python client. */
export async function sqliteBench(mlflow: RealMlflow, folder: string, runs: number): Promise<readonly Figure[]> {
  const path = join(folder, "runs.db");
  await mlflow.createDatabase(path);
  writeDatabase(path, generateRuns({ runs, params: 20, metrics: 20, runsWithCurves: Math.min(1000, runs), steps: 20 }));
  const open = () => openSqliteStore(path, NEVER);
  const server = await mlflow.startServer(`sqlite:///${path}`, folder);
  try {
    const ids = ["0", ...EXPERIMENTS];
    // Each side reads once before it is timed, so that all have the file in the system's cache.
    await Promise.all([server.read(ids, "first", 1), readOwnStore(open, "first", 1)]);
    const first = {
      ours: await readOwnStore(open, "first", 5),
      rest: await server.read(ids, "first", 5),
      python: await mlflow.readWithClient(`sqlite:///${path}`, "first", 5),
    };
    assertSame(first);
    const all = {
      ours: await readOwnStore(open, "all", 3),
      rest: await server.read(ids, "all", 1),
      python: await mlflow.readWithClient(`sqlite:///${path}`, "all", 1),
    };
    assertSame(all);
    return [
      { name: "first 100: ours, opening included", value: first.ours.seconds, unit: "s" },
      { name: "first 100: MLflow's server", value: first.rest.seconds, unit: "s" },
      { name: "first 100: MLflow's Python client", value: first.python.seconds, unit: "s" },
      { name: "first 100: server to ours", value: first.rest.seconds / first.ours.seconds, unit: "×", target: { atLeast: 10 } },
      { name: "first 100: Python client to ours", value: first.python.seconds / first.ours.seconds, unit: "×" },
      { name: `all ${all.ours.count}: ours, opening included`, value: all.ours.seconds, unit: "s" },
      { name: `all ${all.ours.count}: MLflow's server, pages of 1000`, value: all.rest.seconds, unit: "s" },
      { name: `all ${all.ours.count}: MLflow's Python client`, value: all.python.seconds, unit: "s" },
      { name: `all ${all.ours.count}: server to ours`, value: all.rest.seconds / all.ours.seconds, unit: "×", target: { atLeast: 20 } },
      { name: `all ${all.ours.count}: Python client to ours`, value: all.python.seconds / all.ours.seconds, unit: "×" },
    ];
  } finally {
    server.stop();
  }
}
