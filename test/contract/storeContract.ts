import { createHash } from "node:crypto";
import { lstat, readFile, readdir } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Experiment } from "../../src/core/tracking/experiment";
import type { Page } from "../../src/core/tracking/page";
import type { ModelVersion } from "../../src/core/tracking/registeredModel";
import type { Run } from "../../src/core/tracking/run";
import type { Store } from "../../src/core/tracking/store";
import { type NestingFilter, NO_CHANGE, type RunQuery } from "../../src/core/tracking/trackingStore";
import { differsInMlflow2 } from "../builders/filterAnswers";
import type { ExpectedStore } from "./expectedStore";

export interface ContractOptions {
  /** The folder of the store: nothing in it may change. Absent for a server. */
  readonly folder?: string;
  /** False where the artifact folders are out of reach, such as a server that runs somewhere else. Default true. */
  readonly hasArtifacts?: boolean;
  /**
   * True where MLflow itself decides filters. Else ours do, which follow MLflow 3 where versions and stores differ:
   * NaN is not the number 0, and a backslash in LIKE is an ordinary letter.
   */
  readonly filtersByMlflow?: boolean;
  /** True for MLflow's own server, which hands out no file with a # in its name. */
  readonly refusesHash?: boolean;
}

const signal = new AbortController().signal;

