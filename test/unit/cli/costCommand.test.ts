import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import { seededStore, type SeededRun } from "../../builders/costStore";
import { mlops } from "../../builders/memoryHost";
import { scratchFolder } from "../../builders/sqliteDatabase";

const HOUR = 3_600_000;
const START = Date.UTC(2026, 10, 10, 12);
const TODAY = ["--today", "2026-11-16"];
const METRICS = { f1: [[START, 0.8]] } as const;
const PRINT = { "mlops.fingerprint": "sha256:1" };

const RUNS: readonly SeededRun[] = [
  { id: "first", start: START, end: START + 2 * HOUR, metrics: METRICS, tags: PRINT },
  { id: "again", start: START + 3 * HOUR, end: START + 5 * HOUR, metrics: METRICS, tags: PRINT, user: "leo" },
  { id: "other", start: START, end: START + HOUR, metrics: METRICS, experiment: "elsewhere" },
  { id: "older", start: START - 30 * 24 * HOUR, end: START - 30 * 24 * HOUR + HOUR, metrics: METRICS },
];

/** A workspace with one product and one store. */
function workspace(runs: readonly SeededRun[] = RUNS): string {
  const folder = dirname(seededStore(runs));
  const write = (path: string, text: string): void => {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  };
  write(
    "mlops.yaml",
    "version: 1\nname: churn-model\nstage: development\ntracking: {uri: mlflow.db, experiment: churn}\ntrain: {resources: {instance: gpu-a10}}\ncost: {budget: 900 EUR/month}\n",
  );
  write(".mlops/policy.yaml", "version: 1\nprices: {currency: EUR, instances: {gpu-a10: 1.30}}\n");
  return folder;
}

describe("mlops cost", () => {
  it("shows the month by product with budget, forecast and what has no price", async () => {
    const { code, stdout, stderr } = await mlops(["cost", ...TODAY], { cwd: workspace() });
    expect(code).toBe(0);
    const lines = stdout.split("\n");
    expect(lines[0]).toMatch(/^Cost of runs in 2026-11, months as in /);
    expect(lines.find((line) => line.startsWith("churn-model"))?.split(/ {2,}/)).toEqual([
      "churn-model",
      "5.20 EUR",
      "4.0",
      "2",
      "900.00 EUR",
      expect.stringMatching(/^10\.\d\d EUR$/),
    ]);
    expect(lines.find((line) => line.startsWith("No product"))?.split(/ {2,}/)).toEqual(["No product", "no price known", "1.0", "1"]);
    expect(stdout).toContain("One run brought nothing".replace("One", "1"));
    expect(stderr).toContain("On which kind of machine one run worked is not known.");
  });

  it("names what deleted runs took, apart", async () => {
    const gone: SeededRun = { id: "gone", start: START, end: START + 5 * HOUR, metrics: METRICS, isDeleted: true };
    const folder = workspace([...RUNS, gone]);
    const { stdout } = await mlops(["cost", ...TODAY], { cwd: folder });
    expect(stdout).toMatch(/^churn-model +11\.70 EUR +9\.0 +3 /m);
    expect(stdout).toContain("\nOf it one deleted run: 5.0 hours, 6.50 EUR.\n");
    expect((await mlops(["cost", ...TODAY, "--markdown"], { cwd: folder })).stdout).toContain(
      "Of it one deleted run: 5.0 hours, 6.50 EUR.",
    );
    const report = JSON.parse((await mlops(["cost", ...TODAY, "--json"], { cwd: folder })).stdout) as { all: { total: object } };
    expect(report.all.total).toMatchObject({ deleted_runs: 1, deleted_hours: 5, deleted_amount: 6.5 });
    expect((await mlops(["cost", ...TODAY], { cwd: workspace() })).stdout).not.toContain("deleted");
  });

  it("gives JSON by every dimension, with the same figures", async () => {
    const { stdout } = await mlops(["cost", ...TODAY, "--json"], { cwd: workspace() });
    const report = JSON.parse(stdout) as {
      all: { total: { hours: number; unpriced_runs: number } };
      by: Record<string, { label: string; total: { amount: number } }[]>;
      waste: { total: { amount: number }; cannot_tell: unknown[] };
    };
    expect(report.all.total).toMatchObject({ hours: 6, unpriced_runs: 1 });
    expect(Object.keys(report.by).sort()).toEqual(["experiment", "model", "person", "product"]);
    expect(report.by["person"]?.map(({ label, total }) => [label, Number(total.amount.toFixed(2))])).toEqual([
      ["ana", 3.9],
      ["leo", 2.6],
    ]);
    expect(report.waste.total.amount).toBeCloseTo(2.6, 12);
  });

  it("names waste with what to do, of one month where one is asked for", async () => {
    const folder = workspace();
    const all = await mlops(["cost", ...TODAY, "--waste", "--by", "person"], { cwd: folder });
    expect(all.stdout).toContain("1 run brought nothing: 2.0 hours, 2.60 EUR.");
    expect(all.stdout).toContain("first again");
    const october = await mlops(["cost", ...TODAY, "--month", "2026-10"], { cwd: folder });
    expect(october.stdout).toContain("No waste was found in runs that began in 2026-10.");
    expect(october.stdout).toMatch(/churn-model +1\.30 EUR +1\.0 +1 +900\.00 EUR\n/);
    const empty = await mlops(["cost", ...TODAY, "--month", "2020-01"], { cwd: folder });
    expect(empty.stdout).toContain("No run worked in this month.");
  });

  it("reads only the store that is named, and writes Markdown that data cannot break", async () => {
    const folder = workspace();
    const named = dirname(seededStore([{ id: "x", start: START, end: START + HOUR, experiment: "a | b\n# c", metrics: METRICS }]));
    const { stdout } = await mlops(["cost", ...TODAY, "--markdown", "--by", "experiment", "--store", join(named, "mlflow.db")], {
      cwd: folder,
    });
    expect(stdout).toContain("| a \\| b \\# c | no price known | 1.0 | 1 |  |  |");
    expect(stdout).not.toContain("churn");
  });

  it("says what is wrong in one sentence", async () => {
    const folder = workspace();
    for (const [args, words] of [
      [["--by", "moon"], '--by does not take "moon".'],
      [["--month", "2026-13"], "--month takes a month as YYYY-MM."],
      [["--json", "--markdown"], "exclude each other"],
    ] as const) {
      const { code, stderr, stdout } = await mlops(["cost", ...args], { cwd: folder });
      expect([code, stdout]).toEqual([2, ""]);
      expect(stderr).toContain(words);
    }
    const nothing = await mlops(["cost"], { cwd: scratchFolder() });
    expect(nothing.code).toBe(2);
    expect(nothing.stderr).toContain("There is no store of runs");
  });
});
