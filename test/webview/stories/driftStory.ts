import { fromErrorRecord, toErrorRecord } from "../../../src/core/base/appError";
import type { DriftHost, DriftPage, DriftView } from "../../../src/protocol/drift";
import { RpcPeer } from "../../../src/protocol/rpc";
import { storyDetail, storySegments, storyTools } from "./driftDetails";
import { storyView } from "./driftViews";

/**
 * The drift page in a plain browser with made-up data behind it. The address says which state:
 * `?columns=12&windows=12&state=ok|loading|computing|error|stale|outdated|noReference|noCurrent|noRows|noColumns|noTime|unjudged|sampled`,
 * and `&page={"tab":"time"}` what is open.
 */
const query = new URLSearchParams(location.search);
const number = (name: string, fallback: number): number => Number(query.get(name) ?? fallback);
let view: DriftView = storyView({ columns: number("columns", 12), windows: number("windows", 12), state: query.get("state") ?? "ok" });

const asked: unknown[] = [];
const note = (params: unknown): void => void asked.push(params);
let fromView: (message: unknown) => void = () => undefined;
const slowly = async <T>(value: T): Promise<T> => {
  await new Promise((resolve) => setTimeout(resolve, number("delay", 0)));
  return value;
};
const peer = new RpcPeer<DriftHost, DriftPage>(
  {
    post: (message) => window.postMessage(JSON.parse(JSON.stringify(message)), "*"),
    listen: (listener) => {
      fromView = listener;
      return () => undefined;
    },
  },
  {
    connect: () => ({ texts: {}, target: {}, view }),
    setOptions: async ({ options }) => {
      view = { ...view, revision: view.revision + 1, options };
      peer.notify("view", await slowly(view));
    },
    column: ({ name }) => slowly(storyDetail(view, name)),
    tools: () => slowly(storyTools()),
    segments: ({ column }) => slowly(storySegments(column)),
    exportReport: note,
    savePicture: note,
    copyText: note,
    writeNote: note,
    openFile: note,
    openConfig: note,
    retrain: note,
    cancel: note,
    reload: note,
  },
  { toError: toErrorRecord, fromError: fromErrorRecord, timeoutMs: 0 },
);
Object.assign(globalThis, {
  asked,
  show: (next: DriftView) => peer.notify("view", next),
  acquireVsCodeApi: () => ({
    postMessage: (message: unknown) => setTimeout(() => fromView(JSON.parse(JSON.stringify(message)))),
    getState: () => ({ page: JSON.parse(query.get("page") ?? "null") as unknown }),
    setState: () => undefined,
  }),
});
void import("../../../webview-ui/drift/main");
