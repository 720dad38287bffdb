import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { Worker } from "node:worker_threads";

import { buildSync } from "esbuild";
import { afterAll, describe, expect, it } from "vitest";

import { startDriftThread } from "../../src/adapters/drift/startDriftThread";
import { WorkerDriftService } from "../../src/adapters/drift/workerDriftService";
import { WorkerStoreOpener } from "../../src/adapters/node/workerStore";
import { isAppError, toUserText } from "../../src/core/base/appError";
import { NEVER_CANCELLED as never } from "../../src/core/base/cancel";
import { DEFAULT_DRIFT_SETTINGS } from "../../src/core/drift/driftSettings";
import type { Store } from "../../src/core/tracking/store";
import type { StoreLocation } from "../../src/core/tracking/storeLocation";
import { fixturePath } from "../builders/recordedRuns";
import { seededMoments } from "../builders/seededMoments";

const scratch = mkdtempSync(join(tmpdir(), "mlops-killed-threads-"));
const STORE_KILLS = 16;
const DRIFT_KILLS = 6;
const bundles = { worker: join(scratch, "worker.cjs"), driftWorker: join(scratch, "driftWorker.cjs") };
for (const [name, outfile] of Object.entries(bundles)) {
  buildSync({ entryPoints: [`src/${name}.ts`], outfile, bundle: true, platform: "node", format: "cjs", logLevel: "error" });
}
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

/** What a tree asks for, as text: an answer is right or it is none. */
async function look(store: Store): Promise<string> {
  const { items } = await store.searchExperiments({ lifecycle: "active", pageSize: 100 }, never);
  const runs = await store.searchRuns(
    { experimentIds: items.map(({ experimentId }) => experimentId), lifecycle: "active", pageSize: 200 },
    never,
  );
  const models = await store.searchRegisteredModels({ pageSize: 50 }, never);
  return JSON.stringify([items, runs.items.map(({ runId, metrics }) => [runId, [...metrics]]), models.items.map(({ name }) => name)]);
}

describe.each<[string, StoreLocation]>([
  ["database", { kind: "sqlite", path: fixturePath("v3-sqlite/mlflow.db") }],
  ["folder", { kind: "file", path: fixturePath("v3-file/mlruns") }],
])("The reader of a %s", (_, location) => {
  it(`that is killed at ${STORE_KILLS} moments says so or has answered, and answers the next call`, async () => {
    const threads: Worker[] = [];
    const opener = new WorkerStoreOpener(() => {
      const thread = new Worker(bundles.worker);
      threads.push(thread);
      return thread;
    });
    const moment = seededMoments(17);
    const store = await opener.open(location, never);
    const right = await look(store);
    let cut = 0;
    for (let kill = 0; kill < STORE_KILLS; kill += 1) {
      const asked = look(store).catch((error: unknown) => error);
      await pause(moment(12));
      await threads.at(-1)?.terminate();
      const answer = await asked;
      if (answer !== right) {
        cut += 1;
        expect(isAppError(answer, "store/unreadable"), String(answer)).toBe(true);
        expect(toUserText(answer)).toBe("The reader stopped: exit code 1. Try again; it starts anew.");
      }
      expect(await look(store)).toBe(right);
    }
    expect(cut).toBeGreaterThan(0);
    // Each of them is gone, and no call started two.
    expect(threads.length).toBeLessThanOrEqual(STORE_KILLS + 1);
    opener.dispose();
    await expect(look(store)).rejects.toThrow("The reader was closed.");
  });
});

it("A reader that takes all memory ends alone, and the next call is answered", async () => {
  const threads: Worker[] = [];
  const opener = new WorkerStoreOpener(() => {
    // The first has hardly any memory, as where a store is far larger than what there is.
    const thread = new Worker(bundles.worker, threads.length === 0 ? { resourceLimits: { maxOldGenerationSizeMb: 6 } } : {});
    threads.push(thread);
    return thread;
  });
  const location: StoreLocation = { kind: "file", path: fixturePath("v3-file/mlruns") };
  const first: unknown = await opener
    .open(location, never)
    .then(look)
    .catch((error: unknown) => error);
  expect(isAppError(first, "store/unreadable"), String(first)).toBe(true);
  expect(toUserText(first)).toMatch(/^The reader stopped: .*memory.*\. Try again; it starts anew\.$/);
  expect(await look(await opener.open(location, never))).toContain("vision");
  opener.dispose();
});

it(`A comparison whose threads are killed at ${DRIFT_KILLS} moments says so or has ended, and can be had again`, async () => {
  const moment = seededMoments(29);
  const [reference, current] = ["a", "b"].map((name) => {
    const path = join(scratch, `${name}.csv`);
    const rows = Array.from({ length: 4000 }, () => Array.from({ length: 8 }, () => moment(1000) / 10).join(","));
    writeFileSync(path, `${"abcdefgh".split("").join(",")}\n${rows.join("\n")}\n`);
    return path;
  });
  const threads: Worker[] = [];
  const service = new WorkerDriftService(() => {
    const thread = startDriftThread(bundles.driftWorker);
    threads.push(thread);
    return thread;
  });
  const request = {
    ...{ reference: { paths: [reference ?? ""] }, current: { paths: [current ?? ""] }, labels: { reference: "before", current: "now" } },
    ...{ read: { maxRows: 100_000, sampleRows: 100_000, seed: 1 }, hash: false },
  };
  const session = await service.open(request, {}, never);
  const report = async (): Promise<string> =>
    JSON.stringify({ ...(await session.report(DEFAULT_DRIFT_SETTINGS, {}, never)), elapsedMs: 0 });
  const right = await report();
  for (let kill = 0; kill < DRIFT_KILLS; kill += 1) {
    const asked = report().catch((error: unknown) => error);
    await pause(moment(60));
    await threads.at(-1)?.terminate();
    const answer = await asked;
    if (answer !== right) {
      expect(isAppError(answer, "file/unreadable"), String(answer)).toBe(true);
      expect(toUserText(answer)).toMatch(/^The thread that compares the data stopped: .+\.$/);
    }
    expect(await report()).toBe(right);
  }
  service.dispose();
});
