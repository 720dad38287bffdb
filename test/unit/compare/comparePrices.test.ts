import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import type { ComparisonJson } from "../../../src/core/compare/toJson";
import { seededStore, type SeededRun } from "../../builders/costStore";
import { mlops } from "../../builders/memoryHost";

const HOUR = 3_600_000;
const START = Date.UTC(2026, 10, 10, 12);
const scored = (f1: number): NonNullable<SeededRun["metrics"]> => ({ f1: [[START, f1]] });

/** Two runs on the product's machine, one that got worse, and one on a machine that has no price. */
const RUNS: readonly SeededRun[] = [
  { id: "base", start: START, end: START + 10 * HOUR, metrics: scored(0.8) },
  { id: "better", start: START, end: START + 20 * HOUR, metrics: scored(0.85) },
  { id: "worse", start: START, end: START + 11 * HOUR, metrics: scored(0.7) },
  { id: "elsewhere", start: START, end: START + HOUR, metrics: scored(0.9), tags: { "mlops.instance": "tpu" } },
];
const PRODUCT = `version: 1
name: churn-model
tracking: {uri: mlflow.db, experiment: churn}
train: {resources: {instance: gpu-a10}}
kpis: [{name: f1, target: ">= 0.8"}]
`;
const PRICES = "version: 1\nprices: {currency: EUR, instances: {gpu-a10: 1.30}}\n";

function workspace(policy: string | null = PRICES): string {
  const folder = dirname(seededStore(RUNS));
  writeFileSync(join(folder, "mlops.yaml"), PRODUCT);
  if (policy !== null) {
    mkdirSync(join(folder, ".mlops"));
    writeFileSync(join(folder, ".mlops", "policy.yaml"), policy);
  }
  return folder;
}

const compare = (cwd: string, ...more: readonly string[]): ReturnType<typeof mlops> =>
  mlops(["compare", "--store", "mlflow.db", ...RUNS.flatMap(({ id }) => ["--run", id]), ...more], { cwd });

async function json(cwd: string, ...more: readonly string[]): Promise<ComparisonJson> {
  return JSON.parse((await compare(cwd, "--json", ...more)).stdout) as ComparisonJson;
}

describe("prices in mlops compare", () => {
  it("stand at each run, and as what each gain cost against the baseline", async () => {
    const { runs, rows } = await json(workspace(), "--baseline", "base");
    expect(runs.map(({ price }) => price)).toEqual([
      { amount: 13, currency: "EUR" },
      { amount: 26, currency: "EUR" },
      { amount: expect.closeTo(14.3, 9) as number, currency: "EUR" },
      null,
    ]);
    expect(runs.map(({ price_note }) => price_note)).toEqual([
      ...[undefined, undefined, undefined],
      "No price is known: the policy has none for tpu.",
    ]);
    const prices = rows.filter(({ key }) => key.startsWith("price"));
    expect(prices.map(({ key }) => key)).toEqual(["price (EUR)", "price per +0.01 of f1 (EUR)"]);
    expect(prices[0]?.values).toEqual([13, 26, expect.closeTo(14.3, 9), null]);
    // 13 EUR more for 5 steps; where the KPI is no better, or no price is known, nothing was bought.
    expect(prices[1]?.values).toEqual([null, expect.closeTo(2.6, 9), null, null]);
  });

  it("have no price of a gain without a baseline", async () => {
    const { rows } = await json(workspace());
    expect(rows.filter(({ key }) => key.startsWith("price")).map(({ key }) => key)).toEqual(["price (EUR)"]);
  });

  it("are shown as text and Markdown, where a missing one is said and its reason told", async () => {
    const folder = workspace();
    const { code, stdout, stderr } = await compare(folder, "--baseline", "base");
    expect(code).toBe(0);
    const cells = (begin: string): readonly string[] | undefined =>
      stdout
        .split("\n")
        .find((line) => line.includes(begin))
        ?.trim()
        .split(/ {2,}/)
        .filter((cell) => !/^[+−]/.test(cell));
    expect(cells("price (EUR)")).toEqual(["summary", "price (EUR)", "13", "26", "14.3", "no price known"]);
    expect(cells("price per")?.slice(2)).toEqual(["–", "2.6", "–", "–"]);
    expect(stderr).toContain("name of elsewhere: No price is known: the policy has none for tpu.\n");
    const markdown = (await compare(folder, "--markdown")).stdout;
    expect(markdown).toMatch(/\| summary \| .*EUR.* \| 13 \| 26 \| 14\.3 \| no price known \|/);
  });

  it("are neither looked for nor spoken of where no policy names one", async () => {
    for (const policy of [null, "version: 1\nidle: {for: 30m}\n"]) {
      const folder = workspace(policy);
      const { runs, rows } = await json(folder, "--baseline", "base");
      expect(runs.map(({ price, price_note }) => [price, price_note])).toEqual(RUNS.map(() => [null, undefined]));
      expect(rows.some(({ key }) => key.startsWith("price"))).toBe(false);
      expect((await compare(folder)).stderr).not.toContain("price");
    }
  });
});
