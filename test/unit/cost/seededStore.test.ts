import { describe, expect, it } from "vitest";
import { openSqliteStore } from "../../../src/adapters/mlflowSqlite/openSqliteStore";
import { CostDesk } from "../../../src/core/cost/costDesk";
import type { CostQuestion } from "../../../src/core/cost/costReader";
import type { CostReport } from "../../../src/core/cost/costReport";
import { seededStore, type SeededRun } from "../../builders/costStore";

const signal = new AbortController().signal;
const HOUR = 3_600_000;
const at = (text: string): number => Date.parse(text);
const TEN = 10_000;

/** Points each ten seconds. */
function every(start: number, values: readonly (number | null)[], step = TEN): [number, number | null][] {
  return values.map((value, index) => [start + index * step, value]);
}

async function ask(runs: readonly SeededRun[], wish: Partial<CostQuestion> = {}): Promise<CostReport> {
  const path = seededStore(runs);
  const desk = new CostDesk(async (location, cancel) => openSqliteStore(location.kind === "rest" ? "" : location.path, cancel));
  try {
    return await desk.report(
      {
        stores: [{ kind: "sqlite", path }],
        products: [
          {
            ...{ config: "churn/mlops.yaml", name: "churn-model", storeId: `sqlite:${path}`, experiment: "churn", model: null },
            ...{ instance: "gpu-a10", budget: { amount: 900, currency: "EUR" } },
          },
        ],
        prices: {
          currency: "EUR",
          instances: new Map([
            ["gpu-a10", 1.3],
            ["cpu-8", 0.42],
          ]),
        },
        now: at("2026-11-16T00:00:00+01:00"),
        ...{ others: [], jobs: [], problems: [], gpuBelow: 5, timeZone: "Europe/Berlin" },
        ...wish,
      },
      signal,
    );
  } finally {
    desk.dispose();
  }
}

const NOV = at("2026-11-10T08:00:00Z");
const METRIC = { f1: [[NOV, 0.8]] } as const;
const TRACKED = { "mlflow.source.git.commit": "c0ffee", "mlflow.source.name": "train.py" };

