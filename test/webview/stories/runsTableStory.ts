import { fromErrorRecord, toErrorRecord } from "../../../src/core/base/appError";
import { parseTableLayout } from "../../../src/core/table/tableLayout";
import { StoreCatalog } from "../../../src/core/tracking/storeCatalog";
import { completeTableFilter } from "../../../src/editor/runs/completeTableFilter";
import { RunsTableSession } from "../../../src/editor/runs/runsTableSession";
import { RpcPeer } from "../../../src/protocol/rpc";
import type { RunsTableHost, RunsTableView } from "../../../src/protocol/runsTable";
import { generatedStore, type GeneratedStoreOptions } from "./generatedStore";

/**
 * The runs table's page in a plain browser, with the real host side behind it in the same thread and generated runs instead
 * of a store. The address says which state: `?runs=10000&metrics=30&params=30&delay=5`.
 */
const query = new URLSearchParams(location.search);
const number = (name: string, fallback: number): number => Number(query.get(name) ?? fallback);
const options: GeneratedStoreOptions = {
  runs: number("runs", 50),
  params: number("params", 6),
  metrics: number("metrics", 4),
  delay: number("delay", 0),
  fails: query.has("fails"),
  badNames: query.has("badNames"),
};
Object.assign(globalThis, { setImmediate: (callback: () => void) => setTimeout(callback, 0) });

const catalog = new StoreCatalog(
  {
    open: (where) =>
      Promise.resolve(
        where.kind === "rest" && query.has("partial") ? generatedStore({ ...options, fails: true }) : generatedStore(options),
      ),
  },
  () => Date.now(),
);
const stores = [{ location: { kind: "file" as const, path: "/churn/mlruns" }, label: "churn/mlruns", origin: "folder" }];
catalog.setFound(
  query.has("partial")
    ? [...stores, { location: { kind: "rest", url: "http://localhost:5000" }, label: "localhost:5000", origin: "setting" }]
    : stores,
);
const layout = parseTableLayout(JSON.parse(query.get("layout") ?? "{}"));
const session = new RunsTableSession(catalog, { experiments: [], filter: query.get("filter") ?? "" }, layout, () => undefined);
Object.assign(globalThis, { session, catalog });

const toView = (message: unknown): void => {
  window.postMessage(JSON.parse(JSON.stringify(message)), "*");
};
let fromView: (message: unknown) => void = () => undefined;
const opened: unknown[] = [];
const peer = new RpcPeer<RunsTableHost, RunsTableView>(
  {
    post: toView,
    listen: (listener) => {
      fromView = listener;
      return () => undefined;
    },
  },
  {
    connect: () => ({ title: "Runs of churn", target: { experiments: [] }, texts: {}, columns: session.columns, state: session.state() }),
    rows: ({ revision, from, to, columns }) => ({ lines: session.isCurrent(revision) ? session.lines(from, to, columns) : null }),
    setLayout: (params) => session.setLayout(parseTableLayout(params.layout)),
    setFilter: ({ text }) => session.setFilter(text),
    completeFilter: ({ text, caret }) => ({ items: completeTableFilter(session.table, text, caret) }),
    toggle: ({ line }) => session.toggle(line),
    select: ({ action }) => ({ selectedRuns: session.select(action) }),
    open: ({ line }) => void opened.push(session.runAt(line)),
    copy: () => undefined,
    exportCsv: () => undefined,
    cancelLoading: () => session.cancelLoading(),
    reload: ({ storeId }) => session.retry(storeId),
  },
  { toError: toErrorRecord, fromError: fromErrorRecord, timeoutMs: 0 },
);
session.onDidChangeState((state) => peer.notify("state", state));
session.onDidChangeColumns((columns) => peer.notify("columns", columns));
session.onDidChangeLines((lines) => peer.notify("linesChanged", lines));
Object.assign(globalThis, {
  opened,
  acquireVsCodeApi: () => ({
    postMessage: (message: unknown) => setTimeout(() => fromView(JSON.parse(JSON.stringify(message)))),
    getState: () => null,
    setState: () => undefined,
  }),
});
if (!query.has("empty")) {
  session.load();
}
void import("../../../webview-ui/runs/main");
