import { beforeEach, describe, expect, it } from "vitest";

import { AppError } from "../../../src/core/base/appError";
import { BrowseOptionsHolder, DEFAULT_BROWSE_OPTIONS } from "../../../src/core/browse/browseOptions";
import { ExperimentsBrowser } from "../../../src/core/browse/experimentsBrowser";
import type { BrowseNode, ErrorNode, ExperimentNode } from "../../../src/core/browse/node";
import type { FoundStore } from "../../../src/core/tracking/storeCatalog";
import { StoreCatalog } from "../../../src/core/tracking/storeCatalog";
import { aRun, anExperiment, MemoryStore } from "../../fakes/memoryStore";

const signal = new AbortController().signal;
const here: FoundStore = { location: { kind: "file", path: "/a/mlruns" }, label: "a/mlruns", origin: "folder" };
const server: FoundStore = { location: { kind: "rest", url: "http://localhost:5000" }, label: "localhost:5000", origin: "mlops.stores" };

let stores: Map<string, MemoryStore>;
let catalog: StoreCatalog;
let options: BrowseOptionsHolder;
let browser: ExperimentsBrowser;
let changed: (BrowseNode | null)[];

function start(found: readonly FoundStore[]): MemoryStore {
  stores = new Map();
  catalog = new StoreCatalog(
    {
      open: (location) => {
        const key = location.kind === "rest" ? location.url : location.path;
        const store = stores.get(key) ?? new MemoryStore();
        stores.set(key, store);
        return Promise.resolve(store);
      },
    },
    () => 1_700_000_000_000,
  );
  for (const { location } of found) {
    stores.set(location.kind === "rest" ? location.url : location.path, new MemoryStore());
  }
  options = new BrowseOptionsHolder(DEFAULT_BROWSE_OPTIONS);
  browser = new ExperimentsBrowser(catalog, options);
  changed = [];
  browser.onDidChange((node) => changed.push(node));
  catalog.setFound(found);
  return [...stores.values()][0] ?? new MemoryStore();
}

const kinds = (nodes: readonly BrowseNode[]): string[] => nodes.map((node) => node.kind);
const only = <K extends BrowseNode["kind"]>(nodes: readonly BrowseNode[], kind: K): Extract<BrowseNode, { kind: K }> => {
  const node = nodes.find((candidate) => candidate.kind === kind);
  if (node === undefined) {
    throw new Error(`no ${kind} among ${kinds(nodes).join()}`);
  }
  return node as Extract<BrowseNode, { kind: K }>;
};

