import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Worker } from "node:worker_threads";
import { build } from "esbuild";
import { afterAll, beforeAll } from "vitest";
import { WorkerStoreOpener } from "../../src/adapters/node/workerStore";
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
