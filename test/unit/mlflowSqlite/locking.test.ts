import { execFile } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { promisify } from "node:util";
import { Worker } from "node:worker_threads";
import { build } from "esbuild";
import { beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { retryWhileBusy } from "../../../src/adapters/mlflowSqlite/retryWhileBusy";
import { toStoreError } from "../../../src/adapters/mlflowSqlite/sqliteError";
import { fixturePath } from "../../builders/recordedRuns";
import { addRunSql, allRuns, change, copiedDatabase, opened, scratchFolder } from "../../builders/sqliteDatabase";

const signal = new AbortController().signal;

function lock(path: string): DatabaseSync {
  const writer = new DatabaseSync(path);
  writer.exec("BEGIN EXCLUSIVE");
  onTestFinished(() => writer.close());
  return writer;
}

describe("beside a program that writes", () => {
  it("waits for a commit to end, also when it opens", async () => {
    const path = copiedDatabase();
    const store = await opened(path);
    const writer = lock(path);
    const reading = Promise.all([allRuns(store), opened(path).then(allRuns)]);
    await new Promise((resolve) => setTimeout(resolve, 300));
    writer.exec("COMMIT");
    const [first, second] = await reading;
    expect(first).toHaveLength(77);
    expect(second).toHaveLength(77);
  });

  it("can be stopped while it waits", async () => {
    const path = copiedDatabase();
    const store = await opened(path);
    lock(path);
    const controller = new AbortController();
    const reading = store.getRun("x", controller.signal);
    setTimeout(() => controller.abort(), 50);
    await expect(reading).rejects.toMatchObject({ name: "AbortError" });
  });

  it("says that the database is locked when the writer does not end", async () => {
    const path = copiedDatabase();
    lock(path);
    const reader = new DatabaseSync(path, { readOnly: true });
    const failure: unknown = await retryWhileBusy(() => reader.prepare("SELECT 1 FROM runs").all(), signal, 0).catch(
      (error: unknown) => error,
    );
    reader.close();
    expect(toStoreError(failure, path)).toMatchObject({ code: "store/locked" });
  });

  it("lets the writer commit between its own reads", async () => {
    const path = copiedDatabase();
    const store = await opened(path);
    const ids = (await allRuns(store)).map((run) => run.experimentId);
    const page = await store.searchRuns({ experimentIds: ids, lifecycle: "all", pageSize: 10 }, signal);
    // No statement is left open that would hold the lock.
    change(path, addRunSql("f".repeat(32)));
    expect(page.items).toHaveLength(10);
    expect(await allRuns(store)).toHaveLength(78);
  });

  it("gives every run whole while runs are added", async () => {
    const path = copiedDatabase();
    const store = await opened(path);
    const worker = new Worker(
      `const { DatabaseSync } = require("node:sqlite");
       const { workerData } = require("node:worker_threads");
       const database = new DatabaseSync(workerData.path, { timeout: 5000 });
       for (const sql of workerData.sql) { database.exec(sql); }
       database.close();`,
      { eval: true, workerData: { path, sql: Array.from({ length: 300 }, (_, i) => addRunSql(`added${i}`)) } },
    );
    const writing = { isOver: false };
    const done = new Promise<void>((resolve, reject) => {
      worker.on("exit", () => resolve());
      worker.on("error", reject);
    }).finally(() => (writing.isOver = true));
    const counts: number[] = [];
    while (!writing.isOver) {
      const added = (await allRuns(store)).filter((run) => run.name === "added");
      expect(added.every((run) => run.params.get("p") === "1" && run.tags.get("mlflow.runName") === "added")).toBe(true);
      counts.push(added.length);
    }
    await done;
    expect(counts).toEqual(counts.toSorted((a, b) => a - b));
    expect((await allRuns(store)).filter((run) => run.name === "added")).toHaveLength(300);
  });

  it("neither repeats nor loses runs when runs are added or removed between pages", async () => {
    const path = copiedDatabase();
    const store = await opened(path);
    const query = { experimentIds: ["1"], lifecycle: "active", pageSize: 4 } as const;
    const before = (await store.searchRuns({ ...query, pageSize: 1000 }, signal)).items.map((run) => run.runId);
    const seen: string[] = [];
    let page = await store.searchRuns(query, signal);
    for (let i = 0; ; i++) {
      seen.push(...page.items.map((run) => run.runId));
      if (page.nextPageToken === null) {
        break;
      }
      // The newest run goes to the top of the list; and the run that the token names disappears once.
      change(path, addRunSql(`top${i}`, { startTime: 1_770_000_000_000 + i }));
      if (i === 1) {
        change(path, `DELETE FROM runs WHERE run_uuid = '${seen.at(-1)}'; DELETE FROM runs WHERE run_uuid IN ('top0', 'top1')`);
      }
      page = await store.searchRuns({ ...query, pageToken: page.nextPageToken }, signal);
    }
    expect(seen).toHaveLength(new Set(seen).size);
    expect(before.filter((id) => !seen.includes(id))).toEqual([]);
  });
});

/** Root may write everywhere, so folders without permission are read by another process as another user. */
describe.runIf(process.platform !== "win32")("where it may not write", () => {
  let script: string;
  const asNobody = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {};

  beforeAll(async () => {
    const { outputFiles } = await build({
      stdin: {
        contents: `
          import { openSqliteStore } from "./src/adapters/mlflowSqlite/openSqliteStore";
          const signal = new AbortController().signal;
          try {
            const store = await openSqliteStore(process.argv[1], signal);
            const page = await store.searchRuns({ experimentIds: ["1"], lifecycle: "all", pageSize: 1000 }, signal);
            process.stdout.write(JSON.stringify({ runs: page.items.length, ...(await store.describe(signal)) }));
          } catch (error) {
            process.stdout.write(JSON.stringify({ code: error.code, message: error.message }));
          }`,
        resolveDir: dirname(dirname(dirname(fixturePath("")))),
        loader: "ts",
      },
      bundle: true,
      write: false,
      platform: "node",
      format: "esm",
    });
    script = outputFiles[0]?.text ?? "";
  });

  async function readAsNobody(path: string): Promise<{ runs?: number; notes?: string[]; code?: string }> {
    const { stdout } = await promisify(execFile)(process.execPath, ["--no-warnings", "--input-type=module", "-e", script, path], asNobody);
    return JSON.parse(stdout) as { runs?: number; notes?: string[]; code?: string };
  }

  function sealed(path: string, mode: number): string {
    chmodSync(path, 0o444);
    chmodSync(dirname(path), mode);
    onTestFinished(() => chmodSync(dirname(path), 0o755));
    return path;
  }

  it("reads an ordinary database as ever", async () => {
    expect(await readAsNobody(sealed(copiedDatabase(), 0o555))).toMatchObject({ runs: 20, notes: [] });
  });

  it("shows a database with a write-ahead log as a snapshot, and says so", async () => {
    const path = copiedDatabase();
    change(path, "PRAGMA journal_mode = WAL");
    const answer = await readAsNobody(sealed(path, 0o555));
    expect(answer.runs).toBe(20);
    expect(answer.notes?.join()).toMatch(/not writable/);
    expect(readdirSync(dirname(path))).toEqual(["mlflow.db"]);
  });

  it("says that there is no permission", async () => {
    const path = copiedDatabase();
    chmodSync(dirname(path), 0o755);
    chmodSync(path, 0o000);
    expect(await readAsNobody(path)).toMatchObject({
      code: "store/unreadable",
      message: expect.stringContaining("no permission") as string,
    });
    const hidden = join(scratchFolder(), "closed");
    mkdirSync(hidden, { mode: 0o700 });
    chmodSync(hidden, 0o000);
    onTestFinished(() => chmodSync(hidden, 0o755));
    expect(await readAsNobody(join(hidden, "mlflow.db"))).toMatchObject({ code: "store/unreadable" });
  });

  it("refuses a database that was left in the middle of a write", async () => {
    const path = copiedDatabase();
    const copy = join(scratchFolder(), "mlflow.db");
    const writer = new DatabaseSync(path);
    // A tiny cache makes SQLite write into the file before the commit, with the old pages in its journal.
    writer.exec(
      "PRAGMA cache_size = 1; PRAGMA synchronous = OFF; BEGIN; UPDATE params SET value = value || 'x'; UPDATE metrics SET timestamp = timestamp + 10000000",
    );
    expect(existsSync(`${path}-journal`)).toBe(true);
    writeFileSync(copy, readFileSync(path));
    writeFileSync(`${copy}-journal`, readFileSync(`${path}-journal`));
    writer.exec("ROLLBACK");
    writer.close();
    chmodSync(dirname(copy), 0o755);
    const answer = await readAsNobody(sealed(copy, 0o555));
    expect(answer.code).toBe("store/unreadable");
  });
});

it("reads a database with a write-ahead log while it is written", async () => {
  const path = copiedDatabase();
  const writer = new DatabaseSync(path);
  onTestFinished(() => writer.close());
  writer.exec("PRAGMA journal_mode = WAL");
  const store = await opened(path);
  writer.exec(addRunSql("e".repeat(32)));
  expect(await allRuns(store)).toHaveLength(78);
  expect((await store.describe(signal)).notes).toEqual([]);
});
