import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import { AppError } from "../../../src/core/base/appError";
import type { Pacer } from "../../../src/core/base/steps";
import type { ModelVersion } from "../../../src/core/tracking/registeredModel";
import { StoreCatalog, type FoundStore } from "../../../src/core/tracking/storeCatalog";
import { NO_CHANGE, type StoreChange } from "../../../src/core/tracking/trackingStore";
import { CompareSession } from "../../../src/editor/compare/compareSession";
import { parseCompareTarget, toCompareTarget } from "../../../src/editor/compare/compareTarget";
import type { CompareRow, CompareView } from "../../../src/protocol/compare";
import { aRun, anExperiment, MemoryStore } from "../../fakes/memoryStore";

const here: FoundStore = { location: { kind: "file", path: "/a/mlruns" }, label: "a/mlruns", origin: "folder" };
const server: FoundStore = { location: { kind: "rest", url: "http://localhost:5000" }, label: "localhost:5000", origin: "mlops.stores" };
const [HERE, SERVER] = ["file:/a/mlruns", "http://localhost:5000"] as const;
const everything: StoreChange = { experiments: "all", runs: "all", models: "all" };
const { signal } = new AbortController();

let local: MemoryStore;
let remote: MemoryStore;
let catalog: StoreCatalog;
let logged: unknown[];
let pauses: number;
let sessions: CompareSession[];

beforeEach(() => {
  local = new MemoryStore();
  remote = new MemoryStore();
  local.experiments = [anExperiment("1", "churn")];
  remote.experiments = [anExperiment("1", "credit")];
  local.runs = [aRun("a", { params: new Map([["lr", "0.1"]]) }), aRun("b", { params: new Map([["lr", "0.2"]]) })];
  remote.runs = [aRun("c", { params: new Map([["lr", "0.3"]]) })];
  catalog = new StoreCatalog({ open: ({ kind }) => Promise.resolve(kind === "rest" ? remote : local) }, () => 1);
  catalog.setFound([here, server]);
  logged = [];
  pauses = 0;
  sessions = [];
});

afterEach(() => {
  for (const session of sessions) {
    session.dispose();
  }
  catalog.dispose();
});

/** Pauses after every step, so that whatever may come between two of them does. */
const eachStep = (): Pacer => () => {
  pauses++;
  return new Promise((resolve) => setImmediate(resolve));
};

function open(target: unknown, pacer: () => Pacer = () => () => null): CompareSession {
  const session = new CompareSession(parseCompareTarget(target) ?? toCompareTarget([]), {
    ...{ catalog, pacer, directions: () => Promise.resolve(new Map()) },
    logError: (error) => logged.push(error),
    now: () => 1_700_000_100_000,
  });
  sessions.push(session);
  session.load();
  return session;
}

const abc = toCompareTarget([
  { storeId: HERE, runId: "a" },
  { storeId: HERE, runId: "b" },
  { storeId: SERVER, runId: "c" },
]);

async function settled(session: CompareSession, runs = 3): Promise<CompareView> {
  await vi.waitFor(() => expect([session.view.runs.length, session.view.reading]).toEqual([runs, null]));
  return session.view;
}

const row = (view: CompareView, key: string): CompareRow | undefined => view.rows.find((candidate) => candidate.key === key);
const names = (view: CompareView): string[] => view.runs.map(({ runId }) => runId);

