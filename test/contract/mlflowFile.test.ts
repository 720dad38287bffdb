import { readFileSync } from "node:fs";

import { describe, expect, it } from "vitest";

import { openFileStore } from "../../src/adapters/mlflowFile/openFileStore";
import type { ArtifactEntry } from "../../src/core/tracking/artifact";
import type { Page } from "../../src/core/tracking/page";
import type { Run } from "../../src/core/tracking/run";
import type { Store } from "../../src/core/tracking/store";
import type { LifecycleFilter } from "../../src/core/tracking/trackingStore";
import { fixturePath, recordedRuns } from "../builders/recordedRuns";

type Pairs = readonly (readonly [string, string])[];

/** What MLflow's own client answered for the same folder; maps are lists of pairs. */
interface Expected {
  readonly experiments: readonly { readonly experimentId: string; readonly tags: Pairs }[];
  readonly queries: readonly {
    readonly experimentIds: readonly string[];
    readonly filter: string | null;
    readonly orderBy: readonly string[];
    readonly lifecycle: LifecycleFilter;
    readonly runIds: readonly string[];
  }[];
  readonly histories: readonly {
    readonly runId: string;
    readonly key: string;
    readonly points: readonly (readonly (number | string)[])[];
  }[];
  readonly models: readonly {
    readonly name: string;
    readonly tags: Pairs;
    readonly aliases: Pairs;
    readonly versions: readonly { readonly version: string; readonly tags: Pairs }[];
  }[];
  readonly artifacts: readonly { readonly runId: string; readonly entries: readonly Omit<ArtifactEntry, "modifiedTime">[] }[];
  readonly loggedModels: readonly { readonly modelId: string; readonly sourceRunId: string }[];
}

const signal = new AbortController().signal;

async function allPages<T>(next: (token: { readonly pageToken?: string }) => Promise<Page<T>>): Promise<readonly T[]> {
  const items: T[] = [];
  let page = await next({});
  items.push(...page.items);
  while (page.nextPageToken !== null) {
    page = await next({ pageToken: page.nextPageToken });
    items.push(...page.items);
  }
  return items;
}

const byName = (a: { readonly name: string }, b: { readonly name: string }): number => (a.name < b.name ? -1 : 1);
const byPath = (a: { readonly path: string }, b: { readonly path: string }): number => (a.path < b.path ? -1 : 1);

describe.each(["v2-file", "v3-file"] as const)("%s, as MLflow wrote it", (name) => {
  const expected = JSON.parse(readFileSync(fixturePath(`${name}/expected.json`), "utf8")) as Expected;
  const recorded = recordedRuns(name);
  const open = (): Promise<Store> => openFileStore(fixturePath(name), signal);
  const searchAll = (store: Store, experimentIds: readonly string[], pageSize: number): Promise<readonly Run[]> =>
    allPages((token) => store.searchRuns({ experimentIds, lifecycle: "all", pageSize, ...token }, signal));

  it("holds the same experiments in the same order", async () => {
    const store = await open();
    const experiments = await allPages((token) => store.searchExperiments({ lifecycle: "all", pageSize: 4, ...token }, signal));
    expect(experiments).toEqual(expected.experiments.map((experiment) => ({ ...experiment, tags: new Map(experiment.tags) })));
    expect((await store.describe(signal)).notes).toEqual([]);
  });

  it("holds the same runs in the same order, whatever the page size", async () => {
    const ids = expected.experiments.map((experiment) => experiment.experimentId);
    const runs = await searchAll(await open(), ids, 7);
    const wanted = recorded.runs.map((run) => {
      // MLflow's own reader forgets the step of a line that names a dataset; the line and MLflow's databases have it.
      const metrics = new Map(run.metrics);
      const ofDataset = metrics.get("test/acc");
      if (ofDataset !== undefined) {
        metrics.set("test/acc", { ...ofDataset, step: 3 });
      }
      return { ...run, metrics, inputs: run.inputs.toSorted(byName) };
    });
    expect(runs).toEqual(wanted);
    expect(await searchAll(await open(), ids, 1000)).toEqual(wanted);
  });

  it.each(
    expected.queries.map(
      (query) => [`${query.filter ?? "all"} by ${query.orderBy.join() || "default"}, ${query.lifecycle}`, query] as const,
    ),
  )("answers %s", async (_, { filter, runIds, ...query }) => {
    const store = await open();
    const runs = await allPages((token) =>
      store.searchRuns({ ...query, ...(filter === null ? {} : { filter }), pageSize: 7, ...token }, signal),
    );
    // A backslash escapes nothing in MLflow's databases, whose answers we give for every store.
    expect(runs.map((run) => run.runId)).toEqual(filter?.includes("\\%") === true ? [] : runIds);
  });

  it.each(expected.histories.map((history) => [history.key, history] as const))(
    "holds every point of %s",
    async (_, { runId, key, points }) => {
      const histories = await (await open()).getMetricHistories([runId], key, { maxPoints: 100_000 }, signal);
      expect(histories.get(runId)?.points.map(({ step, timestamp, value }) => [step, timestamp, value])).toEqual(
        points.map((point) => point.map(Number)),
      );
    },
  );

  it("holds the same models, versions, aliases and tags", async () => {
    const store = await open();
    const models = await allPages((token) => store.searchRegisteredModels({ pageSize: 2, ...token }, signal));
    expect(models.map((model) => model.name)).toEqual(expected.models.map((model) => model.name));
    for (const { versions, ...model } of expected.models) {
      expect(await store.getRegisteredModel(model.name, signal)).toEqual({
        ...model,
        tags: new Map(model.tags),
        aliases: new Map(model.aliases),
        versionCount: versions.length,
      });
      const found = await allPages((token) => store.searchModelVersions(model.name, { pageSize: 5, ...token }, signal));
      // MLflow's client does not tell the storage location; the folder does.
      expect(found).toEqual(
        versions.map((version, i) => ({ ...version, tags: new Map(version.tags), storageLocation: found[i]?.storageLocation })),
      );
    }
  });

  it("finds the files of runs, logged models and versions, though the store was recorded elsewhere", async () => {
    const store = await open();
    for (const { runId, entries } of expected.artifacts) {
      const found: Omit<ArtifactEntry, "modifiedTime">[] = [];
      const walk = async (path: string): Promise<void> => {
        for (const entry of await store.listArtifacts({ kind: "run", runId }, path, signal)) {
          found.push({ path: entry.path, isDirectory: entry.isDirectory, size: entry.size });
          if (entry.isDirectory) {
            await walk(entry.path);
          }
        }
      };
      await walk("");
      expect(found.toSorted(byPath)).toEqual(entries.toSorted(byPath));
    }
    for (const { modelId, sourceRunId } of expected.loggedModels) {
      const files = await store.listArtifacts({ kind: "loggedModel", modelId }, "", signal);
      expect(files.map((file) => file.path)).toContain("MLmodel");
      expect((await store.getRun(sourceRunId, signal)).outputs.map((output) => output.modelId)).toContain(modelId);
    }
    for (const version of ["1", "2", "3", "4"]) {
      const files = await store.listArtifacts({ kind: "modelVersion", modelName: "churn-clf", version }, "", signal);
      expect(files.map((file) => file.path)).toContain("MLmodel");
    }
  });
});
