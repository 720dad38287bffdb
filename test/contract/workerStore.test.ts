import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Worker } from "node:worker_threads";
import { build } from "esbuild";
import { afterAll, beforeAll, expect, it } from "vitest";
import { openFileStore } from "../../src/adapters/mlflowFile/openFileStore";
import { openSqliteStore } from "../../src/adapters/mlflowSqlite/openSqliteStore";
import { WorkerStoreOpener } from "../../src/adapters/node/workerStore";
import { CostDesk } from "../../src/core/cost/costDesk";
import type { CostQuestion } from "../../src/core/cost/costReader";
import { storeIdOf } from "../../src/core/tracking/storeLocation";
import { fixturePath } from "../builders/recordedRuns";
import { expectedStore } from "./expectedStore";
import { describeStoreContract } from "./storeContract";

const signal = new AbortController().signal;
const folder = mkdtempSync(join(tmpdir(), "store-worker-"));
const worker = join(folder, "worker.cjs");
const opener = new WorkerStoreOpener(() => new Worker(worker));

// The worker as it is shipped: a store behind it must be the same store.
beforeAll(async () => {
  const entry = fileURLToPath(new URL("../../src/worker.ts", import.meta.url));
  await build({ entryPoints: [entry], outfile: worker, bundle: true, platform: "node", format: "cjs", logLevel: "error" });
});
afterAll(() => {
  opener.dispose();
  rmSync(folder, { recursive: true, force: true });
});

describeStoreContract(
  "v3-sqlite in a worker",
  () => opener.open({ kind: "sqlite", path: fixturePath("v3-sqlite/mlflow.db") }, signal),
  expectedStore("v3-sqlite"),
  { folder: fixturePath("v3-sqlite") },
);
describeStoreContract(
  "v3-file in a worker",
  () => opener.open({ kind: "file", path: fixturePath("v3-file/mlruns") }, signal),
  expectedStore("v3-file"),
  { folder: fixturePath("v3-file") },
);

it("says what the runs of a database and of a folder cost, behind the thread as in front of it", async () => {
  const stores = [
    { kind: "sqlite", path: fixturePath("v3-sqlite/mlflow.db") },
    { kind: "file", path: fixturePath("v3-file/mlruns") },
  ] as const;
  const question: CostQuestion = {
    ...{ stores, others: [], jobs: [], problems: [], gpuBelow: 5, timeZone: "UTC", now: Date.UTC(2030, 0, 1) },
    products: stores.map((location) => ({
      ...{ config: `${location.kind}.yaml`, name: location.kind, storeId: storeIdOf(location), experiment: null, model: null },
      ...{ instance: "gpu", budget: null },
    })),
    prices: { currency: "EUR", instances: new Map([["gpu", 3.6]]) },
  };
  const desk = new CostDesk((location, cancel) =>
    location.kind === "sqlite"
      ? openSqliteStore(location.path, cancel)
      : openFileStore(location.kind === "rest" ? "" : location.path, cancel),
  );
  const [behind, before] = await Promise.all([opener.report(question, signal), desk.report(question, signal)]);
  desk.dispose();
  expect(behind).toEqual(before);
  const [sqlite, file] = ["sqlite.yaml", "file.yaml"].map((config) => behind.by.product.find(({ key }) => key === config)?.total);
  // MLflow wrote the same runs to both, one after the other: as many, and none without a price.
  expect(sqlite?.runs).toBeGreaterThan(10);
  expect(file?.runs).toBe(sqlite?.runs);
  expect((await opener.runs(stores[1], 5, signal)).runs.length).toBeGreaterThanOrEqual(file?.runs ?? 0);
  const cancel = new AbortController();
  cancel.abort();
  await expect(opener.report(question, cancel.signal)).rejects.toThrow("cancelled");
});