describe("the Experiments view", () => {
  let store: MemoryStore;
  beforeEach(() => {
    store = start([here]);
    store.experiments = [anExperiment("1", "fraud/daily"), anExperiment("2", "fraud/weekly"), anExperiment("3", "churn")];
  });

  it("folds experiment names into folders and leaves out the level of a single store", async () => {
    const roots = await browser.roots(signal);
    expect(roots.map((node) => (node.kind === "folder" || node.kind === "experiment" ? node.label : node.kind))).toEqual([
      "fraud/",
      "churn",
    ]);
    const below = await browser.children(only(roots, "folder"), signal);
    expect(below.map((node) => (node as ExperimentNode).label)).toEqual(["daily", "weekly"]);
  });

  it("shows a level of stores as soon as there are two, and one list when asked to", async () => {
    start([here, server]);
    expect(kinds(await browser.roots(signal))).toEqual(["store", "store"]);
    options.update({ groupByStore: false });
    stores.get("/a/mlruns")?.experiments.push(anExperiment("1", "x"));
    stores.get("http://localhost:5000")?.experiments.push(anExperiment("1", "y"));
    expect(kinds(await browser.roots(signal))).toEqual(["experiment", "experiment"]);
  });

  it("keeps other stores on screen when one cannot be read", async () => {
    start([here, server]);
    options.update({ groupByStore: false });
    stores.get("/a/mlruns")?.experiments.push(anExperiment("1", "x"));
    const broken = stores.get("http://localhost:5000");
    if (broken !== undefined) {
      broken.failure = new AppError("store/unreachable", "localhost:5000 does not answer.");
    }
    const roots = await browser.roots(signal);
    expect(kinds(roots)).toEqual(["error", "experiment"]);
    expect(only(roots, "error").stale).toBe(false);
  });

  it("pages runs, tells how many are shown, and loads more without repeating a run", async () => {
    store.runs = Array.from({ length: 250 }, (_, i) => aRun(`r${i}`));
    const experiment = only(await browser.roots(signal), "folder");
    const daily = only(await browser.children(experiment, signal), "experiment");
    const first = await browser.children(daily, signal);
    expect(first).toHaveLength(101);
    const more = only(first, "more");
    expect(more.loaded).toBe(100);
    // A run that arrives between two pages shifts the second page by one.
    store.runs.unshift(aRun("new"));
    await browser.loadMore(more, signal);
    const second = await browser.children(daily, signal);
    const ids = second.flatMap((node) => (node.kind === "run" ? [node.run.runId] : []));
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.length).toBeGreaterThanOrEqual(199);
    expect(changed).toContain(daily);
  });

  it("lists children under their parent and asks for none where there are none", async () => {
    store.runs = [aRun("parent"), aRun("child", { parentRunId: "parent" }), aRun("lonely")];
    const daily = only(await browser.children(only(await browser.roots(signal), "folder"), signal), "experiment");
    const runs = (await browser.children(daily, signal)).filter((node) => node.kind === "run");
    expect(runs.map((node) => [node.run.runId, node.childCount])).toEqual([
      ["parent", 1],
      ["lonely", 0],
    ]);
    expect(kinds(await browser.children(runs[0] as BrowseNode, signal))).toEqual(["run", "artifacts"]);
    const before = store.calls.length;
    expect(kinds(await browser.children(runs[1] as BrowseNode, signal))).toEqual(["artifacts"]);
    expect(store.calls).toHaveLength(before);
  });

  it("keeps the last known runs, marked as old, when the store dies, and mends itself when it is back", async () => {
    store.runs = [aRun("a")];
    const daily = only(await browser.children(only(await browser.roots(signal), "folder"), signal), "experiment");
    await browser.children(daily, signal);
    store.failure = new AppError("store/unreachable", "No answer.");
    await browser.refreshAll(signal);
    const nodes = await browser.children(daily, signal);
    expect(kinds(nodes)).toEqual(["error", "run"]);
    expect((nodes[0] as ErrorNode).stale).toBe(true);
    expect(catalog.entries()[0]?.health.kind).toBe("failed");
    store.failure = null;
    await catalog.poll(signal);
    await new Promise((resolve) => setTimeout(resolve));
    expect(kinds(await browser.children(daily, signal))).toEqual(["run"]);
  });

  it("draws only the run that changed", async () => {
    store.runs = [aRun("a", { status: "RUNNING", endTime: null }), aRun("b")];
    const daily = only(await browser.children(only(await browser.roots(signal), "folder"), signal), "experiment");
    const [a] = await browser.children(daily, signal);
    store.runs = [aRun("a"), aRun("b")];
    store.nextChange = { experiments: [], runs: ["a"], models: [] };
    changed = [];
    await catalog.poll(signal);
    await new Promise((resolve) => setTimeout(resolve));
    expect(changed).toEqual([a]);
    expect(a?.kind === "run" && a.run.status).toBe("FINISHED");
  });

  it("shows a run that came since the last look", async () => {
    store.runs = [aRun("a")];
    const daily = only(await browser.children(only(await browser.roots(signal), "folder"), signal), "experiment");
    await browser.children(daily, signal);
    store.runs = [aRun("new"), aRun("a")];
    store.nextChange = { experiments: [], runs: ["new"], models: [] };
    await catalog.poll(signal);
    await new Promise((resolve) => setTimeout(resolve));
    expect((await browser.children(daily, signal)).flatMap((node) => (node.kind === "run" ? [node.run.runId] : []))).toEqual(["new", "a"]);
  });

  it("forgets runs that are gone, with all below them, and keeps the others as they were", async () => {
    store.runs = [aRun("a"), aRun("b"), aRun("child", { parentRunId: "a" })];
    const daily = only(await browser.children(only(await browser.roots(signal), "folder"), signal), "experiment");
    const nodes = await browser.children(daily, signal);
    const [a, b] = [only(nodes, "run"), nodes[1]];
    const child = only(await browser.children(a, signal), "run");
    const all = store.runs;
    store.runs = [aRun("b")];
    await browser.refreshAll(signal);
    expect(await browser.children(daily, signal)).toEqual([b]);
    // Come back, they are other nodes: the first ones would be the same where they had been kept.
    store.runs = all;
    await browser.refreshAll(signal);
    const back = await browser.children(daily, signal);
    const again = only(back, "run");
    expect(again).not.toBe(a);
    expect(back[1]).toBe(b);
    const childAgain = only(await browser.children(again, signal), "run");
    expect(childAgain).toMatchObject({ run: { runId: "child" } });
    expect(childAgain).not.toBe(child);
  });

  it("keeps what it knows of runs while their store cannot be read", async () => {
    store.runs = [aRun("a")];
    const daily = only(await browser.children(only(await browser.roots(signal), "folder"), signal), "experiment");
    const [a] = await browser.children(daily, signal);
    store.failure = new AppError("store/unreachable", "No answer.");
    await browser.refreshAll(signal);
    store.failure = null;
    await browser.refreshAll(signal);
    expect(only(await browser.children(daily, signal), "run")).toBe(a);
  });

  it("finds a nested run on a later page with all its ancestors", async () => {
    store.runs = [...Array.from({ length: 150 }, (_, i) => aRun(`r${i}`)), aRun("parent"), aRun("child", { parentRunId: "parent" })];
    const storeId = "file:/a/mlruns";
    const node = await browser.findRun(storeId, "child", signal);
    const path: string[] = [];
    for (let at: BrowseNode | null = node; at !== null; at = at.parent) {
      path.push(at.kind === "run" ? at.run.runId : at.kind);
    }
    expect(path).toEqual(["child", "parent", "experiment", "folder"]);
    const experiment = node.parent?.parent as ExperimentNode;
    expect(await browser.children(experiment, signal)).toContain(node.parent);
  });

  it("lists all matches flat while a filter is set, and says when there is none", async () => {
    store.runs = [aRun("parent"), aRun("child", { parentRunId: "parent" })];
    options.update({ filter: "attributes.status = 'FINISHED'" });
    const daily = only(await browser.children(only(await browser.roots(signal), "folder"), signal), "experiment");
    expect(kinds(await browser.children(daily, signal))).toEqual(["run", "run"]);
    store.runs = [];
    options.update({ filter: "attributes.status = 'FAILED'" });
    const empty = await browser.children(daily, signal);
    expect(empty).toMatchObject([{ kind: "empty", reason: "noMatch" }]);
  });

  it("puts starred runs above everything and says when one is gone", async () => {
    store.runs = [aRun("a")];
    const storeId = "file:/a/mlruns";
    options.update({
      favourites: [
        { kind: "run", storeId, id: "a" },
        { kind: "run", storeId, id: "gone" },
      ],
    });
    const [favourites] = await browser.roots(signal);
    expect(favourites?.kind).toBe("favourites");
    expect(kinds(await browser.children(favourites!, signal))).toEqual(["run", "error"]);
  });
});
