import { describe, expect, it } from "vitest";
import { compareRuns } from "../../../src/core/compare/compareRuns";
import type { ComparedRun } from "../../../src/core/compare/comparedRun";
import { withGainPrices } from "../../../src/core/compare/withGainPrices";
import { pricePerGain } from "../../../src/core/cost/pricePerGain";
import { aRun } from "../../fakes/memoryStore";

describe("the price of a gain", () => {
  it("is what a run cost more for each 0.01 of a KPI", () => {
    expect(pricePerGain({ amount: 15, value: 0.82 }, { amount: 10, value: 0.8 }, "up")).toBeCloseTo(2.5, 9);
    expect(pricePerGain({ amount: 8, value: 0.81 }, { amount: 10, value: 0.8 }, "up")).toBeCloseTo(-2, 9);
    expect(pricePerGain({ amount: 11, value: 0.3 }, { amount: 10, value: 0.4 }, "down")).toBeCloseTo(0.1, 9);
  });

  it("is none where nothing was bought, or nobody knows", () => {
    const base = { amount: 10, value: 0.8 };
    for (const run of [
      { amount: 15, value: 0.8 },
      { amount: 15, value: 0.7 },
      { amount: null, value: 0.9 },
      { amount: 15, value: null },
    ]) {
      expect(pricePerGain(run, base, "up")).toBeNull();
    }
    expect(pricePerGain({ amount: 15, value: 0.9 }, { amount: null, value: 0.8 }, "up")).toBeNull();
  });
});

describe("a comparison with prices", () => {
  const compared = (runId: string, amount: number | null, f1: number, currency = "EUR"): ComparedRun => ({
    run: aRun(runId, { metrics: new Map([["f1", { value: f1, timestamp: 1, step: 0 }]]) }),
    ...{ storeId: "s", store: "s", experiment: "churn", versions: [], environment: null, problem: null },
    price: amount === null ? null : { amount, currency },
  });
  const keys = (runs: readonly ComparedRun[], baseline: number | null, kpi = "f1"): readonly (readonly [string, readonly unknown[]])[] =>
    withGainPrices(compareRuns(runs, 0), baseline, new Map([[kpi, "up"]]))
      .rows.filter(({ key }) => key.startsWith("price"))
      .map(({ key, values }) => [key, values.map((value) => (typeof value === "number" ? Number(value.toFixed(6)) : value))]);

  it("shows them, and the price of a gain against the baseline below", () => {
    const runs = [compared("a", 10, 0.8), compared("b", 15, 0.82), compared("c", null, 0.9), compared("d", 12, 0.7)];
    expect(keys(runs, null)).toEqual([["price (EUR)", [10, 15, null, 12]]]);
    expect(keys(runs, 0)).toEqual([
      ["price (EUR)", [10, 15, null, 12]],
      ["price per +0.01 of f1 (EUR)", [null, 2.5, null, null]],
    ]);
  });

  it("shows none without prices, without a KPI of that name, and across currencies", () => {
    expect(keys([compared("a", null, 0.8), compared("b", null, 0.9)], 0)).toEqual([]);
    expect(keys([compared("a", 1, 0.8), compared("b", 2, 0.9)], 0, "auc")).toEqual([["price (EUR)", [1, 2]]]);
    expect(keys([compared("a", 1, 0.8), compared("b", 2, 0.9, "USD")], 0)).toEqual([
      ["price (EUR)", [1, null]],
      ["price (USD)", [null, 2]],
    ]);
  });
});
