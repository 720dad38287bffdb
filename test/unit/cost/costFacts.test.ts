import { describe, expect, it, onTestFinished } from "vitest";
import { openFileStore } from "../../../src/adapters/mlflowFile/openFileStore";
import { readCostedRuns } from "../../../src/core/cost/readCostedRuns";
import type { CostedRun } from "../../../src/core/cost/costedRun";
import { allExperiments } from "../../../src/core/tracking/listExperiments";
import type { Store } from "../../../src/core/tracking/store";
import { seededStore } from "../../builders/costStore";
import { fixturePath } from "../../builders/recordedRuns";
import { copiedDatabase, opened } from "../../builders/sqliteDatabase";

const signal = new AbortController().signal;
const START = Date.UTC(2026, 10, 10);

/** What is only asked for where it matters: when a run with an end was last heard of, and the params of one that is compared with no other. */
function comparable(runs: readonly CostedRun[]): readonly unknown[] {
  return runs.map(({ lastPointAt, paramsKey, ...run }) => ({
    ...run,
    lastPointAt: run.endedAt === null ? lastPointAt : null,
    paramsKey:
      run.commit === null || run.dataKey === null || run.isDirty || run.fingerprint !== null || run.parentRunId !== null ? null : paramsKey,
  }));
}

/** The same runs by the way of databases, and by that of all stores. */
async function both(path: string): Promise<{ readonly fast: readonly CostedRun[]; readonly slow: readonly CostedRun[] }> {
  const store = await opened(path);
  const read = async (from: Store): Promise<readonly CostedRun[]> =>
    (await readCostedRuns(from, { storeId: "s", gpuBelow: 5, measured: new Map() }, signal)).runs;
  const searching = new Proxy(store, { get: (target, key) => (key === "costFacts" ? undefined : bound(target, key)) });
  return { fast: await read(store), slow: await read(searching) };
}

function bound(target: Store, key: string | symbol): unknown {
  const value: unknown = Reflect.get(target, key);
  return typeof value === "function" ? (value.bind(target) as unknown) : value;
}

describe("facts of cost from a database", () => {
  it.each(["v2-sqlite", "v3-sqlite"] as const)("are those of whole runs, in what MLflow itself wrote (%s)", async (name) => {
    const { fast, slow } = await both(copiedDatabase(name));
    expect(fast.length).toBeGreaterThan(10);
    expect(comparable(fast)).toEqual(comparable(slow));
  });

  it("are those of whole runs, whatever stands in tags, params and data", async () => {
    const odd = "a\nb'\"%_\u{1f600}\u001f";
    const commit = { "mlflow.source.git.commit": "c" };
    const { fast, slow } = await both(
      seededStore([
        {
          id: "odd",
          start: START,
          end: START + 1,
          tags: { ...commit, "mlops.instance": odd, other: "x" },
          params: { [odd]: odd, b: "" },
          data: { d: odd },
        },
        { id: "same", start: START, end: START + 1, tags: commit, params: { b: "", [odd]: odd }, data: { d: odd } },
        { id: "bare", start: null, end: null, status: "SCHEDULED" },
        {
          id: "part",
          start: START,
          end: null,
          status: "RUNNING",
          tags: { "mlflow.parentRunId": "odd" },
          metrics: { m: [[START + 5, null]] },
        },
        { id: "gpu", start: START, end: START + 9, metrics: { "system/n/gpu_0_memory_usage_percentage": [[START, 1]] } },
        { id: "gone", start: START, end: START + 9, isDeleted: true },
      ]),
    );
    expect(comparable(fast)).toEqual(comparable(slow));
    const of = (id: string): CostedRun | undefined => fast.find(({ runId }) => runId === id);
    expect(fast.filter(({ isDeleted }) => isDeleted).map(({ runId }) => runId)).toEqual(["gone"]);
    expect(of("odd")?.instance).toEqual({ name: odd.trim(), from: "tag" });
    expect(of("odd")?.paramsKey).toBe(of("same")?.paramsKey);
    expect(of("odd")?.paramsKey).not.toBeNull();
    expect(of("part")).toMatchObject({ lastPointAt: START + 5, paidIn: { from: START, to: START + 1 }, hasMetric: true });
    expect(of("gpu")?.gpus).toMatchObject({ count: 0, unknownCount: 1 });
  });
});

describe("what deleted runs cost", () => {
  it.each(["v2-file", "v3-file"] as const)("is read of a folder too, in experiments that were thrown away as well (%s)", async (name) => {
    const store = await openFileStore(fixturePath(`${name}/mlruns`), signal);
    onTestFinished(() => store.dispose());
    const { runs } = await readCostedRuns(store, { storeId: "s", gpuBelow: 5, measured: new Map() }, signal);
    const experiments = await allExperiments(store, signal);
    const thrownAway = new Set(experiments.filter(({ lifecycleStage }) => lifecycleStage === "deleted").map((one) => one.name));
    const found = await store.searchRuns(
      { experimentIds: experiments.map(({ experimentId }) => experimentId), lifecycle: "deleted", pageSize: 1000 },
      signal,
    );
    const deleted = runs.filter(({ isDeleted }) => isDeleted);
    expect(found.items.length).toBeGreaterThan(0);
    expect(deleted.map(({ runId }) => runId)).toEqual(expect.arrayContaining(found.items.map(({ runId }) => runId)));
    expect(runs.filter((run) => thrownAway.has(run.experiment) && !run.isDeleted)).toEqual([]);
  });
});
