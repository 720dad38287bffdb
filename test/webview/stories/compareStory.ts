import { fromErrorRecord, toErrorRecord } from "../../../src/core/base/appError";
import { StoreCatalog } from "../../../src/core/tracking/storeCatalog";
import { storeIdOf } from "../../../src/core/tracking/storeLocation";
import { CompareSession } from "../../../src/editor/compare/compareSession";
import { createPacer } from "../../../src/editor/compare/createPacer";
import { toCompareTarget } from "../../../src/editor/compare/compareTarget";
import type { CompareHost, ComparePage } from "../../../src/protocol/compare";
import { RpcPeer } from "../../../src/protocol/rpc";
import { generatedStore, type GeneratedStoreOptions } from "./generatedStore";
import { storyCurve } from "./storyCurves";

/**
 * The comparison's page in a plain browser, with the real host side behind it in the same thread and generated runs instead
 * of a store. The address says which state: `?runs=500&metrics=50&params=200&points=1000&baseline=0`.
 */
const query = new URLSearchParams(location.search);
const number = (name: string, fallback: number): number => Number(query.get(name) ?? fallback);
const options: GeneratedStoreOptions = {
  runs: number("runs", 4),
  params: number("params", 8),
  metrics: number("metrics", 5),
  delay: number("delay", 0),
  badNames: query.has("badNames"),
};
Object.assign(globalThis, { setImmediate: (callback: () => void) => setTimeout(callback, 0) });

const generated = generatedStore(options);
const slowly = async <T>(value: Promise<T>): Promise<T> => {
  if (options.delay > 0) {
    await new Promise((resolve) => setTimeout(resolve, options.delay));
  }
  return value;
};
const store: typeof generated = {
  ...generated,
  getRun: (runId, signal) => slowly(generated.getRun(query.has("equal") ? idOf(0) : runId, signal)),
  getMetricHistories: (runIds, key, { maxPoints }) =>
    slowly(Promise.resolve(new Map(runIds.map((id) => [id, storyCurve(Number(id.slice(0, 8)), key, number("points", 200), maxPoints)])))),
  listArtifacts: (owner, path) =>
    Promise.resolve(
      path === ""
        ? [
            { path: "model", isDirectory: true, size: null, modifiedTime: null },
            {
              path: "report.json",
              isDirectory: false,
              size: owner.kind === "run" ? 1200 + Number(owner.runId.slice(0, 8)) * 37 : 0,
              modifiedTime: null,
            },
          ]
        : [{ path: `${path}/MLmodel`, isDirectory: false, size: 610, modifiedTime: null }],
    ),
  versionsOfRun: (runId) =>
    Promise.resolve(
      runId === idOf(0)
        ? [
            {
              modelName: "churn",
              version: "4",
              stage: "None",
              status: "READY",
              statusMessage: "",
              runId,
              source: "",
              storageLocation: null,
              userId: "",
              description: "",
              creationTime: 0,
              lastUpdatedTime: 0,
              aliases: ["champion"],
              tags: new Map(),
            },
          ]
        : [],
    ),
};
const where = { kind: "file", path: "/churn/mlruns" } as const;
const catalog = new StoreCatalog({ open: () => Promise.resolve(store) }, () => Date.now());
catalog.setFound([{ location: where, label: "churn/mlruns", origin: "folder" }]);
const storeId = storeIdOf(where);
const refs = Array.from({ length: number("compared", options.runs) }, (_, index) => ({ storeId, runId: idOf(index) }));
const missing = query.has("missing") ? [{ storeId, runId: "gone" }] : [];
const target = toCompareTarget([...refs, ...missing], query.has("baseline") ? (refs[number("baseline", 0)] ?? null) : null);
const session = new CompareSession(
  { ...target, groupBy: query.has("groupBy") ? { section: "params", key: query.get("groupBy") ?? "" } : null },
  { catalog, directions: () => Promise.resolve(new Map()), logError: () => undefined, now: () => Date.now(), pacer: createPacer },
);
Object.assign(globalThis, { session, catalog });

const toView = (message: unknown): void => {
  window.postMessage(JSON.parse(JSON.stringify(message)), "*");
};
let fromView: (message: unknown) => void = () => undefined;
const asked: unknown[] = [];
const note = (params: unknown): void => void asked.push(params);
const peer = new RpcPeer<CompareHost, ComparePage>(
  {
    post: toView,
    listen: (listener) => {
      fromView = listener;
      return () => undefined;
    },
  },
  {
    connect: () => ({ texts: {}, target: session.target, view: session.view }),
    setOptions: (params) => session.setOptions(params.revision, params.options),
    addRuns: note,
    removeRun: ({ revision, run }) => session.removeRun(revision, run),
    removeMissing: () => session.removeMissing(),
    moveRun: ({ revision, run, before }) => session.moveRun(revision, run, before),
    openRun: note,
    diffValues: note,
    diffCommits: note,
    showCommit: note,
    artifacts: ({ revision, path }, signal) => session.artifacts(revision, path, signal),
    diffArtifacts: note,
    openArtifact: note,
    curves: ({ revision, key, maxPoints, runs }, signal) => session.curves(revision, key, maxPoints, signal, runs),
    importance: ({ revision, metric }, signal) => session.importance(revision, metric, signal),
    exportTable: note,
    savePicture: note,
    copyText: note,
    reload: ({ storeId: id }) => session.retry(id),
  },
  { toError: toErrorRecord, fromError: fromErrorRecord, timeoutMs: 0 },
);
session.onDidChangeView((view) => peer.notify("view", view));
session.onDidChangeTarget((next) => peer.notify("target", { target: next }));
session.onDidChangeCurves((runs) => peer.notify("curvesChanged", { runs }));
Object.assign(globalThis, {
  asked,
  acquireVsCodeApi: () => ({
    postMessage: (message: unknown) => setTimeout(() => fromView(JSON.parse(JSON.stringify(message)))),
    getState: () => JSON.parse(query.get("state") ?? "null") as unknown,
    setState: () => undefined,
  }),
});
session.load();
void import("../../../webview-ui/compare/main");

function idOf(index: number): string {
  return String(index).padStart(8, "0") + "0123456789abcdef01234567";
}
