import { describe, expect, it, onTestFinished } from "vitest";
import { openSqliteStore } from "../../../src/adapters/mlflowSqlite/openSqliteStore";
import { EMPTY_POLICY } from "../../../src/core/config/policy";
import { priceRun } from "../../../src/core/cost/priceRun";
import { StoreCatalog } from "../../../src/core/tracking/storeCatalog";
import { storeIdOf } from "../../../src/core/tracking/storeLocation";
import { RunPageReads } from "../../../src/editor/runs/runPageReads";
import type { RunCostView } from "../../../src/protocol/runPage";
import { seededStore } from "../../builders/costStore";

const signal = new AbortController().signal;
const START = Date.UTC(2026, 10, 10);
const HOUR = 3_600_000;
const gpu = (values: readonly number[]): [number, number][] => values.map((value, index) => [START + index * 10_000, value]);

const path = (): string =>
  seededStore([
    {
      ...{ id: "busy", start: START, end: START + 2 * HOUR, tags: { "mlops.instance": "gpu" } },
      metrics: {
        "system/gpu_0_utilization_percentage": gpu([90, 90, 90, 0, 0]),
        "system/gpu_0_memory_usage_percentage": gpu([50, 50, 50, 50, 1]),
      },
    },
    { id: "plain", start: START, end: START + HOUR },
  ]);

async function costOf(runId: string): Promise<RunCostView | null> {
  const location = { kind: "sqlite", path: path() } as const;
  const catalog = new StoreCatalog({ open: (place, cancel) => openSqliteStore(place.kind === "rest" ? "" : place.path, cancel) }, Date.now);
  onTestFinished(() => catalog.dispose());
  catalog.setFound([{ location, label: "mlflow.db", origin: "folder" }]);
  const policy = { ...EMPTY_POLICY, prices: { currency: "EUR", instances: new Map([["gpu", 1.3]]) } };
  const folder = { policy, products: [], instanceOf: () => Promise.resolve(null) };
  const reads = new RunPageReads(catalog, { storeId: storeIdOf(location), runId }, () =>
    Promise.resolve({
      price: async (run, place, cancel) => {
        const priced = await priceRun(run, place, [folder], START, cancel);
        return priced ?? { cost: null, ms: null, instance: null, note: null, gpuBelow: 5 };
      },
    }),
  );
  return (await reads.related(await reads.run(signal), signal)).cost;
}

describe("the page of a run", () => {
  it("says what it cost and how it used its graphics processors", async () => {
    expect(await costOf("busy")).toEqual({
      ...{ price: { amount: 2.6, currency: "EUR" }, instance: "gpu", note: null },
      gpus: { count: 1, hours: 40 / 3600, idleHours: 20 / 3600, parkedHours: 10 / 3600 },
    });
  });

  it("says why no price is known, and nothing of processors that were not measured", async () => {
    expect(await costOf("plain")).toEqual({
      ...{ price: null, instance: null, gpus: null },
      note: "No price is known: neither the tag mlops.instance nor train.resources.instance names a kind of machine.",
    });
  });
});