describe("a comparison", () => {
  it("holds runs of several stores side by side, restored from ids alone", async () => {
    const first = await settled(open(abc));
    expect(row(first, "lr")?.cells).toEqual([0.1, 0.2, 0.3]);
    expect(row(first, "experiment")?.cells).toEqual(["churn", "churn", "credit"]);
    const kept = JSON.parse(JSON.stringify(open(abc).target)) as unknown;
    const again = await settled(open(kept));
    expect(again.rows).toEqual(first.rows);
    expect(again.runs).toEqual(first.runs);
  });

  it("keeps a run's style when another one goes, and tells what to keep for a reload", async () => {
    const session = open(abc);
    await settled(session);
    const targets: unknown[] = [];
    session.onDidChangeTarget((target) => targets.push(target));
    session.removeRun(session.view.revision, 0);
    const view = await settled(session, 2);
    expect(view.runs.map(({ runId, style }) => [runId, style])).toEqual([
      ["b", 1],
      ["c", 2],
    ]);
    expect(targets).toHaveLength(1);
    expect(session.addRuns([{ storeId: HERE, runId: "a" }])).toBe(1);
    expect((await settled(session)).runs.map(({ style }) => style)).toEqual([1, 2, 0]);
  });

  it("refuses what was meant for an earlier view", async () => {
    const session = open(abc);
    const { revision } = await settled(session);
    session.moveRun(revision, 2, 0);
    await vi.waitFor(() => expect(names(session.view)).toEqual(["c", "a", "b"]));
    expect(() => session.refAt(revision, 0)).toThrow("changed in the meantime");
    expect(() => session.refAt(session.view.revision, 9)).toThrow("changed in the meantime");
  });

  it("keeps both of two choices that were made before the first was shown", async () => {
    const session = open(abc, eachStep);
    const { revision, options } = await settled(session);
    session.setOptions(revision, { ...options, baseline: 1 });
    session.setOptions(revision, { ...options, directions: [["auc", "down"]] });
    await vi.waitFor(() => expect(session.view.options).toEqual({ baseline: 1, groupBy: null, directions: [["auc", "down"]] }));
  });
});

describe("the extension host beside a comparison", () => {
  it("gets its turn between the steps of comparing, judging and writing", async () => {
    const session = open(abc, eachStep);
    const { revision, rows } = await settled(session);
    expect(pauses).toBeGreaterThan(rows.length);
    const before = pauses;
    const all = [...rows.keys()];
    const text = await session.exportText(revision, { format: "csv", rows: all, charts: [] }, signal);
    expect(text.split("\r\n")).toHaveLength(rows.length + 3);
    expect(pauses - before).toBeGreaterThan(rows.length);
  });

  it("compares only once more when many things change while it compares", async () => {
    const session = open(abc, eachStep);
    const { revision } = await settled(session);
    const shown: CompareView[] = [];
    session.onDidChangeView((view) => shown.push(view));
    session.setOptions(revision, { ...session.view.options, baseline: 0 });
    session.setOptions(revision, { ...session.view.options, baseline: 1 });
    session.setOptions(revision, { ...session.view.options, baseline: 2 });
    await vi.waitFor(() => expect(session.view.options.baseline).toBe(2));
    expect(shown.map(({ options }) => options.baseline)).toEqual([2]);
  });

  it("stops writing when nobody waits for it any more", async () => {
    const session = open(abc);
    const { revision } = await settled(session);
    const controller = new AbortController();
    controller.abort();
    await expect(session.exportText(revision, { format: "html", rows: [0], charts: [] }, controller.signal)).rejects.toThrow(/abort/i);
    await expect(session.importance(revision, "auc", controller.signal)).rejects.toThrow(/abort/i);
  });

  it("shows nothing after it was closed", async () => {
    const session = open(abc, eachStep);
    const shown: CompareView[] = [];
    session.onDidChangeView((view) => shown.push(view));
    session.dispose();
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect([shown, logged]).toEqual([[], []]);
  });
});

