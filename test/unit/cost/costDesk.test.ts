import { DatabaseSync } from "node:sqlite";
import { describe, expect, it, onTestFinished } from "vitest";
import { openSqliteStore } from "../../../src/adapters/mlflowSqlite/openSqliteStore";
import { CostDesk } from "../../../src/core/cost/costDesk";
import type { CostQuestion } from "../../../src/core/cost/costReader";
import type { Store } from "../../../src/core/tracking/store";
import type { StoreLocation } from "../../../src/core/tracking/storeLocation";
import { seededStore } from "../../builders/costStore";
import { aRun, anExperiment, MemoryStore } from "../../fakes/memoryStore";

const signal = new AbortController().signal;
const START = Date.UTC(2026, 10, 10, 12);
const HOUR = 3_600_000;

function question(stores: readonly StoreLocation[]): CostQuestion {
  return {
    ...{ stores, others: [], products: [], jobs: [], problems: [], gpuBelow: 5, timeZone: "UTC" },
    prices: { currency: "EUR", instances: new Map([["gpu", 2]]) },
    now: START + 24 * HOUR,
  };
}

function desk(open: (location: StoreLocation) => Promise<Store>): CostDesk {
  const opened = new CostDesk(open);
  onTestFinished(() => opened.dispose());
  return opened;
}

function memory(): MemoryStore {
  const store = new MemoryStore();
  store.experiments = [anExperiment("1", "churn")];
  store.runs = Array.from({ length: 2500 }, (_, index) =>
    aRun(`r${index}`, { startTime: START, endTime: START + HOUR, tags: new Map([["mlops.instance", "gpu"]]) }),
  );
  return store;
}

const PLACE = { kind: "file", path: "/x" } as const;

describe("who reads stores for their money", () => {
  it("reads page by page, and again only after the store has changed", async () => {
    const store = memory();
    const reader = desk(() => Promise.resolve(store));
    expect((await reader.report(question([PLACE]), signal)).all.total).toMatchObject({ runs: 2500, amount: 5000 });
    const pages = (): number => store.calls.filter((call) => call.startsWith("searchRuns")).length;
    expect(pages()).toBe(3);
    await reader.report(question([PLACE]), signal);
    expect(pages()).toBe(3);
    store.runs.push(aRun("new", { startTime: START, endTime: START + HOUR }));
    store.nextChange = { experiments: [], runs: ["new"], models: [] };
    expect((await reader.report(question([PLACE]), signal)).all.total).toMatchObject({ runs: 2501, unpricedRuns: 1 });
    // Only the run that is new was read.
    expect(pages()).toBe(3);
    store.nextChange = { experiments: ["1"], runs: "all", models: [] };
    expect((await reader.report(question([PLACE]), signal)).all.total.runs).toBe(2501);
    expect(pages()).toBe(6);
  });

  it("shares a reading that goes on", async () => {
    const store = memory();
    const reader = desk(() => Promise.resolve(store));
    await Promise.all([reader.report(question([PLACE]), signal), reader.report(question([PLACE]), signal)]);
    expect(store.calls.filter((call) => call.startsWith("searchRuns"))).toHaveLength(3);
  });

  it("stops when it is cancelled, and answers whoever asks next", async () => {
    const store = memory();
    const reader = desk(() => Promise.resolve(store));
    const cancel = new AbortController();
    const search = store.searchRuns;
    store.searchRuns = (query, by) => {
      cancel.abort();
      return search(query, by);
    };
    await expect(reader.report(question([PLACE]), cancel.signal)).rejects.toThrow(/abort/i);
    store.searchRuns = search;
    expect((await reader.report(question([PLACE]), signal)).all.total.runs).toBe(2500);
  });

  it("tells which store cannot be read, counts the others, and opens it again", async () => {
    const store = memory();
    const reader = desk(({ kind }) =>
      kind === "sqlite" && store.runs.length === 2500 ? Promise.reject(new Error("gone")) : Promise.resolve(store),
    );
    const stores = [{ kind: "sqlite", path: "/y" }, PLACE] as const;
    const first = await reader.report(question(stores), signal);
    expect(first.all.total.runs).toBe(2500);
    expect(first.problems).toHaveLength(1);
    store.runs.pop();
    store.nextChange = { experiments: [], runs: "all", models: [] };
    expect((await reader.report(question(stores), signal)).problems).toEqual([]);
  });

  it("notices in a database what another program commits", async () => {
    const path = seededStore([{ id: "a", start: START, end: START + HOUR, tags: { "mlops.instance": "gpu" } }]);
    const reader = desk((location) => openSqliteStore(location.kind === "rest" ? "" : location.path, signal));
    const place = { kind: "sqlite", path } as const;
    expect((await reader.report(question([place]), signal)).all.total.amount).toBe(2);
    const other = new DatabaseSync(path);
    other.exec(`UPDATE runs SET end_time = ${START + 3 * HOUR}`);
    other.close();
    expect((await reader.report(question([place]), signal)).all.total.amount).toBe(6);
  });

  it("says useful words where nothing is there", async () => {
    const empty = await desk(() => Promise.resolve(new MemoryStore())).report(question([PLACE]), signal);
    expect(empty.all.total).toMatchObject({ runs: 0, amount: 0 });
    expect(empty.idle.share).toBeNull();
    expect(empty.problems).toEqual([]);
    const noPrices = { ...question([PLACE]), prices: { currency: null, instances: new Map<string, number>() } };
    const { problems, currency } = await desk(() => Promise.resolve(memory())).report(noPrices, signal);
    expect(currency).toBeNull();
    expect(problems).toEqual([
      "No price is known: prices in .mlops/policy.yaml names no currency. Set prices: {currency: EUR, instances: {…}}.",
    ]);
  });
});