/** Everything that a store promises, on the data that `test/fixtures/mlflow/seed.py` wrote with the real MLflow. */
export function describeStoreContract(
  name: string,
  open: () => Promise<Store>,
  expected: ExpectedStore,
  options: ContractOptions = {},
): void {
  describe(`store contract: ${name}`, () => {
    let store: Store;
    let before: ReadonlyMap<string, string>;

    beforeAll(async () => {
      before = await fingerprint(options.folder);
      store = await open();
    });
    afterAll(() => store.dispose());

    const active = (experiment: string): RunQuery => ({
      experimentIds: [experimentIdOf(expected, experiment)],
      lifecycle: "active",
      pageSize: 1000,
    });
    const ids = (page: { readonly items: readonly Run[] }): readonly string[] => page.items.map((run) => run.runId);
    const named = (...keys: readonly string[]): readonly string[] => keys.map(expected.idOf).sort();
    const nested = active("vision/vit.base/sweeps");
    const vision = active("vision/resnet.50");

    it("describes itself", async () => {
      const description = await store.describe(signal);
      expect(description.label).toMatch(/MLflow/);
      expect(description.notes.every((note) => note.length > 0)).toBe(true);
    });

    describe("experiments", () => {
      it.each(["active", "deleted", "all"] as const)("lists those that are %s as MLflow does, with their tags", async (lifecycle) => {
        const page = await store.searchExperiments({ lifecycle, pageSize: 1000 }, signal);
        const wanted = expected.experiments.filter((e) => lifecycle === "all" || e.lifecycleStage === lifecycle);
        expect(page.items.map(comparableExperiment)).toEqual(wanted.map(comparableExperiment));
        expect(page.nextPageToken).toBeNull();
      });

      it.each([1, 3, 10])("loses and repeats none over pages of %i", async (pageSize) => {
        const whole = await store.searchExperiments({ lifecycle: "all", pageSize: 1000 }, signal);
        const pages = await readAll((pageToken) => store.searchExperiments({ lifecycle: "all", pageSize, ...pageToken }, signal), pageSize);
        expect(pages.map((e) => e.experimentId)).toEqual(whole.items.map((e) => e.experimentId));
      });
    });

    describe("runs", () => {
      it("gives every run whole", async () => {
        const experimentIds = expected.experiments.map((e) => e.experimentId);
        const page = await store.searchRuns({ experimentIds, lifecycle: "all", pageSize: 1000 }, signal);
        expect(new Map(page.items.map((run) => [run.runId, comparable(run)]))).toEqual(
          new Map(expected.runs.map((run) => [run.runId, comparable(run)])),
        );
        expect(page.items).toHaveLength(expected.runs.length);
      });

      it("filters and sorts as MLflow answered", async () => {
        const actual: unknown[] = [];
        const wanted: unknown[] = [];
        for (const query of expected.queries) {
          if (options.filtersByMlflow === true || !isDecidedOtherwise(query.filter ?? "")) {
            const { filter, runIds, ...rest } = query;
            const page = await store.searchRuns({ ...rest, pageSize: 1000, ...(filter === null ? {} : { filter }) }, signal);
            actual.push({ ...query, runIds: ids(page) });
            wanted.push({ ...query, runIds });
          }
        }
        expect(actual).toEqual(wanted);
        expect(actual.length).toBeGreaterThan(50);
      });

      it("refuses the filters that MLflow refuses", async () => {
        for (const filter of expected.invalidFilters) {
          await expect(store.searchRuns({ ...vision, filter }, signal), filter).rejects.toMatchObject({ code: "filter/invalid" });
        }
        await expect(store.searchRuns({ ...vision, orderBy: ["metrics.acc SIDEWAYS"] }, signal)).rejects.toMatchObject({
          code: "filter/invalid",
        });
      });

      it("puts NaN behind all numbers and missing values last, whichever way it sorts", async () => {
        for (const [orderBy, first] of [
          ["metrics.score ASC", "score-minus-inf"],
          ["metrics.score DESC", "score-inf"],
        ] as const) {
          const found = ids(await store.searchRuns({ ...active("edge.cases/metrics"), orderBy: [orderBy] }, signal));
          expect(found[0]).toBe(expected.idOf(first));
          expect(found[5]).toBe(expected.idOf("score-nan"));
          expect([...found.slice(6)].sort()).toEqual(named("edges", "score-missing"));
        }
      });

      it.each([1, 7, 18])("loses and repeats none over pages of %i", async (pageSize) => {
        for (const query of [vision, { ...vision, orderBy: ["metrics.acc DESC"] }, { ...vision, filter: "metrics.acc > 0.3" }]) {
          const whole = ids(await store.searchRuns(query, signal));
          const pages = await readAll((pageToken) => store.searchRuns({ ...query, pageSize, ...pageToken }, signal), pageSize);
          expect(pages.map((run) => run.runId)).toEqual(whole);
        }
      });

      it("finds nothing in no experiments, in an unknown one and in an empty one", async () => {
        for (const experimentIds of [[], ["987654321987654321"], ["not-a-number"], [experimentIdOf(expected, "empty")]]) {
          const page = await store.searchRuns({ experimentIds, lifecycle: "all", pageSize: 10 }, signal);
          expect(page.items).toEqual([]);
          expect(page.nextPageToken).toBeNull();
        }
      });

      it("gives one run by its id, deleted ones too", async () => {
        for (const key of ["resnet-11", "edges", "removed-1", "old-1", "strange"]) {
          const wanted = expected.runs.find((run) => run.runId === expected.idOf(key));
          expect(comparable(await store.getRun(expected.idOf(key), signal))).toEqual(comparable(wanted!));
        }
      });

      it.each(["0".repeat(32), "", "../..", "'; DROP TABLE runs; --", "🚀"])("says that there is no run %j", async (runId) => {
        await expect(store.getRun(runId, signal)).rejects.toMatchObject({ code: "run/not-found" });
      });

      it("takes the latest value by step, then time, then value, and keeps NaN and infinities", async () => {
        const { metrics } = await store.getRun(expected.idOf("edges"), signal);
        const value = (key: string): number | undefined => metrics.get(key)?.value;
        expect(value("out_of_order")).toBe(10);
        expect(value("same_step")).toBe(1);
        expect(value("same_time")).toBe(4);
        expect(value("nan_last")).toBeNaN();
        expect(value("nan_middle")).toBe(0.25);
        expect(value("inf")).toBe(Infinity);
        expect(value("minus_inf")).toBe(-Infinity);
        expect(value("tiny")).toBe(5e-324);
      });
    });

    describe("nested runs", () => {
      it("shows as roots the runs without a parent, and those whose parent is elsewhere, removed or unknown", async () => {
        const page = await store.searchRuns({ ...nested, nesting: { kind: "roots" } }, signal);
        expect([...ids(page)].sort()).toEqual(named("sweep", "small-sweep", "child-of-removed", "orphan", "child-elsewhere", "plain"));
      });

      it("finds a parent in another experiment that is searched too", async () => {
        const both = [...nested.experimentIds, ...vision.experimentIds];
        const roots = await store.searchRuns({ ...nested, experimentIds: both, nesting: { kind: "roots" } }, signal);
        expect(ids(roots)).not.toContain(expected.idOf("child-elsewhere"));
        const children = await store.searchRuns(
          { ...nested, experimentIds: both, nesting: { kind: "childrenOf", runId: expected.idOf("resnet-00") } },
          signal,
        );
        expect(ids(children)).toEqual(named("child-elsewhere"));
      });

      it("shows removed parents and children among removed runs only", async () => {
        const deleted = await store.searchRuns({ ...nested, lifecycle: "deleted", nesting: { kind: "roots" } }, signal);
        expect([...ids(deleted)].sort()).toEqual(named("removed-parent", "small-trial-removed"));
        const all = await store.searchRuns({ ...nested, lifecycle: "all", nesting: { kind: "roots" } }, signal);
        expect([...ids(all)].sort()).toEqual(named("sweep", "small-sweep", "removed-parent", "orphan", "child-elsewhere", "plain"));
      });

      it("lists children level by level", async () => {
        const childrenOf = async (key: string): Promise<readonly string[]> =>
          [...ids(await store.searchRuns({ ...nested, nesting: { kind: "childrenOf", runId: expected.idOf(key) } }, signal))].sort();
        const trials = Array.from({ length: 30 }, (_, i) => `trial-${String(i).padStart(2, "0")}`);
        expect(await childrenOf("sweep")).toEqual(named(...trials));
        expect(await childrenOf("trial-00")).toEqual(named("fold-a", "fold-b"));
        expect(await childrenOf("small-sweep")).toEqual(named("small-trial-0", "small-trial-1"));
        expect(await childrenOf("plain")).toEqual([]);
      });

      it("counts the children that it would list, where it counts", async () => {
        const counts = async (nesting: NestingFilter): Promise<readonly (readonly [string, number])[] | null> => {
          const page = await store.searchRuns({ ...nested, nesting }, signal);
          return page.childCounts === null ? null : [...page.childCounts].sort();
        };
        const roots = await counts({ kind: "roots" });
        if (roots !== null) {
          expect(roots).toEqual(
            [
              [expected.idOf("sweep"), 30],
              [expected.idOf("small-sweep"), 2],
            ].sort(),
          );
          expect(await counts({ kind: "childrenOf", runId: expected.idOf("sweep") })).toEqual([[expected.idOf("trial-00"), 2]]);
        }
      });

      it("does not count where no level of nested runs is asked for", async () => {
        expect((await store.searchRuns(nested, signal)).childCounts).toBeNull();
      });

      it("pages roots and children without losing any", async () => {
        for (const nesting of [{ kind: "roots" }, { kind: "childrenOf", runId: expected.idOf("sweep") }] as const) {
          const whole = ids(await store.searchRuns({ ...nested, nesting }, signal));
          const pages = await readAll((pageToken) => store.searchRuns({ ...nested, nesting, pageSize: 2, ...pageToken }, signal), 2);
          expect(pages.map((run) => run.runId)).toEqual(whole);
        }
      });
    });

    describe("metric histories", () => {
      it("gives short curves whole, in order of step, time and value", async () => {
        for (const { runId, key, points } of expected.histories.filter((history) => history.points.length < 100)) {
          const history = (await store.getMetricHistories([runId], key, { maxPoints: 100 }, signal)).get(runId);
          expect(history?.points, key).toEqual(points);
          expect(history?.total).toBe(points.length);
          const finite = points.map(({ value }) => value).filter(Number.isFinite);
          expect(history?.min).toBe(finite.length === 0 ? null : Math.min(...finite));
          expect(history?.max).toBe(finite.length === 0 ? null : Math.max(...finite));
        }
      });

      it("thins a long curve and keeps its spikes, its ends and its count", async () => {
        const runId = expected.idOf("edges");
        const all = expected.histories.find((history) => history.key === "spike")!.points;
        const history = (await store.getMetricHistories([runId], "spike", { maxPoints: 100 }, signal)).get(runId)!;
        expect(history.points.length).toBeLessThanOrEqual(100);
        expect(history.points.length).toBeGreaterThan(50);
        expect(history.points[0]).toEqual(all[0]);
        expect(history.points.at(-1)).toEqual(all.at(-1));
        if (history.exact) {
          expect(history).toMatchObject({ total: 3000, min: -50, max: 1000 });
          expect(history.points.map(({ step }) => step)).toEqual(expect.arrayContaining([1777, 2222]));
        }
      });

      it("reads many runs at once and leaves out those without the metric", async () => {
        const keys = ["resnet-00", "resnet-11", "killed", "resnet-11"];
        const histories = await store.getMetricHistories([...keys.map(expected.idOf), "0".repeat(32)], "acc", { maxPoints: 50 }, signal);
        expect([...histories.keys()].sort()).toEqual(named("resnet-00", "resnet-11"));
        const none = await store.getMetricHistories([expected.idOf("edges")], "no such metric", { maxPoints: 50 }, signal);
        expect(none.size).toBe(0);
      });
    });

    describe("models", () => {
      it("lists them by name with tags, aliases and the number of versions", async () => {
        const page = await store.searchRegisteredModels({ pageSize: 100 }, signal);
        const wanted = [...expected.models].sort((a, b) => (a.name < b.name ? -1 : 1));
        const counted = page.items.map((model, index) => ({ ...model, versionCount: model.versionCount ?? wanted[index]?.versionCount }));
        expect(counted).toEqual(wanted);
      });

      it("loses and repeats none over pages", async () => {
        const names = await readAll((pageToken) => store.searchRegisteredModels({ pageSize: 2, ...pageToken }, signal), 2);
        expect(names.map(({ name: model }) => model).sort()).toEqual(expected.models.map(({ name: model }) => model).sort());
      });

      it("gives one by name, and says when there is none", async () => {
        for (const wanted of expected.models) {
          const model = await store.getRegisteredModel(wanted.name, signal);
          expect({ ...model, versionCount: model.versionCount ?? wanted.versionCount }).toEqual(wanted);
        }
        for (const unknown of ["nope", "__proto__", "%", "CHURN-CLF"]) {
          await expect(store.getRegisteredModel(unknown, signal), unknown).rejects.toMatchObject({ code: "model/not-found" });
          await expect(store.searchModelVersions(unknown, { pageSize: 5 }, signal), unknown).rejects.toMatchObject({
            code: "model/not-found",
          });
        }
      });

      it("lists versions from the newest by number, without removed ones, over pages too", async () => {
        for (const { name: model } of expected.models) {
          const wanted = expected.versions.filter((version) => version.modelName === model).map(comparableVersion);
          const page = await store.searchModelVersions(model, { pageSize: 100 }, signal);
          expect(page.items.map(comparableVersion)).toEqual(wanted);
          const pages = await readAll((pageToken) => store.searchModelVersions(model, { pageSize: 5, ...pageToken }, signal), 5);
          expect(pages.map(comparableVersion)).toEqual(wanted);
        }
      });

      it("finds the versions of a run", async () => {
        const versions = await store.versionsOfRun(expected.idOf("resnet-11"), signal);
        expect(versions.map(({ version }) => version).sort()).toEqual(["3", "4"]);
        expect(versions.find(({ version }) => version === "3")?.aliases.toSorted()).toEqual(["challenger", "next"]);
        expect(await store.versionsOfRun(expected.idOf("resnet-00"), signal)).toEqual([]);
        expect(await store.versionsOfRun("", signal)).toEqual([]);
      });
    });

    describe.runIf(options.hasArtifacts !== false)("artifacts", () => {
      const owner = { kind: "run", runId: expected.idOf("resnet-11") } as const;

      it("lists every level, directories first", async () => {
        for (const { runId, entries } of expected.artifacts) {
          const found: unknown[] = [];
          const walk = async (path: string): Promise<void> => {
            const level = await store.listArtifacts({ kind: "run", runId }, path, signal);
            const kinds = level.map(({ isDirectory }) => (isDirectory ? 0 : 1));
            expect(kinds).toEqual([...kinds].sort());
            for (const { modifiedTime: _, ...entry } of level) {
              found.push(entry);
              if (entry.isDirectory) {
                await walk(entry.path);
              }
            }
          };
          await walk("");
          expect(new Set(found)).toEqual(new Set(entries));
        }
      });

      it("reads text, an empty file, a picture and a name with odd characters", async () => {
        const read = (path: string): Promise<Uint8Array> => store.readArtifact(owner, path, { maxBytes: 1_000_000 }, signal);
        expect(new TextDecoder().decode(await read("notes.txt"))).toBe("hello\nwörld\n");
        expect(await read("empty.txt")).toHaveLength(0);
        expect([...(await read("plots/confusion.png")).subarray(0, 4)]).toEqual([0x89, 0x50, 0x4e, 0x47]);
        const odd = read("with space & ünïcode/a#b%20c.txt");
        if (options.refusesHash === true) {
          await expect(odd).rejects.toMatchObject({ code: "store/unsupported" });
        } else {
          expect(new TextDecoder().decode(await odd)).toBe("odd name");
        }
      });

      it("reads the model of a version and, from MLflow 3, of a logged model", async () => {
        const text = await store.readArtifact(
          { kind: "modelVersion", modelName: "churn-clf", version: "4" },
          "MLmodel",
          { maxBytes: 100_000 },
          signal,
        );
        expect(new TextDecoder().decode(text)).toContain("python_function");
        for (const { modelId } of expected.loggedModels) {
          const entries = await store.listArtifacts({ kind: "loggedModel", modelId }, "", signal);
          expect(entries.map(({ path }) => path)).toContain("MLmodel");
        }
      });

      it.each(["../../meta.yaml", "..", "plots/../../x", "/etc/passwd", "..\\..\\x"])("refuses to leave the folder by %j", async (path) => {
        await expect(store.readArtifact(owner, path, { maxBytes: 100 }, signal)).rejects.toMatchObject({ code: "artifact/outside-root" });
        await expect(store.listArtifacts(owner, path, signal)).rejects.toMatchObject({ code: "artifact/outside-root" });
      });

      it("says what is missing, too large or far away", async () => {
        const read = store.readArtifact(owner, "nope.txt", { maxBytes: 100 }, signal);
        await expect(read).rejects.toMatchObject({ code: "artifact/not-found" });
        await expect(store.readArtifact(owner, "big.txt", { maxBytes: 19_999 }, signal)).rejects.toMatchObject({
          code: "artifact/too-large",
        });
        expect(await store.readArtifact(owner, "big.txt", { maxBytes: 20_000 }, signal)).toHaveLength(20_000);
        await expect(store.listArtifacts({ kind: "run", runId: "0".repeat(32) }, "", signal)).rejects.toMatchObject({
          code: "run/not-found",
        });
        await expect(
          store.listArtifacts({ kind: "modelVersion", modelName: "churn-clf", version: "99" }, "", signal),
        ).rejects.toMatchObject({ code: "model/not-found" });
      });

      it("has no files for a run that logged none", async () => {
        expect(await store.listArtifacts({ kind: "run", runId: expected.idOf("plain") }, "", signal)).toEqual([]);
      });
    });

    it("stops when it is told to", async () => {
      const aborted = AbortSignal.abort();
      const runId = expected.idOf("resnet-11");
      const calls: readonly (() => Promise<unknown>)[] = [
        () => store.searchExperiments({ lifecycle: "all", pageSize: 10 }, aborted),
        () => store.searchRuns(vision, aborted),
        () => store.getRun(runId, aborted),
        () => store.getMetricHistories([runId], "acc", { maxPoints: 10 }, aborted),
        () => store.listArtifacts({ kind: "run", runId }, "", aborted),
        () => store.readArtifact({ kind: "run", runId }, "notes.txt", { maxBytes: 100 }, aborted),
        () => store.searchRegisteredModels({ pageSize: 10 }, aborted),
        () => store.getRegisteredModel("churn-clf", aborted),
        () => store.searchModelVersions("churn-clf", { pageSize: 10 }, aborted),
        () => store.versionsOfRun(runId, aborted),
        () => store.checkForChanges(aborted),
      ];
      for (const call of calls) {
        await expect(call(), call.toString()).rejects.toMatchObject({ name: "AbortError" });
      }
    });

    it("sees no change where nothing changed", async () => {
      expect(await store.checkForChanges(signal)).toEqual(NO_CHANGE);
      expect(await store.checkForChanges(signal)).toEqual(NO_CHANGE);
    });

    // Not a conditional skip: a server has no folder of ours, and its suite must not count a test that never runs.
    if (options.folder !== undefined) {
      it("leaves every file as it was", async () => {
        expect(await fingerprint(options.folder)).toEqual(before);
      });
    }
  });
}