describe("a comparison whose runs go away", () => {
  async function change(store: MemoryStore, id: string): Promise<void> {
    store.nextChange = everything;
    await catalog.pollOne(id, signal);
  }

  it("says that a run is gone, keeps its last values and all others", async () => {
    const session = open(abc);
    const before = await settled(session);
    local.runs = local.runs.filter(({ runId }) => runId !== "a");
    await change(local, HERE);
    await vi.waitFor(() => expect(session.view.runs[0]?.problem).toMatch(/no run a/));
    expect(row(session.view, "lr")?.cells).toEqual(row(before, "lr")?.cells);
    expect(session.view.problems).toEqual([
      expect.objectContaining({ message: expect.stringMatching(/a\/mlruns: Some runs are not there any more/) as string, missingRuns: 0 }),
    ]);
    expect(session.view.runs.slice(1).map(({ problem }) => problem)).toEqual([null, null]);
  });

  it("says in the column that a run is deleted", async () => {
    const session = open(abc);
    await settled(session);
    local.runs = local.runs.map((run) => (run.runId === "b" ? { ...run, lifecycleStage: "deleted" } : run));
    await change(local, HERE);
    await vi.waitFor(() => expect(session.view.runs.map(({ problem }) => problem)).toEqual([null, expect.stringMatching(/deleted/), null]));
  });

  it("says that a server is gone, keeps what it gave, and clears it when the server is back", async () => {
    const session = open(abc);
    const before = await settled(session);
    remote.failure = new AppError("store/unreachable", "Nobody answers.", { remedy: "Start the server." });
    await catalog.pollOne(SERVER, signal);
    await vi.waitFor(() =>
      expect(session.view.problems).toEqual([
        { message: "localhost:5000: Nobody answers.", remedy: "Start the server.", storeId: SERVER, missingRuns: 0 },
      ]),
    );
    expect(row(session.view, "lr")?.cells).toEqual(row(before, "lr")?.cells);
    expect(session.view.runs[2]?.problem).toMatch(/Nobody answers/);
    remote.failure = null;
    await catalog.pollOne(SERVER, signal);
    await vi.waitFor(() => expect([session.view.problems, session.view.runs[2]?.problem]).toEqual([[], null]));
  });

  it("counts the runs that could never be read, and takes them out on demand", async () => {
    const target = toCompareTarget([...abc.runs, { storeId: HERE, runId: "never" }, { storeId: HERE, runId: "was" }]);
    const session = open(target);
    await settled(session);
    await vi.waitFor(() => expect(session.view.problems.reduce((sum, { missingRuns }) => sum + missingRuns, 0)).toBe(2));
    session.removeMissing();
    await vi.waitFor(() => expect(session.view.problems).toEqual([]));
    expect(session.refs).toHaveLength(3);
  });

  it("marks the columns of a store that was closed", async () => {
    const session = open(abc);
    await settled(session);
    catalog.setFound([here]);
    await vi.waitFor(() => expect(session.view.runs[2]?.problem).toMatch(/not open in the window any more/));
    catalog.setFound([here, server]);
    await vi.waitFor(() => expect(session.view.runs[2]?.problem).toBeNull());
  });
});

describe("what comes after the runs", () => {
  it("are versions and packages, read once and never in the way", async () => {
    local.versions = [{ modelName: "churn", version: "4", runId: "a", aliases: ["champion"] } as unknown as ModelVersion];
    const root = [{ path: "requirements.txt", isDirectory: false, size: 10, modifiedTime: null }];
    local.listArtifacts = () => {
      local.calls.push("listArtifacts");
      return Promise.resolve(root);
    };
    local.readArtifact = () => Promise.resolve(new TextEncoder().encode("numpy==1.26\n"));
    const session = open(abc);
    await vi.waitFor(() => expect(row(session.view, "numpy")).toMatchObject({ section: "environment", cells: ["1.26", "1.26", null] }));
    expect(session.view.runs[0]?.versions).toEqual(["churn v4 @champion"]);
    const lists = local.calls.filter((call) => call === "listArtifacts").length;
    local.runs = local.runs.map((run) => ({ ...run, metrics: new Map([["auc", { value: 0.5, step: 1, timestamp: 1 }]]) }));
    local.nextChange = { ...NO_CHANGE, runs: "all" };
    await catalog.pollOne(HERE, signal);
    await vi.waitFor(() => expect(row(session.view, "auc")?.cells).toEqual([0.5, 0.5, null]));
    expect(local.calls.filter((call) => call === "listArtifacts")).toHaveLength(lists);
  });

  it("leaves the store in good health when the files cannot be read", async () => {
    remote.listArtifacts = () => Promise.reject(new AppError("store/unreachable", "The artifact storage does not answer."));
    const session = open(abc);
    await settled(session);
    await vi.waitFor(() => expect(logged).toHaveLength(1));
    expect(catalog.entry(SERVER)?.health.kind).toBe("ok");
    expect(session.view.problems).toEqual([]);
  });
});
