import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Worker } from "node:worker_threads";

import { build } from "esbuild";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { WorkerLiveTables } from "../../src/adapters/node/workerLiveTables";
import { createTableReader } from "../../src/adapters/tabular/createTableReader";
import { isCancelled } from "../../src/core/base/cancel";
import { checkTable } from "../../src/core/dataCheck/checkTable";
import { expectationsOf } from "../../src/core/dataCheck/expectations";
import type { TableWish } from "../../src/core/dataCheck/tableWish";

const FIXTURES = join(import.meta.dirname, "../fixtures/dataCheck");
const never = new AbortController().signal;
const folder = mkdtempSync(join(tmpdir(), "table-checks-"));
const bundle = join(folder, "liveWorker.cjs");
const threads: Worker[] = [];
const tables = new WorkerLiveTables(() => {
  const thread = new Worker(bundle);
  threads.push(thread);
  return thread;
});

// The thread as it is shipped.
beforeAll(async () => {
  const entry = join(import.meta.dirname, "../../src/liveWorker.ts");
  await build({ entryPoints: [entry], outfile: bundle, bundle: true, platform: "node", format: "cjs", logLevel: "error" });
});
afterAll(() => {
  tables.dispose();
  rmSync(folder, { recursive: true, force: true });
});

function wishOf(path: string): TableWish {
  const expect = {
    min_rows: 40,
    columns: { age: { type: "number", min: 0, max_missing: 0 }, plan: { in: ["gold", "basic"] } },
    unique: ["id"],
    newest: { column: "seen", within: "7 days" },
  } as const;
  return {
    path: "data",
    use: "train",
    source: { paths: [path] },
    bytes: 0,
    names: { [path]: "data" },
    expectations: expectationsOf({ expect }, "mlops.yaml"),
    personal: [],
    now: Date.UTC(2026, 10, 30),
  };
}

describe("a check of a table in a thread", () => {
  it.each(["people.csv", "people.parquet", "people.jsonl", "gone.csv"])("gives what one without a thread gives: %s", async (name) => {
    const wish = wishOf(join(FIXTURES, name));
    const told: number[] = [];
    const alone = await checkTable(createTableReader(), wish, () => undefined, never);
    expect(await tables.checkTable(wish, (done) => told.push(done), never)).toEqual(alone);
    expect(told.length > 0).toBe(name !== "gone.csv");
  });

  it("ends with its call, also where that is cancelled", async () => {
    const path = join(folder, "large.csv");
    writeFileSync(path, `id,age,plan,seen\n${"1,30,gold,2026-11-29\n".repeat(300_000)}`);
    const cancel = new AbortController();
    const check = tables.checkTable(wishOf(path), () => cancel.abort(), cancel.signal);
    await expect(check).rejects.toSatisfy(isCancelled);
    await Promise.all(
      threads.map((thread) => (thread.threadId === -1 ? Promise.resolve() : new Promise((resolve) => thread.once("exit", resolve)))),
    );
    expect(threads.every(({ threadId }) => threadId === -1)).toBe(true);
  });
});