function experimentIdOf(expected: ExpectedStore, name: string): string {
  const found = expected.experiments.find((experiment) => experiment.name === name);
  if (found === undefined) {
    throw new Error(`The seed has no experiment "${name}".`);
  }
  return found.experimentId;
}

function isDecidedOtherwise(filter: string): boolean {
  return filter.includes("\\") || differsInMlflow2(filter);
}

/** Stores may write a location as a path or as a `file:` address; the client's own answer differs by how it was asked. */
function comparableExperiment(experiment: Experiment): unknown {
  return { ...experiment, artifactLocation: experiment.artifactLocation.replace(/^file:\/\//, "") };
}

/** The order of datasets is nobody's promise. */
function comparable(run: Run): unknown {
  return { ...run, inputs: run.inputs.map((input) => JSON.stringify(input)).sort(), outputs: [...run.outputs] };
}

/** MLflow's client does not tell where a version's files are stored. */
function comparableVersion({ storageLocation: _, ...version }: ModelVersion): unknown {
  return { ...version, aliases: version.aliases.toSorted() };
}

/** Follows the tokens to the last page, and checks that no page is larger than asked and only the last one is smaller. */
async function readAll<T>(read: (pageToken: { readonly pageToken?: string }) => Promise<Page<T>>, pageSize: number): Promise<readonly T[]> {
  const items: T[] = [];
  let page = await read({});
  for (;;) {
    items.push(...page.items);
    expect(page.items.length).toBeLessThanOrEqual(pageSize);
    if (page.nextPageToken === null) {
      return items;
    }
    expect(page.items.length).toBeGreaterThan(0);
    page = await read({ pageToken: page.nextPageToken });
  }
}

/** Name, time of change and content of every file below a folder. */
async function fingerprint(folder: string | undefined): Promise<ReadonlyMap<string, string>> {
  const prints = new Map<string, string>();
  if (folder !== undefined) {
    for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
      const path = join(entry.parentPath, entry.name);
      const content = entry.isFile()
        ? createHash("sha256")
            .update(await readFile(path))
            .digest("hex")
        : "";
      prints.set(path, `${(await lstat(path)).mtimeMs} ${content}`);
    }
  }
  return prints;
}
