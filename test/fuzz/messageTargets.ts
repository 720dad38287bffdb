import * as compare from "../../src/editor/compare/compareMessages";
import { parseCompareTarget } from "../../src/editor/compare/compareTarget";
import * as deploy from "../../src/editor/deployment/deployMessages";
import { parseDeploySubject } from "../../src/editor/deployment/deploySubject";
import * as drift from "../../src/editor/drift/driftMessages";
import { parseDriftTarget } from "../../src/editor/drift/driftTarget";
import * as compliance from "../../src/editor/governance/complianceMessages";
import { parseComplianceTarget } from "../../src/editor/governance/complianceTarget";
import * as overview from "../../src/editor/overview/overviewMessages";
import * as runPage from "../../src/editor/runs/runPageMessages";
import * as runsTable from "../../src/editor/runs/runsTableMessages";
import { parseRunsTableTarget } from "../../src/editor/runs/runsTableTarget";
import * as retrain from "../../src/editor/training/retrainMessages";
import { parseRetrainTarget } from "../../src/editor/training/retrainTarget";
import { isBrowseNode } from "../../src/core/browse/node";
import { parseTableLayout } from "../../src/core/table/tableLayout";
import { RpcPeer } from "../../src/protocol/rpc";
import { type FuzzTarget, ofValue, values } from "./fuzzTarget";

type Parser = (value: unknown) => unknown;

const HASH = "a".repeat(64);
const DRIFT = {
  subject: { kind: "files", reference: "a.csv", current: "b.csv" },
  choices: {
    mode: "own",
    method: null,
    window: null,
    timeColumn: null,
    segment: { column: "a", value: null },
    reading: null,
    ignore: ["a"],
  },
};
const PAGES: Readonly<Record<string, { readonly parsers: object; readonly seeds: readonly unknown[] }>> = {
  overview: {
    parsers: overview,
    seeds: [
      { row: "r", place: { kind: "challenge", challenge: "cost" } },
      { row: "r", place: { kind: "wait", index: 1 } },
      { storeId: "s", runId: "r" },
      { text: "x" },
    ],
  },
  retrain: {
    parsers: { ...retrain, parseRetrainTarget },
    seeds: [
      { form: { engine: null, params: { lr: "0.1" }, consents: ["x"], againBecause: null } },
      { hash: HASH, to: "file" },
      { with: "champion" },
      {
        kind: "plan",
        root: "/w",
        config: "mlops.yaml",
        form: { engine: null, params: {}, consents: [], againBecause: null },
        reason: { kind: "manual", text: "x" },
      },
      { kind: "job", root: "/w", config: "mlops.yaml", id: "j-1" },
    ],
  },
  compliance: {
    parsers: { ...compliance, parseComplianceTarget },
    seeds: [
      { file: "a", line: 1 },
      { format: "html", audience: "internal" },
      { subject: "deployment", role: "risk" },
      { root: "/w", config: "c", name: "n", version: null },
    ],
  },
  compare: {
    parsers: { ...compare, parseCompareTarget },
    seeds: [
      { revision: 1, run: 2, before: null },
      { revision: 1, row: 2, runs: [0, 1], path: "a", key: "k", maxPoints: 100, metric: "m" },
      { revision: 1, format: "csv", rows: [0, 1], to: "file", charts: ["<svg/>"] },
      { name: "a", format: "png", data: "AAAA" },
      { runs: [{ storeId: "s", runId: "r" }], baseline: null },
    ],
  },
  drift: {
    parsers: { ...drift, parseDriftTarget },
    seeds: [
      DRIFT,
      { revision: 1, column: "a", name: "a", path: "p", columns: ["x"] },
      { revision: 1, format: "csv", to: "clipboard", charts: [] },
    ],
  },
  deploy: {
    parsers: { ...deploy, parseDeploySubject },
    seeds: [
      { form: { target: "staging", version: "1", reason: null } },
      { hash: HASH, confirmation: "x", to: "file" },
      { file: "a", line: null },
      { kind: "deployment", root: "/w", config: "c", id: "d-1" },
    ],
  },
  "run-page": {
    parsers: runPage,
    seeds: [
      { kind: "openExternal", url: "https://example.org" },
      { kind: "copyValue", value: { kind: "dataset", index: 0, part: "schema" } },
      { kind: "openArtifact", owner: { kind: "modelVersion", modelName: "m", version: "1" }, path: "a/b" },
      { owner: { kind: "run", runId: "r" }, path: "a", key: "k", pageToken: null, storeId: "s", runId: "r" },
    ],
  },
  "runs-table": {
    parsers: { ...runsTable, parseRunsTableTarget, parseTableLayout, isBrowseNode },
    seeds: [
      { revision: 1, from: 0, to: 50, line: 3 },
      { kind: "range", line: 4 },
      ["metrics.f1", "params.lr"],
      { experiments: [{ storeId: "s", experimentId: "1" }], title: "t", filter: "acc > 1" },
      { columns: [{ id: "metrics.f1", width: 100 }], sort: [{ id: "name", descending: true }], groupBy: null, filter: "x" },
      { kind: "run", storeId: "s", runId: "r" },
    ],
  },
};

/** What our pages send: a page is ours, but what is in it is not always. */
export const messageTargets: readonly FuzzTarget[] = [
  ...Object.entries(PAGES).map(([name, { parsers, seeds }]): FuzzTarget => {
    const all = Object.values(parsers).filter((one) => typeof one === "function") as readonly Parser[];
    return {
      name: `messages-${name}`,
      kind: "json",
      seeds: values(...seeds),
      open: ofValue((value) => all.forEach((parse) => refusedOrRead(parse, value))),
    };
  }),
  {
    name: "messages-rpc",
    kind: "json",
    seeds: values(
      { rpc: 1, kind: "request", id: 1, method: "rows", params: { from: 1 } },
      { rpc: 1, kind: "error", id: 1, error: { code: "usage", message: "x" } },
      { rpc: 1, kind: "cancel", id: 3 },
    ),
    open: rpc,
  },
];

/** One shape that does not fit says nothing of the others. */
function refusedOrRead(parse: Parser, value: unknown): void {
  try {
    parse(value);
  } catch (error) {
    if (!(error instanceof Error) || error.name !== "ValiError") {
      throw error;
    }
  }
}

function rpc(): ReturnType<FuzzTarget["open"]> {
  let deliver: (message: unknown) => void = () => undefined;
  const channel = {
    post: (message: unknown): void => void structuredClone(message),
    listen: (listener: (message: unknown) => void): (() => void) => {
      deliver = listener;
      return () => undefined;
    },
  };
  const toError = (error: unknown): { code: string; message: string } => ({ code: "x", message: String(error) });
  const peer = new RpcPeer<{ rows(params: { from: number }): number }, { look(params: object): number }>(
    channel,
    { rows: ({ from }) => from },
    { toError, fromError: ({ message }) => new Error(message), timeoutMs: 0 },
  );
  const { run } = {
    run: ofValue(async (value) => {
      const answer = peer.call("look", {}).catch(() => null);
      deliver(value);
      deliver({ rpc: 1, kind: "reply", id: 0, result: null });
      await Promise.race([answer, Promise.resolve()]);
    }),
  };
  return run();
}
