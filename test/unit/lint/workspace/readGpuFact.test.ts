import { dirname } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { openSqliteStore } from "../../../../src/adapters/mlflowSqlite/openSqliteStore";
import { openLintRegistry } from "../../../../src/adapters/node/lintRegistry";
import type { Fact, GpuUseFact } from "../../../../src/core/lint/lintFacts";
import { seededStore, type SeededRun } from "../../../builders/costStore";

const signal = new AbortController().signal;
const START = Date.UTC(2026, 10, 10);
const points = (values: readonly number[]): [number, number][] => values.map((value, index) => [START + index * 10_000, value]);
const gpu = (index: number, values: readonly number[]): Record<string, [number, number][]> => ({
  [`system/gpu_${index}_utilization_percentage`]: points(values),
});

async function ask(runs: readonly SeededRun[], experiment = "churn"): Promise<Fact<GpuUseFact | null>> {
  const path = seededStore(runs);
  const registry = openLintRegistry(dirname(path), {
    open: (location, cancel) => openSqliteStore(location.kind === "rest" ? "" : location.path, cancel),
  });
  onTestFinished(() => registry.dispose());
  return registry.gpuUse("", "sqlite:///mlflow.db", experiment, 5, signal);
}

const run = (id: string, metrics: SeededRun["metrics"], changes: Partial<SeededRun> = {}): SeededRun => ({
  ...{ id, start: START, end: START + 60_000, metrics: metrics ?? {} },
  ...changes,
});

describe("graphics processors that a product needs", () => {
  it("are as many as the run that kept most of them busy needed", async () => {
    const busy = [90, 90, 90];
    const idle = [0, 0, 0];
    const value = await ask([
      run("one", { ...gpu(0, busy), ...gpu(1, idle), ...gpu(2, idle), ...gpu(3, idle) }),
      run("two", { ...gpu(0, busy), ...gpu(1, busy), ...gpu(2, idle), ...gpu(3, idle) }),
      run("failed", { ...gpu(0, busy), ...gpu(1, busy), ...gpu(2, busy), ...gpu(3, busy) }, { status: "FAILED" }),
      run("silent", { f1: [[START, 1]] }),
    ]);
    expect(value).toEqual({ known: true, value: { runs: 2, needed: 2, idleShare: 5 / 8 } });
  });

  it("are fewer where all of them wait most of the time, and one without a number counts as needed", async () => {
    const mostly = [0, 0, 80, 0, 0];
    const value = await ask([
      run("a", {
        ...gpu(0, mostly),
        ...gpu(1, mostly),
        ...gpu(2, mostly),
        ...gpu(3, mostly),
        "system/gpu_4_memory_usage_percentage": points([70, 70]),
      }),
    ]);
    expect(value).toMatchObject({ known: true, value: { runs: 1, needed: 2, idleShare: 0.75 } });
  });

  it("are not known where no run measured them", async () => {
    expect(await ask([run("silent", { f1: [[START, 1]] })])).toEqual({ known: true, value: null });
    expect(await ask([run("a", gpu(0, [1, 1]))], "no such experiment")).toEqual({ known: true, value: null });
  });
});