describe("a store whose figures are known", () => {
  it("gives exactly its hours and money by product, model, experiment, person and month", async () => {
    const report = await ask([
      { id: "a", start: NOV, end: NOV + 2 * HOUR, metrics: METRIC, model: "churn" },
      { id: "b", start: NOV, end: NOV + HOUR, metrics: METRIC, user: "leo", tags: { "mlops.instance": "cpu-8" } },
      { id: "c", start: NOV, end: NOV + HOUR, metrics: METRIC, experiment: "other" },
      // Half of its four hours are in October, as Berlin has it, and none in London's.
      { id: "d", start: at("2026-10-31T22:00:00+01:00"), end: at("2026-11-01T02:00:00+01:00"), metrics: METRIC },
      { id: "gone", start: NOV, end: NOV + 50 * HOUR, isDeleted: true },
    ]);
    expect(report.currency).toBe("EUR");
    expect(report.all.total).toMatchObject({ runs: 5, hours: 58, unpricedRuns: 1, unpricedHours: 1, deletedRuns: 1, deletedHours: 50 });
    // What was deleted was paid all the same.
    expect(report.all.total.amount).toBeCloseTo(56 * 1.3 + 0.42, 12);
    expect(report.all.total.deletedAmount).toBeCloseTo(50 * 1.3, 12);
    expect(report.dearest.map(({ runId }) => runId)).not.toContain("gone");
    const [product, none] = report.by.product;
    expect([product?.key, product?.label, none?.key]).toEqual(["churn/mlops.yaml", "churn-model", null]);
    expect(product?.months.map(({ month, hours, runs, budget }) => [month, hours, runs, budget])).toEqual([
      ["2026-11", 55, 4, 900],
      ["2026-10", 2, 1, 900],
    ]);
    // Half of November is over.
    expect(product?.months[0]?.forecast).toBeCloseTo(2 * (54 * 1.3 + 0.42), 11);
    expect(product?.months[1]?.forecast).toBeNull();
    expect(none?.total).toMatchObject({ amount: 0, runs: 1, hours: 1, unpricedRuns: 1 });
    expect(report.by.person.map(({ label, total }) => [label, total.hours])).toEqual([
      ["ana", 57],
      ["leo", 1],
    ]);
    expect(report.by.model.map(({ label, total }) => [label, total.hours])).toEqual([
      ["No registered model", 56],
      ["churn", 2],
    ]);
    expect(report.by.experiment.map(({ label }) => label)).toEqual(["churn", "other"]);
    expect(report.dearest.map(({ runId, hours }) => [runId, hours])).toEqual([
      ["d", 4],
      ["a", 2],
      ["b", 1],
    ]);
    expect(report.problems).toEqual([
      "On which kind of machine one run worked is not known. Set train.resources.instance, or the tag mlops.instance.",
    ]);
  });

  it("finds repeats by fingerprint and by what the tracker tells, and counts what nobody can tell", async () => {
    const print = { "mlops.fingerprint": "sha256:1" };
    const run = (id: string, hour: number, changes: Partial<SeededRun> = {}): SeededRun => ({
      ...{ id, start: NOV + hour * HOUR, end: NOV + (hour + 1) * HOUR, metrics: METRIC },
      ...changes,
    });
    const tracked = { tags: TRACKED, params: { lr: "0.1", depth: "6" }, data: { train: "d1" } };
    const { waste } = await ask([
      run("f1", 0, { tags: print }),
      run("f2", 2, { tags: { ...print, "mlops.job": "j2" } }),
      run("f2b", 3, { tags: { ...print, "mlops.job": "j2" } }),
      run("f3", 4, { tags: { ...print, "mlops.again_because": "a new driver" } }),
      run("f4", 5, { tags: print, status: "FAILED" }),
      run("t1", 1, tracked),
      run("t2", 6, { ...tracked, params: { depth: "6", lr: "0.1" } }),
      run("seed", 7, { ...tracked, params: { lr: "0.1", depth: "6", seed: "2" } }),
      run("data", 8, { ...tracked, data: { train: "d2" } }),
      run("code", 9, { ...tracked, tags: { ...TRACKED, "mlflow.source.git.commit": "beef" } }),
      run("program", 9, { ...tracked, tags: { ...TRACKED, "mlflow.source.name": "other.py" } }),
      run("dirty", 10, { ...tracked, tags: { ...TRACKED, "mlflow.source.git.dirty": "True" } }),
      run("none", 11),
      run("nodata", 12, { tags: TRACKED, params: { lr: "0.1" } }),
      run("noparams", 12, { tags: TRACKED, data: { train: "d1" } }),
    ]);
    expect(waste.groups.map(({ kind, runs, waste: sum }) => [kind, runs.map(({ runId }) => runId), sum.hours])).toEqual([
      ["redundant", ["f1", "f2", "f2b"], 2],
      ["redundant", ["t1", "t2"], 1],
    ]);
    expect(waste.groups[0]?.reason).toBe(
      "2 runs trained again what the first had trained: data, code and parameters were the same, byte by byte.",
    );
    expect(waste.total).toMatchObject({ runs: 3, hours: 3, unpricedRuns: 0 });
    expect(waste.total.amount).toBeCloseTo(3 * 1.3, 12);
    expect(waste.cannotTell).toEqual([
      { why: "Files had been changed since its commit.", runs: 1 },
      { why: "It does not say from which commit it was made.", runs: 1 },
      { why: "It does not say which data it read.", runs: 1 },
      { why: "It logged no parameters.", runs: 1 },
    ]);
  });

  it("finds long failures, runs without a result and runs that died, each once", async () => {
    const { waste, all } = await ask([
      { id: "long", status: "FAILED", start: NOV, end: NOV + 3 * HOUR },
      { id: "short", status: "FAILED", start: NOV, end: NOV + HOUR },
      { id: "stopped", status: "KILLED", start: NOV, end: NOV + 5 * HOUR },
      { id: "empty", start: NOV, end: NOV + HOUR, metrics: { "system/cpu_utilization_percentage": [[NOV, 3]] } },
      { id: "model", start: NOV, end: NOV + HOUR, tags: { "mlflow.log-model.history": "[]" } },
      { id: "dead", status: "RUNNING", start: at("2026-11-01T00:00:00Z"), end: null, metrics: { f1: [[at("2026-11-01T04:00:00Z"), 1]] } },
      { id: "silent", status: "RUNNING", start: at("2026-11-02T00:00:00Z"), end: null },
      { id: "alive", status: "RUNNING", start: at("2026-11-01T00:00:00Z"), end: null, metrics: { f1: [[at("2026-11-14T00:00:00Z"), 1]] } },
    ]);
    expect(
      waste.groups.map(({ kind, runs, waste: { hours, unpricedRuns } }) => [kind, runs.map(({ runId }) => runId), hours, unpricedRuns]),
    ).toEqual([
      ["long_failure", ["stopped"], 5, 0],
      ["dead", ["dead", "silent"], 4, 1],
      ["long_failure", ["long"], 3, 0],
      ["no_result", ["empty"], 1, 0],
    ]);
    expect(waste.total).toMatchObject({ runs: 5, hours: 13, unpricedRuns: 1 });
    // The one that works is paid until now: fourteen days and 23 hours.
    expect(all.total.hours).toBeCloseTo(3 + 1 + 5 + 1 + 1 + 4 + 359, 3);
  });

  it("does not pay the parts of a run twice, and pays those that ran elsewhere", async () => {
    const part = { "mlflow.parentRunId": "parent" };
    const { all, waste } = await ask([
      { id: "parent", start: NOV, end: NOV + 4 * HOUR },
      { id: "inside", start: NOV, end: NOV + 2 * HOUR, tags: part, metrics: METRIC },
      { id: "later", start: NOV + 3 * HOUR, end: NOV + 6 * HOUR, tags: part, metrics: METRIC },
      { id: "elsewhere", start: NOV, end: NOV + HOUR, tags: { ...part, "mlops.instance": "cpu-8" }, metrics: METRIC },
    ]);
    expect(all.total).toMatchObject({ runs: 4, hours: 4 + 0 + 2 + 1 });
    expect(all.total.amount).toBeCloseTo(6 * 1.3 + 0.42, 12);
    expect(waste.groups).toEqual([]);
  });

  it("takes the machine from the job's plan before the product's file, and ends a dead run with its job", async () => {
    const { all, waste } = await ask(
      [
        { id: "planned", start: NOV, end: NOV + HOUR, metrics: METRIC, tags: { "mlops.job": "j1" } },
        { id: "left", status: "RUNNING", start: NOV, end: null, tags: { "mlops.job": "j2" }, experiment: "elsewhere" },
      ],
      {
        jobs: [
          { id: "j1", config: "churn/mlops.yaml", instance: "cpu-8", endedAt: NOV + HOUR },
          { id: "j2", config: "churn/mlops.yaml", instance: null, endedAt: NOV + 2 * HOUR },
        ],
      },
    );
    expect(all.total.amount).toBeCloseTo(0.42 + 2 * 1.3, 12);
    expect(waste.groups.map(({ kind, waste: { hours } }) => [kind, hours])).toEqual([["dead", 2]]);
  });
});

