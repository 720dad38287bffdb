import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Worker } from "node:worker_threads";
import { build } from "esbuild";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { localDriftService } from "../../src/adapters/drift/localDriftService";
import { startDriftThread } from "../../src/adapters/drift/startDriftThread";
import { WorkerDriftService } from "../../src/adapters/drift/workerDriftService";
import { createTableReader } from "../../src/adapters/tabular/createTableReader";
import { isAppError } from "../../src/core/base/appError";
import { isCancelled } from "../../src/core/base/cancel";
import type { ColumnDrift, DriftReport } from "../../src/core/drift/driftReport";
import type { DriftProgress, DriftRequest, DriftService } from "../../src/core/drift/driftService";
import { DEFAULT_DRIFT_SETTINGS, defaultDriftSettings } from "../../src/core/drift/driftSettings";

const FIXTURES = join(import.meta.dirname, "../fixtures/drift");
const never = new AbortController().signal;
const folder = mkdtempSync(join(tmpdir(), "drift-threads-"));
const bundle = join(folder, "driftWorker.js");
const threads: Worker[] = [];
const services: DriftService[] = [];

// The threads as they are shipped.
beforeAll(async () => {
  const entry = join(import.meta.dirname, "../../src/driftWorker.ts");
  await build({ entryPoints: [entry], outfile: bundle, bundle: true, platform: "node", format: "cjs", logLevel: "error" });
});
afterEach(async () => {
  services.splice(0).forEach((service) => service.dispose());
  await Promise.all(threads.splice(0).map((thread) => thread.terminate()));
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

function threaded(): DriftService {
  const service = new WorkerDriftService(() => {
    const thread = startDriftThread(bundle);
    threads.push(thread);
    return thread;
  });
  services.push(service);
  return service;
}

function request(reference: string, current: string): DriftRequest {
  return {
    reference: { paths: [reference] },
    current: { paths: [current] },
    labels: { reference: "before", current: "now" },
    read: { maxRows: 5_000_000, sampleRows: 1_000_000, seed: 1 },
    hash: false,
  };
}

const fixture = (dataset: string, format: string): DriftRequest =>
  request(join(FIXTURES, dataset, `reference.${format}`), join(FIXTURES, dataset, `current.${format}`));

/** Times differ from run to run, nothing else does. */
const timeless = (report: DriftReport): DriftReport => ({ ...report, elapsedMs: 0 });

/** A table that takes a while: the exact Kolmogorov–Smirnov and other methods of 20 columns. */
function slowTable(name: string): string {
  const path = join(folder, name);
  let state = name.length;
  const random = (): number => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state;
  };
  const head = Array.from({ length: 20 }, (_, index) => `c${index}`).join(",");
  const lines = Array.from({ length: 9_000 }, () => Array.from({ length: 20 }, () => random() / 1000).join(","));
  writeFileSync(path, `${head}\n${lines.join("\n")}\n`);
  return path;
}

describe("a service in threads", () => {
  it.each([
    ["edge_large", "csv", "own"],
    ["fair_large", "parquet", "evidently"],
  ] as const)("says of %s as %s in mode %s what one thread says", async (dataset, format, mode) => {
    const settings = defaultDriftSettings(mode);
    const columns: ColumnDrift[] = [];
    const session = await threaded().open(fixture(dataset, format), {}, never);
    const report = await session.report(settings, { onColumn: (column) => columns.push(column) }, never);
    const local = await localDriftService(createTableReader()).open(fixture(dataset, format), {}, never);
    expect(timeless(report)).toEqual(timeless(await local.report(settings, {}, never)));
    expect(columns).toEqual(report.columns);
    expect(session.current.rows).toBe(local.current.rows);
    expect(session.columns).toEqual(local.columns);
    const [first] = report.columns;
    const name = first?.name ?? "";
    expect(await session.methods(name, settings, never)).toEqual(await local.methods(name, settings, never));
    expect(await session.tools(name, settings, never)).toEqual(await local.tools(name, settings, never));
    const wish = { by: 300, column: null, method: "jensen_shannon" } as const;
    const chunks = await session.chunks(wish, settings, {}, never);
    expect(chunks).toEqual(await local.chunks(wish, settings, {}, never));
    // What was handed over from thread to thread is still there.
    expect(await session.chunks(wish, settings, {}, never)).toEqual(chunks);
    expect(timeless(await session.report(settings, {}, never))).toEqual(timeless(report));
  });

  it("answers calls that overlap", async () => {
    const session = await threaded().open(fixture("edge_small", "csv"), {}, never);
    const [one, two, tools] = await Promise.all([
      session.report(defaultDriftSettings("own"), {}, never),
      session.report(defaultDriftSettings("evidently"), {}, never),
      session.tools("num_skew", DEFAULT_DRIFT_SETTINGS, never),
    ]);
    expect([one.mode, two.mode, tools.length]).toEqual(["own", "evidently", 4]);
    expect(one.columns).toHaveLength(two.columns.length);
  });

  it("tells how far it has come, up to the end", async () => {
    const told: DriftProgress[] = [];
    const session = await threaded().open(fixture("fair_large", "csv"), { onProgress: (progress) => told.push(progress) }, never);
    await session.report(DEFAULT_DRIFT_SETTINGS, { onProgress: (progress) => told.push(progress) }, never);
    const last = told.at(-1);
    expect(last?.done).toBe(last?.total);
    expect(told.every(({ done, total, text }) => done <= total && text.length > 0)).toBe(true);
  });
});

describe("a cancelled call", () => {
  it("ends while the tables are opened, and ends the threads", async () => {
    const abort = new AbortController();
    const opening = threaded().open(fixture("fair_large", "csv"), {}, abort.signal);
    const exits = threads.map((thread) => new Promise((resolve) => thread.once("exit", resolve)));
    expect(exits).toHaveLength(1);
    abort.abort();
    expect(isCancelled(await opening.catch((error: unknown) => error))).toBe(true);
    await Promise.all(exits);
  });

  it("ends in the middle of a report, and the session answers again", async () => {
    const session = await threaded().open(request(slowTable("slow-a.csv"), slowTable("slow-bb.csv")), {}, never);
    const abort = new AbortController();
    const seen: string[] = [];
    const settings = { ...DEFAULT_DRIFT_SETTINGS, allMethods: true };
    const onColumn = ({ name }: ColumnDrift): void => {
      seen.push(name);
      abort.abort();
    };
    const error: unknown = await session.report(settings, { onColumn }, abort.signal).catch((reason: unknown) => reason);
    expect(isCancelled(error)).toBe(true);
    expect(seen.length).toBeLessThan(20);
    const { columns } = await session.report(DEFAULT_DRIFT_SETTINGS, {}, never);
    expect(columns).toHaveLength(20);
  });

  it("ends before it began where the signal says so", async () => {
    const session = await threaded().open(fixture("edge_small", "csv"), {}, never);
    const error: unknown = await session.report(DEFAULT_DRIFT_SETTINGS, {}, AbortSignal.abort()).catch((reason: unknown) => reason);
    expect(isCancelled(error)).toBe(true);
  });
});

describe("a thread that dies", () => {
  it("gives a sentence, and the next call starts another", async () => {
    const session = await threaded().open(request(slowTable("dies-a.csv"), slowTable("dies-bb.csv")), {}, never);
    const failing = session.report(
      { ...DEFAULT_DRIFT_SETTINGS, allMethods: true },
      { onColumn: () => void threads[0]?.terminate() },
      never,
    );
    const error: unknown = await failing.catch((reason: unknown) => reason);
    expect(isAppError(error, "file/unreadable")).toBe(true);
    expect((error as Error).message).toMatch(/^The thread that compares the data stopped: .+\.$/);
    expect((await session.report(DEFAULT_DRIFT_SETTINGS, {}, never)).columns).toHaveLength(20);
    expect(threads).toHaveLength(2);
  });

  it("is told apart from a session that was closed", async () => {
    const session = await threaded().open(fixture("edge_small", "csv"), {}, never);
    session.dispose();
    await expect(session.report(DEFAULT_DRIFT_SETTINGS, {}, never)).rejects.toThrow("The comparison was closed.");
  });

  it("leaves nothing behind when a file cannot be read", async () => {
    const broken = join(folder, "broken.parquet");
    writeFileSync(broken, readFileSync(join(FIXTURES, "edge_small", "current.parquet")).subarray(0, 3000));
    const service = threaded();
    const opening = service.open(request(join(FIXTURES, "edge_small", "reference.parquet"), broken), {}, never);
    const exited = new Promise((resolve) => threads[0]?.once("exit", resolve));
    const error: unknown = await opening.catch((reason: unknown) => reason);
    expect(isAppError(error, "file/unreadable")).toBe(true);
    expect((error as Error).message).toContain("broken.parquet");
    await exited;
  });
});
