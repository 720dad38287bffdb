import { readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { isAppError } from "../../src/core/base/appError";
import type { Run } from "../../src/core/tracking/run";
import type { Store } from "../../src/core/tracking/store";
import type { LifecycleFilter } from "../../src/core/tracking/trackingStore";
import { copyFixtureStore, RECORDED_ROOT, removeFolder, type FixtureStore } from "./fixtureStore";
import { allItems, never, openLive } from "./liveStore";
import { MlflowServer, type MlflowMajor } from "./mlflowServer";

type Pairs<T = string> = readonly (readonly [string, T])[];
type RecordedNumber = number | "NaN" | "Infinity" | "-Infinity";

interface RecordedQuery {
  readonly experimentIds: readonly string[];
  readonly filter: string | null;
  readonly orderBy: readonly string[];
  readonly lifecycle: LifecycleFilter;
  readonly runIds: readonly string[];
}

/** What MLflow's own client answered on the store, see `seed.py`. */
interface Recorded {
  readonly experimentIdOf: Readonly<Record<string, string>>;
  readonly runIdOf: Readonly<Record<string, string>>;
  readonly experiments: readonly { experimentId: string; name: string; artifactLocation: string; tags: Pairs }[];
  readonly runs: readonly (Omit<Run, "params" | "metrics" | "tags"> & {
    params: Pairs;
    metrics: Pairs<{ value: RecordedNumber; timestamp: number; step: number }>;
    tags: Pairs;
  })[];
  readonly queries: readonly RecordedQuery[];
  readonly invalidFilters: readonly RecordedQuery[];
  readonly histories: readonly { runId: string; key: string; points: readonly (readonly [number, number, RecordedNumber])[] }[];
  readonly models: readonly { name: string; aliases: Pairs; tags: Pairs; versions: readonly { version: string; aliases: string[] }[] }[];
  readonly artifacts: readonly { runId: string; entries: readonly { path: string; isDirectory: boolean; size: number | null }[] }[];
  readonly loggedModels: readonly { modelId: string }[];
}

/** MLflow's client shows the clamped value of a database; our stores give the infinity back. */
function toNumber(value: RecordedNumber): number {
  return Math.abs(Number(value)) === Number.MAX_VALUE ? Math.sign(Number(value)) * Infinity : Number(value);
}

const stores: readonly (readonly [MlflowMajor, "sqlite" | "file"])[] = [
  [2, "sqlite"],
  [3, "sqlite"],
  [2, "file"],
  [3, "file"],
];

describe.each(stores)("MLflow %i on a %s store", (major, kind) => {
  let fixture: FixtureStore;
  let server: MlflowServer;
  let store: Store;
  let recorded: Recorded;

  beforeAll(async () => {
    fixture = copyFixtureStore(major, kind);
    recorded = JSON.parse(readFileSync(fixture.expectedFile, "utf8")) as Recorded;
    const args = ["--artifacts-destination", `${fixture.folder}/mlartifacts`];
    server = await MlflowServer.start({ major, folder: fixture.folder, backend: fixture.backend, args });
    store = await openLive(server.url);
  });

  afterAll(async () => {
    store.dispose();
    await server.kill();
    removeFolder(fixture.folder);
  });

  test("the server tells its version", async () => {
    expect((await store.describe(never)).label).toBe(major === 2 ? "MLflow 2.22.5 server" : "MLflow 3.17.2 server");
  });

  test("experiments", async () => {
    const found = await allItems((page) => store.searchExperiments({ lifecycle: "all", pageSize: 3, ...page }, never));
    const read = new Map(found.map((experiment) => [experiment.experimentId, experiment]));
    expect(read.size).toBe(recorded.experiments.length);
    for (const experiment of recorded.experiments) {
      expect(read.get(experiment.experimentId)).toMatchObject({
        name: experiment.name,
        artifactLocation: experiment.artifactLocation.replace(RECORDED_ROOT, fixture.folder),
        tags: new Map(experiment.tags),
      });
    }
  });

  test("every run, value by value", async () => {
    for (const run of recorded.runs) {
      expect(await store.getRun(run.runId, never)).toMatchObject({
        ...run,
        artifactUri: run.artifactUri.replace(RECORDED_ROOT, fixture.folder),
        params: new Map(run.params),
        metrics: new Map(run.metrics.map(([key, metric]) => [key, { ...metric, value: toNumber(metric.value) }])),
        tags: new Map(run.tags),
      });
    }
  });

  test.each([1, 7, 100])("searches in pages of %i", async (pageSize) => {
    // Small pages are slow, and prove the same on a few searches.
    for (const query of pageSize === 100 ? recorded.queries : recorded.queries.slice(0, pageSize === 1 ? 3 : 20)) {
      const { experimentIds, lifecycle, orderBy } = query;
      const base = { experimentIds, lifecycle, orderBy, pageSize, ...(query.filter === null ? {} : { filter: query.filter }) };
      const runs = await allItems((page) => store.searchRuns({ ...base, ...page }, never));
      expect(
        runs.map((run) => run.runId),
        `${String(query.filter)} ${orderBy.join()}`,
      ).toEqual(query.runIds);
    }
  });

  test("filters that MLflow refuses", async () => {
    for (const query of recorded.invalidFilters) {
      const search = store.searchRuns(
        { experimentIds: query.experimentIds, lifecycle: "active", pageSize: 10, filter: query.filter ?? "", orderBy: query.orderBy },
        never,
      );
      await expect(search, query.filter ?? "").rejects.toSatisfy((error) => isAppError(error, "filter/invalid"));
    }
  });

  test.each([3, 100])("runs below their parents, in pages of %i", async (pageSize) => {
    const experimentIds = [recorded.experimentIdOf["vision/vit.base/sweeps"] ?? recorded.experimentIdOf["nested"] ?? ""];
    const keyOf = new Map(Object.entries(recorded.runIdOf).map(([key, id]) => [id, key]));
    const read = async (nesting: { kind: "roots" } | { kind: "childrenOf"; runId: string }): Promise<(string | undefined)[]> => {
      const query = { experimentIds, lifecycle: "active", pageSize, nesting } as const;
      return (await allItems((page) => store.searchRuns({ ...query, ...page }, never))).map((run) => keyOf.get(run.runId));
    };
    const roots = await read({ kind: "roots" });
    expect([...roots].sort()).toEqual(["child-elsewhere", "child-of-removed", "orphan", "plain", "small-sweep", "sweep"]);
    if (pageSize === 100) {
      expect(roots).toEqual(["plain", "child-elsewhere", "orphan", "child-of-removed", "small-sweep", "sweep"]);
    }
    const children = await read({ kind: "childrenOf", runId: recorded.runIdOf["sweep"] ?? "" });
    expect(children).toEqual(Array.from({ length: 30 }, (_, index) => `trial-${String(29 - index).padStart(2, "0")}`));
    expect(await read({ kind: "childrenOf", runId: recorded.runIdOf["plain"] ?? "" })).toEqual([]);
  });

  test("curves, one run at a time and all in one call", async () => {
    for (const { runId, key, points } of recorded.histories) {
      const wanted = points.map(([step, timestamp, value]) => ({ step, timestamp, value: toNumber(value) }));
      const history = (await store.getMetricHistories([runId], key, { maxPoints: 10_000 }, never)).get(runId);
      expect(history?.points, key).toEqual(wanted);
      expect(history?.exact).toBe(true);
      const others = recorded.runs.map((run) => run.runId).filter((id) => id !== runId);
      const bulk = (await store.getMetricHistories([runId, ...others], key, { maxPoints: 10_000 }, never)).get(runId);
      if (wanted.length < 1000) {
        expect(bulk?.points, key).toEqual(wanted);
        expect(bulk?.exact).toBe(true);
      } else {
        expect(bulk?.exact).toBe(wanted.length < 2500);
        expect(bulk?.points.at(-1)).toEqual(wanted.at(-1));
      }
    }
  });

  test("a metric that no run has is no error", async () => {
    const ids = recorded.runs.slice(0, 6).map((run) => run.runId);
    for (const key of ["no such metric", "<script>", "../../etc/passwd", "x".repeat(3000)]) {
      expect(await store.getMetricHistories(ids.slice(0, 2), key, { maxPoints: 10 }, never)).toEqual(new Map());
      expect(await store.getMetricHistories(ids, key, { maxPoints: 10 }, never)).toEqual(new Map());
    }
  });

  test("models, their versions and aliases", async () => {
    const models = await allItems((page) => store.searchRegisteredModels({ pageSize: 2, ...page }, never));
    expect(models.map((model) => model.name).sort()).toEqual(recorded.models.map((model) => model.name).sort());
    for (const model of recorded.models) {
      expect(await store.getRegisteredModel(model.name, never)).toMatchObject({
        aliases: new Map(model.aliases),
        tags: new Map(model.tags),
      });
      const versions = await allItems((page) => store.searchModelVersions(model.name, { pageSize: 3, ...page }, never));
      const wanted = [...model.versions].sort((a, b) => Number(b.version) - Number(a.version));
      expect(versions.map(({ version, aliases }) => [version, aliases])).toEqual(
        wanted.map(({ version, aliases }) => [version, [...aliases].sort()]),
      );
    }
    const versions = await store.versionsOfRun(recorded.runIdOf["resnet-11"] ?? "", never);
    expect(versions.map(({ modelName, version, aliases }) => [modelName, version, aliases])).toEqual([
      ["churn-clf", "4", []],
      ["churn-clf", "3", ["challenger", "next"]],
    ]);
  });

  test("what is not there", async () => {
    const is = (code: Parameters<typeof isAppError>[1]) => (error: unknown) => isAppError(error, code);
    await expect(store.getRun("0".repeat(32), never)).rejects.toSatisfy(is("run/not-found"));
    await expect(store.getRegisteredModel("no such model", never)).rejects.toSatisfy(is("model/not-found"));
    await expect(store.searchModelVersions('it\'s "none"', { pageSize: 5 }, never)).rejects.toSatisfy(is("model/not-found"));
    expect(await store.versionsOfRun("0".repeat(32), never)).toEqual([]);
    const owner = { kind: "run", runId: recorded.runIdOf["resnet-11"] ?? "" } as const;
    await expect(store.readArtifact(owner, "no/such.txt", { maxBytes: 100 }, never)).rejects.toSatisfy(is("artifact/not-found"));
  });

  test("artifacts of runs, level by level", async () => {
    for (const { runId, entries } of recorded.artifacts) {
      const found: { path: string; isDirectory: boolean; size: number | null }[] = [];
      const folders = [""];
      for (let folder = folders.shift(); folder !== undefined; folder = folders.shift()) {
        for (const { path, isDirectory, size } of await store.listArtifacts({ kind: "run", runId }, folder, never)) {
          found.push({ path, isDirectory, size });
          if (isDirectory) {
            folders.push(path);
          }
        }
      }
      const byPath = (a: { path: string }, b: { path: string }): number => (a.path < b.path ? -1 : 1);
      expect(found.sort(byPath)).toEqual([...entries].sort(byPath));
      for (const { path, isDirectory, size } of found) {
        if (!isDirectory) {
          expect(await store.readArtifact({ kind: "run", runId }, path, { maxBytes: 100_000 }, never)).toHaveLength(size ?? -1);
        }
      }
    }
  });

  test("artifacts of model versions and logged models", async () => {
    const owners = [
      { kind: "modelVersion", modelName: "churn-clf", version: "3" } as const,
      ...recorded.loggedModels.map(({ modelId }) => ({ kind: "loggedModel", modelId }) as const),
    ];
    for (const owner of owners) {
      const entries = await store.listArtifacts(owner, "", never);
      expect(entries.map(({ path }) => path)).toContain("MLmodel");
      const text = Buffer.from(await store.readArtifact(owner, "MLmodel", { maxBytes: 100_000 }, never)).toString("utf8");
      expect(text).toContain("python_function");
    }
  });
});