describe("graphics processors of a store whose figures are known", () => {
  const gpu = (index: number, kind = "utilization", node = ""): string => `system/${node}gpu_${index}_${kind}_percentage`;
  const base = { start: NOV, end: NOV + HOUR };

  it("measures idle and parked time with gaps, restarts, missing numbers, two nodes and three processors", async () => {
    const { idle } = await ask([
      {
        ...{ ...base, id: "gap" },
        // Ten seconds apart, then an hour of nothing: it counts as half a minute. NaN is no number: the next point stands for twenty seconds.
        metrics: { ...METRIC, [gpu(0)]: [...every(NOV, [50, 0, 0, null, 50, 50, 50]), [NOV + HOUR, 0]] },
      },
      {
        ...{ ...base, id: "restart" },
        // Taken up again after 100 s: in the order of time, whatever the steps say.
        metrics: { ...METRIC, [gpu(0)]: [...every(NOV + 100_000, [4, 4, 4]), ...every(NOV, [80, 80, 80])] },
      },
      {
        ...{ ...base, id: "nodes" },
        metrics: {
          ...METRIC,
          [gpu(0, "utilization", "node-a/")]: every(NOV, [90, 90, 90]),
          [gpu(0, "utilization", "node-b/")]: every(NOV, [0, 0, 0]),
          [gpu(0, "memory_usage", "node-b/")]: every(NOV, [60, 60, 5]),
        },
      },
      {
        ...{ ...base, id: "mig" },
        metrics: { ...METRIC, [gpu(0, "memory_usage")]: every(NOV, [70, 70]), "system/gpu_0_memory_usage_megabytes": every(NOV, [7, 7]) },
      },
      {
        ...{ ...base, id: "three" },
        metrics: { ...METRIC, [gpu(0)]: every(NOV, [99, 99, 99]), [gpu(1)]: every(NOV, [99, 2, 99]), [gpu(2)]: every(NOV, [0, 0, 0]) },
      },
      { ...base, id: "silent", metrics: METRIC },
    ]);
    const seconds = (hours: number): number => Math.round(hours * 3600);
    expect(
      idle.runs
        .map(({ runId, hours, idleHours, parkedHours, use }) => [
          runId,
          seconds(hours),
          seconds(idleHours),
          seconds(parkedHours),
          use.usedCount,
          use.count,
        ])
        .sort(),
    ).toEqual([
      ["gap", 90, 50, 0, 1, 1],
      ["nodes", 40, 20, 10, 1, 2],
      ["restart", 70, 50, 0, 1, 1],
      ["three", 60, 30, 0, 2, 3],
    ]);
    expect([idle.measuredRuns, idle.unmeasuredRuns, idle.unknownGpus]).toEqual([4, 2, 1]);
    expect(idle.share).toBeCloseTo(150 / 260, 12);
    // A machine is paid whole: idle seconds over its number of processors.
    expect(idle.amount).toBeCloseTo((1.3 / 3600) * (50 + 20 / 2 + 50 + 30 / 3), 12);
  });

  it("says nothing of idle time where no number is there", async () => {
    const { idle } = await ask([{ ...base, id: "nan", metrics: { [gpu(0)]: every(NOV, [null, null]) } }]);
    expect(idle).toMatchObject({ runs: [], share: null, idleHours: 0, measuredRuns: 0, unmeasuredRuns: 1, unknownGpus: 1 });
  });
});
