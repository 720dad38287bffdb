import { describe, expect, it } from "vitest";
import { EMPTY_POLICY, type Policy } from "../../../src/core/config/policy";
import type { CostedProduct } from "../../../src/core/cost/costedProduct";
import { priceRun, type PricedFolder } from "../../../src/core/cost/priceRun";
import { aRun } from "../../fakes/memoryStore";

const signal = new AbortController().signal;
const START = Date.UTC(2026, 10, 10, 12);
const policy: Policy = {
  ...EMPTY_POLICY,
  prices: {
    currency: "EUR",
    instances: new Map([
      ["gpu", 2],
      ["cpu", 1],
      ["tpu", 8],
    ]),
  },
};
const product: CostedProduct = {
  ...{ config: "churn/mlops.yaml", name: "churn", storeId: "s", experiment: "churn", model: null, instance: "gpu", budget: null },
};

function price(
  tags: Readonly<Record<string, string>>,
  folders: readonly PricedFolder[],
  experiment = "churn",
): ReturnType<typeof priceRun> {
  const run = aRun("r", { startTime: START, endTime: START + 1_800_000, tags: new Map(Object.entries(tags)) });
  return priceRun(run, { storeId: "s", experiment }, folders, START, signal);
}

describe("the price of one run", () => {
  const asked: string[] = [];
  const folder: PricedFolder = {
    ...{ policy, products: [product] },
    instanceOf: (job, config) => {
      asked.push(`${job} of ${config}`);
      return Promise.resolve(job === "j1" ? "cpu" : null);
    },
  };

  it("asks the tag, then the job's plan, then the product", async () => {
    expect(await price({}, [folder])).toMatchObject({
      cost: { amount: 1, currency: "EUR" },
      instance: { name: "gpu", from: "product" },
      note: null,
    });
    expect(await price({ "mlops.job": "j1" }, [folder])).toMatchObject({ cost: { amount: 0.5 }, instance: { name: "cpu", from: "job" } });
    expect(await price({ "mlops.job": "j2" }, [folder])).toMatchObject({ cost: { amount: 1 }, instance: { from: "product" } });
    expect(await price({ "mlops.job": "j1", "mlops.instance": "tpu" }, [folder])).toMatchObject({
      cost: { amount: 4 },
      instance: { from: "tag" },
    });
    expect(asked).toEqual(["j1 of churn/mlops.yaml", "j2 of churn/mlops.yaml", "j1 of churn/mlops.yaml"]);
  });

  it("says why there is none", async () => {
    expect(await price({}, [folder], "other")).toMatchObject({
      cost: null,
      note: expect.stringContaining("neither the tag mlops.instance") as string,
    });
    expect(await price({ "mlops.instance": "moon" }, [folder])).toMatchObject({
      cost: null,
      note: "No price is known: the policy has none for moon.",
    });
    expect(await price({}, [{ ...folder, policy: EMPTY_POLICY }])).toMatchObject({
      note: "No price is known: the policy names no currency.",
    });
    expect(await price({}, [])).toBeNull();
  });

  it("says of a part of another run that its price may hold this one", async () => {
    const run = aRun("r", { startTime: START, endTime: START + 1_800_000, parentRunId: "p" });
    expect((await priceRun(run, { storeId: "s", experiment: "churn" }, [folder], START, signal))?.note).toContain("a part of another run");
  });
});
