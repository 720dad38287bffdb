import { describe, expect, it } from "vitest";

import { holdStores } from "../../../src/core/tracking/heldStores";
import type { StoreLocation } from "../../../src/core/tracking/storeLocation";
import { MemoryStore } from "../../fakes/memoryStore";

const NEVER = new AbortController().signal;
const PAGE = { lifecycle: "active", pageSize: 10 } as const;
const A: StoreLocation = { kind: "file", path: "/a/mlruns" };
const B: StoreLocation = { kind: "file", path: "/b/mlruns" };

class CountedStore extends MemoryStore {
  disposals = 0;
  override dispose(): void {
    this.disposals++;
  }
}

function setUp(): { readonly stores: CountedStore[]; readonly opened: StoreLocation[]; readonly held: ReturnType<typeof holdStores> } {
  const stores: CountedStore[] = [];
  const opened: StoreLocation[] = [];
  const held = holdStores({
    open: (location) => {
      opened.push(location);
      const store = new CountedStore();
      stores.push(store);
      return Promise.resolve(store);
    },
  });
  return { stores, opened, held };
}

describe("holdStores", () => {
  it("opens a store once for all who ask, and each place by itself", async () => {
    const { opened, held } = setUp();
    const [first, second] = await Promise.all([held.open(A, NEVER), held.open(A, NEVER)]);
    await held.open(B, NEVER);
    expect(first).toBe(second);
    expect(opened).toEqual([A, B]);
  });

  it("asks each question once, tells different questions apart, and asks anew after it was told to forget", async () => {
    const { stores, held } = setUp();
    const store = await held.open(A, NEVER);
    await Promise.all([store.searchExperiments(PAGE, NEVER), store.searchExperiments({ ...PAGE }, NEVER)]);
    await store.searchExperiments({ ...PAGE, lifecycle: "deleted" }, NEVER);
    await store.searchModelVersions("churn", PAGE, NEVER);
    await store.searchModelVersions("price", PAGE, NEVER);
    const calls = stores[0]?.calls ?? [];
    expect(calls).toHaveLength(4);
    held.forget();
    await store.searchExperiments(PAGE, NEVER);
    expect(calls).toHaveLength(5);
  });

  it("sees after forgetting what has changed, and not before", async () => {
    const { stores, held } = setUp();
    const store = await held.open(A, NEVER);
    expect((await store.searchRegisteredModels(PAGE, NEVER)).items).toEqual([]);
    stores[0]?.models.push({
      ...{ name: "churn", description: "", creationTime: 1, lastUpdatedTime: 1, aliases: new Map(), tags: new Map(), versionCount: 0 },
    });
    expect((await store.searchRegisteredModels(PAGE, NEVER)).items).toEqual([]);
    held.forget();
    expect((await store.searchRegisteredModels(PAGE, NEVER)).items.map(({ name }) => name)).toEqual(["churn"]);
  });

  it("does not hold a failure", async () => {
    const { stores, held } = setUp();
    const store = await held.open(A, NEVER);
    const [real] = stores;
    Object.assign(real ?? {}, { failure: new Error("the server is gone") });
    await expect(store.searchExperiments(PAGE, NEVER)).rejects.toThrow("the server is gone");
    Object.assign(real ?? {}, { failure: null });
    expect((await store.searchExperiments(PAGE, NEVER)).items).toEqual([]);
  });

  it("lets one who gives up leave, without taking the answer from the others", async () => {
    const { held } = setUp();
    const store = await held.open(A, NEVER);
    const leaving = new AbortController();
    const left = store.searchExperiments(PAGE, leaving.signal);
    const stayed = store.searchExperiments(PAGE, NEVER);
    leaving.abort(new Error("closed"));
    await expect(left).rejects.toThrow("closed");
    expect((await stayed).items).toEqual([]);
  });

  it("never holds curves, artifacts and looks for changes", async () => {
    const { stores, held } = setUp();
    const store = await held.open(A, NEVER);
    for (let round = 0; round < 2; round++) {
      await store.getMetricHistories(["1"], "f1", { maxPoints: 10 }, NEVER);
      await store.listArtifacts({ kind: "run", runId: "1" }, "", NEVER);
      await store.checkForChanges(NEVER);
    }
    expect(stores[0]?.calls).toHaveLength(6);
  });

  it("closes stores itself, also one that was still being opened, and leaves them open for those who are done", async () => {
    const { stores, held } = setUp();
    (await held.open(A, NEVER)).dispose();
    expect(stores[0]?.disposals).toBe(0);
    const late = held.open(B, NEVER);
    held.dispose();
    await late;
    expect(stores.map(({ disposals }) => disposals)).toEqual([1, 1]);
  });
});
