import { beforeEach, describe, expect, it } from "vitest";

import { AppError, isAppError } from "../../../src/core/base/appError";
import { isCancelled } from "../../../src/core/base/cancel";
import { StoreCatalog, type FoundStore, type StoreDataChange } from "../../../src/core/tracking/storeCatalog";
import { MemoryStore } from "../../fakes/memoryStore";

const signal = new AbortController().signal;
const found = (path: string, label = path): FoundStore => ({ location: { kind: "file", path }, label, origin: "folder" });
const id = "file:/a";

let store: MemoryStore;
let opened: number;
let openFailure: Error | null;
let catalog: StoreCatalog;
let clock: number;
beforeEach(() => {
  store = new MemoryStore();
  opened = 0;
  openFailure = null;
  clock = 1000;
  catalog = new StoreCatalog(
    {
      open: async () => {
        opened++;
        await Promise.resolve();
        if (openFailure !== null) {
          throw openFailure;
        }
        return store;
      },
    },
    () => clock,
  );
  catalog.setFound([found("/a")]);
});

const read = (): Promise<unknown> => catalog.use(id, signal, (s) => s.searchExperiments({ lifecycle: "active", pageSize: 1 }, signal));

describe("StoreCatalog", () => {
  it("opens a store once, when it is first used, however many ask at the same time", async () => {
    expect(opened).toBe(0);
    await Promise.all([read(), read()]);
    expect(opened).toBe(1);
    expect(catalog.entry(id)?.description?.label).toBe("memory");
    expect(catalog.entry(id)?.health).toEqual({ kind: "ok", at: 1000 });
  });

  it("tries to open again after a failure, and remembers when it last went well", async () => {
    openFailure = new AppError("store/unreadable", "No.");
    await expect(read()).rejects.toThrow("No.");
    openFailure = null;
    await read();
    expect(opened).toBe(2);
    store.failure = new AppError("store/unreachable", "Gone.");
    clock = 5000;
    await expect(read()).rejects.toThrow("Gone.");
    expect(catalog.entry(id)?.health).toMatchObject({ kind: "failed", at: 5000, lastOk: 1000 });
  });

  it("does not blame the store for an unknown run or a wrong filter", async () => {
    await read();
    const error = await catalog.use(id, signal, (s) => s.getRun("x", signal)).catch((e: unknown) => e);
    expect(isAppError(error, "run/not-found")).toBe(true);
    expect(catalog.entry(id)?.health.kind).toBe("ok");
  });

  it("lets one caller cancel without failing the opening for the others", async () => {
    const controller = new AbortController();
    const cancelled = catalog.use(id, controller.signal, (s) => s.describe(controller.signal)).catch((e: unknown) => e);
    const other = read();
    controller.abort();
    expect(isCancelled(await cancelled)).toBe(true);
    await other;
    expect(catalog.entry(id)?.health.kind).toBe("ok");
  });

  it("keeps stores open that stay known, closes the others, and tells only of real changes", async () => {
    await read();
    let changes = 0;
    catalog.onDidChangeStores(() => changes++);
    catalog.setFound([found("/a"), found("/b")]);
    catalog.setFound([found("/a"), found("/b")]);
    expect(changes).toBe(1);
    await read();
    expect(opened).toBe(1);
    catalog.setFound([found("/b")]);
    await Promise.resolve();
    expect(store.calls).toContain("dispose");
    await expect(read()).rejects.toThrow(/not open in this window/);
  });

  it("tells what changed, and everything when a store is back", async () => {
    await read();
    const told: StoreDataChange[] = [];
    catalog.onDidChangeData((change) => told.push(change));
    await catalog.poll(signal);
    expect(told).toEqual([]);
    store.nextChange = { experiments: [], runs: ["r"], models: [] };
    await catalog.poll(signal);
    expect(told).toEqual([{ storeId: id, change: { experiments: [], runs: ["r"], models: [] } }]);
    store.failure = new AppError("store/unreachable", "Gone.");
    await catalog.poll(signal);
    store.failure = null;
    await catalog.poll(signal);
    expect(told[1]).toEqual({ storeId: id, change: { experiments: "all", runs: "all", models: "all" } });
  });

  it("does not look at stores that nobody opened", async () => {
    await catalog.poll(signal);
    expect(opened).toBe(0);
  });
});