describe("what changed in a database", () => {
  it("is read as if all were read again: ends, new parts, deletions, processors of a run that is taken up again", async () => {
    const tags = { "mlops.instance": "gpu" };
    const gpu = (values: readonly number[]): [number, number][] => values.map((value, index) => [START + index * 10_000, value]);
    const path = seededStore([
      { id: "ends", status: "RUNNING", start: START, end: null, tags },
      { id: "parent", start: START, end: START + 2 * HOUR, tags },
      { id: "part", start: START, end: START + HOUR, tags: { "mlflow.parentRunId": "parent" } },
      { id: "deleted", start: START, end: START + HOUR, tags },
      { id: "gpu", start: START, end: START + HOUR, tags, metrics: { "system/gpu_0_utilization_percentage": gpu([0, 0, 0]) } },
    ]);
    const place = { kind: "sqlite", path } as const;
    const open = (): CostDesk => desk((location) => openSqliteStore(location.kind === "rest" ? "" : location.path, signal));
    const reader = open();
    const before = await reader.report(question([place]), signal);
    expect(before.idle.idleHours).toBeCloseTo(20 / 3600, 12);
    const other = new DatabaseSync(path);
    other.exec(`
      UPDATE runs SET status = 'FINISHED', end_time = ${START + 5 * HOUR} WHERE run_uuid = 'ends';
      INSERT INTO runs (run_uuid, name, status, start_time, end_time, lifecycle_stage, artifact_uri, experiment_id, user_id)
        VALUES ('part2', 'p', 'FINISHED', ${START + HOUR}, ${START + 3 * HOUR}, 'active', '', 1, 'leo');
      INSERT INTO tags (key, value, run_uuid) VALUES ('mlflow.parentRunId', 'ends', 'part2');
      INSERT INTO metrics (key, value, timestamp, run_uuid, step, is_nan)
        VALUES ('system/gpu_0_utilization_percentage', 90, ${START + 30_000}, 'gpu', 3, 0);
      UPDATE latest_metrics SET value = 90, timestamp = ${START + 30_000}, step = 3 WHERE run_uuid = 'gpu'`);
    other.close();
    const after = await reader.report(question([place]), signal);
    expect(after).toEqual(await open().report(question([place]), signal));
    expect(after.all.total).toMatchObject({ runs: 6, hours: 5 + 2 + 0 + 1 + 1 + 0 });
    expect(after.idle.hours).toBeCloseTo(30 / 3600, 12);
    const again = new DatabaseSync(path);
    again.exec("UPDATE runs SET lifecycle_stage = 'deleted' WHERE run_uuid IN ('deleted', 'ends')");
    again.close();
    const last = await reader.report(question([place]), signal);
    expect(last).toEqual(await open().report(question([place]), signal));
    // Nothing is paid less because a run was deleted: a part stays in its parent's price.
    expect(last.all.total).toMatchObject({ runs: 6, hours: 5 + 2 + 0 + 1 + 1 + 0, deletedRuns: 2, deletedHours: 5 + 1 });
    expect(last.all.total).toEqual({ ...after.all.total, deletedRuns: 2, deletedHours: 6, deletedAmount: last.all.total.deletedAmount });
    const third = new DatabaseSync(path);
    third.exec("UPDATE experiments SET lifecycle_stage = 'deleted'");
    third.close();
    const gone = await reader.report(question([place]), signal);
    expect(gone).toEqual(await open().report(question([place]), signal));
    expect(gone.all.total).toMatchObject({ amount: after.all.total.amount, runs: 6, deletedRuns: 6 });
    expect([gone.idle.share, gone.waste.total.runs, gone.dearest]).toEqual([null, 0, []]);
  });
});
