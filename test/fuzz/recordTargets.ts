import { createHash } from "node:crypto";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { readRecordLog } from "../../src/adapters/node/recordLogs";
import type { DeploymentEntry } from "../../src/core/deployment/deployment";
import type { GateEntry } from "../../src/core/deployment/gate/gateEntry";
import { readJobText } from "../../src/adapters/node/jobs/readJobText";
import { readDeploymentText } from "../../src/adapters/node/readDeploymentText";
import { parseCommitLog } from "../../src/adapters/git/parseCommitLog";
import { parseNameStatus } from "../../src/adapters/git/parseNameStatus";
import { parseSignOffLog } from "../../src/adapters/git/parseSignOffLog";
import { readRemoteUrl } from "../../src/adapters/githubActions/githubRepository";
import { parseSmiCsv } from "../../src/adapters/nvidiaSmi/parseSmiCsv";
import { parseExposition } from "../../src/adapters/prometheus/parseExposition";
import { toProcessors } from "../../src/adapters/prometheus/toProcessors";
import { readBaseline } from "../../src/cli/lint/baseline";
import { NEVER_CANCELLED } from "../../src/core/base/cancel";
import { keptDeploymentFault, keptPlanFault, toldOf } from "../../src/core/governance/keptDeployments";
import { chainLine, CHAIN_START, readChain } from "../../src/core/governance/hashChain";
import { readSignOff } from "../../src/core/governance/readSignOff";
import { readEarlierReport } from "../../src/core/governance/report/earlierReport";
import { seal, sealFault } from "../../src/core/governance/report/reportSeal";
import { toDeploymentView } from "../../src/core/deployment/view/toDeploymentView";
import { alertLines } from "../../src/core/monitoring/alerts";
import { identityOfResult } from "../../src/core/monitoring/reviewIdentity";
import { sayTime, sayWindow } from "../../src/core/monitoring/sayResult";
import { readResult } from "../../src/core/monitoring/readResult";
import { readNote, noteState } from "../../src/core/monitoring/reviewNote";
import { costSoFar, toJobPage } from "../../src/core/training/view/toJobPage";
import { durationWords } from "../../src/core/training/view/trainingWords";
import { pythonListText } from "../../src/core/training/listText";
import { readParts } from "../../src/core/training/trainingTags";
import { toDatasetView } from "../../src/core/tracking/datasetView";
import { endedJob, retrainPlan } from "../builders/retrainPlan";
import { type FuzzTarget, type OpenTarget, ofText, ofValue, texts, values } from "./fuzzTarget";

const ID = "churn-20261130-120000-a1b2c3";
const PLAN = retrainPlan({ jobId: ID });
const JOB = endedJob(PLAN, {
  outcome: {
    runs: [{ storeId: "s", experimentId: "1", runId: "r", name: "run", status: "FINISHED" }],
    kpis: [{ name: "f1", group: null, value: 0.9, target: ">= 0.8", status: "pass", champion: 0.8, isBetter: true }],
    champion: { model: "churn", version: "1", runId: null },
    registered: { model: "churn", version: "2" },
    cost: { amount: 1.5, currency: "EUR" },
    notes: ["Fine."],
    at: 1_796_040_000_000,
  },
});
const DEPLOYMENT = {
  schema: 1,
  id: ID,
  intent: "deploy",
  planHash: "f".repeat(64),
  config: "mlops.yaml",
  product: "churn",
  target: "staging",
  type: "mlflow_alias",
  model: "churn",
  version: "2",
  previous: "1",
  state: "running",
  serves: null,
  who: "Ana",
  startedAt: 1_796_040_000_000,
  endedAt: null,
  message: null,
  steps: [{ id: "switch", text: "Move the alias.", state: "pending", message: null, startedAt: null, endedAt: null }],
  health: null,
  scoring: null,
};
const ENTRY = {
  deployment: ID,
  plan: "f".repeat(64),
  state: "succeeded",
  version: "2",
  previous: "1",
  target: "staging",
  serves: "2",
  who: "Ana",
};
const LOGGED = {
  ...ENTRY,
  at: "2026-11-30T12:00:00Z",
  intent: "deploy",
  product: "churn",
  type: "mlflow_alias",
  model: "churn",
  digest: null,
  commit: null,
  gate: { decision: "pass", hash: "a" },
  reason: null,
  message: "Done.",
};
const GATE = {
  at: "2026-11-30T12:00:00Z",
  product: "churn",
  target: "staging",
  version: "2",
  decision: "block",
  stopped_by: ["kpis"],
  warned_by: [],
  who: "Ana",
};
const RESULT = {
  version: 1,
  product: "churn",
  status: "warn",
  checked_at: 1_796_040_000_000,
  config: "mlops.yaml",
  window: { from: 1_796_000_000_000, to: 1_796_040_000_000, column: "day", by: "day", complete: true },
  reference: { path: "a.csv", files: [{ path: "a.csv", bytes: 10, sha256: null }], rows: 10, total_rows: 10, sampled: false },
  live: { path: "b.csv", files: [], rows: 5, total_rows: 5, sampled: true },
  drift: {
    status: "warn",
    mode: "own",
    drifted_columns: 1,
    tested_columns: 3,
    share: 0.33,
    columns: [{ name: "x", status: "warn", method: "psi", value: 0.2, warn: 0.1, fail: 0.3 }],
  },
  kpis: [{ name: "f1", status: "ok", value: 0.9, target: ">= 0.8", rows: 5, reason: null }],
  problems: ["The file is old."],
  started_by: "person",
};
const SIGN_OFF = `subject: deployment
who: {name: Ana Example, email: ana@example.org, role: risk}
when: 2026-11-30T12:00:00Z
commit: ${"a".repeat(40)}
model: {name: churn, version: "2", digest: "sha256:aa"}
config_sha256: ${"b".repeat(64)}
decision: approved
conditions: [{what: Watch it, answer: yes}, Look again]
evidence: [{path: reports/a.json, sha256: "${"c".repeat(64)}"}]
statement: It is good enough.
expires: 2027-05-30
asked: {role: risk, people: [ana@example.org]}
`;
const NOTE = `subject: drift
product: churn
who: {name: Ana, email: ana@example.org}
when: 2026-11-30T12:00:00Z
verdict: harmless
text: Known.
about: {mode: own, reference: [{path: a.csv, bytes: 3, sha256: null}], live: [], window: {from: 2026-11-01, to: 2026-11-30}, limits: [{method: psi, warn: 0.1, fail: 0.2, columns: {x: {warn: 1}}}], dataset_share: 0.5, commit: null}
`;
const REPORT = {
  kind: "compliance-report",
  product: "churn",
  made: { on: "2026-11-29" },
  commit: "a",
  version: "1",
  digest: null,
  items: [{ id: "annex-iv/1(a)", status: "missing" }],
  sign_offs: [{ file: "a.yaml", state: "holds" }],
  findings: [{ code: "OWN01" }],
};
const COMMITS = `\x1eana@example.org\x1fAna\x1f1796040000\x1f1796040000\x1fabc\0\nM\0train.py\0R100\0a.csv\0b.csv\0\x1ebo@example.org\x1fBo\x1f1796030000\x1f1796030000\x1f\0\nA\0x y.md\0`;
const SIGN_OFF_LOG = `\x1e${"a".repeat(40)}\x1f1796040000\x1fA@x.org\x1fa@x.org\x1fAna\x1fb@x.org\x1fb@x.org\x1fBo\x1fp\0\n:100644 100644 ${"b".repeat(40)} ${"c".repeat(40)} M\0.mlops/signoffs/a.yaml\0:100644 100644 ${"b".repeat(40)} ${"c".repeat(40)} R090\0a\0b\0`;
const DCGM = `# HELP DCGM_FI_DEV_GPU_UTIL x\n# TYPE DCGM_FI_DEV_GPU_UTIL gauge\nDCGM_FI_DEV_GPU_UTIL{gpu="0",UUID="GPU-1",modelName="NVIDIA H100",Hostname="n\\"1"} 35\nDCGM_FI_DEV_FB_USED{gpu="0",UUID="GPU-1"} 1024 1796040000000\nDCGM_FI_DEV_POWER_USAGE{gpu="0",UUID="GPU-1"} NaN\n`;
const NOW = 1_796_040_000_000;

function target(
  name: string,
  kind: FuzzTarget["kind"],
  seeds: FuzzTarget["seeds"],
  open: FuzzTarget["open"],
  more: Partial<FuzzTarget> = {},
): FuzzTarget {
  return { name, kind, seeds, open, ...more };
}

/** What the product and its tools wrote down: anybody may have changed it since. */
export const recordTargets: readonly FuzzTarget[] = [
  target("job-file", "json", values(JOB, PLAN), ofText(job)),
  target(
    "deployment-file",
    "json",
    values(DEPLOYMENT),
    ofText((text) => toDeploymentView(readDeploymentText(text, ID, "deployment.json"))),
  ),
  target("kept-deployment", "json", values(DEPLOYMENT, { ...PLAN, hash: "f".repeat(64) }), ofText(kept)),
  { name: "record-logs", kind: "json", seeds: values(LOGGED, GATE), share: 40, open: logs },
  target("log-entry", "json", values(ENTRY), ofValue(toldOf)),
  target(
    "hash-chain",
    "text",
    texts(chainLine(ENTRY, CHAIN_START, sha256), `${chainLine({ a: 1 }, CHAIN_START, sha256)}{"half`),
    ofText((text) => readChain(text, sha256)),
  ),
  target("monitoring-result", "json", values(RESULT), ofText(result)),
  target(
    "review-note",
    "text",
    texts(NOTE),
    ofText((text) => noteState(readNote("n.yaml", text), readNote("m.yaml", NOTE).identity ?? fail())),
  ),
  target("sign-off", "text", texts(SIGN_OFF), ofText(readSignOff)),
  target("kept-report", "json", values(REPORT), () => Promise.resolve({ run: (input) => earlier(input.toString("utf8")) })),
  target(
    "report-seal",
    "text",
    texts(seal("# Report\n\nAll is well.\n", sha256), seal('{"a":1}', sha256)),
    ofText((text) => sealFault(text, sha256)),
  ),
  target(
    "lint-baseline",
    "json",
    values({ version: 1, findings: [{ file: "a", rule: "r", fingerprint: "f", severity: "error", count: 1 }] }),
    ofText(readBaseline),
  ),
  target(
    "training-tags",
    "json",
    values([["data", "a.csv", "abcdef"]], ["a", 1]),
    ofText((text) => [readParts(text), pythonListText(text)]),
  ),
  target(
    "logged-dataset",
    "json",
    values(
      { uri: "s3://b/a.csv" },
      { mlflow_colspec: [{ name: "a", type: "long" }] },
      { mlflow_tensorspec: { features: '[{"name": "x", "type": "tensor", "tensor-spec": {"dtype": "float64", "shape": [-1, 3]}}]' } },
      { num_rows: 3 },
    ),
    ofText(datasetView),
  ),
  target("git-commits", "text", texts(COMMITS), ofText(parseCommitLog)),
  target("git-names", "text", texts("M\0a b\0R100\0x\0y\0D\0z\0C50\0p\0q\0"), ofText(parseNameStatus)),
  target(
    "git-sign-offs",
    "text",
    texts(SIGN_OFF_LOG),
    ofText((text) => [parseSignOffLog(text, false), parseSignOffLog(text, true)]),
  ),
  target(
    "git-remote",
    "text",
    texts("git@github.com:org/repo.git", "https://user:pw@github.example.com:8443/org/repo", "ssh://git@host:22/o/r.git/"),
    ofText(readRemoteUrl),
  ),
  target(
    "nvidia-smi",
    "text",
    texts("0, GPU-1, NVIDIA H100, 35, 1024, 81920, 300.5\n1, MIG-2, X, [N/A], [Not Supported], 1, [Unknown Error]\n"),
    ofText((text) => parseSmiCsv(text, "node")),
  ),
  target(
    "prometheus",
    "text",
    texts(DCGM),
    ofText((text) => toProcessors(parseExposition(text), "host")),
  ),
];

function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

/** As the page and the tree show it. */
function job(text: string): void {
  const read = readJobText(text, ID, "job.json");
  toJobPage(read, null, null);
  durationWords(read, NOW);
  costSoFar(read, null, NOW);
}

function result(text: string): void {
  const read = readResult(text);
  sayTime(read.checked_at);
  sayWindow(read.window);
  alertLines(read);
  identityOfResult(read);
}

function kept(text: string): void {
  keptPlanFault(text, ENTRY as never, sha256);
  keptDeploymentFault(text, ENTRY as never);
}

/** A kept report is read where the newest is looked for. */
function earlier(text: string): Promise<unknown> {
  const product = { config: "mlops.yaml", name: "churn" } as never;
  const files = { readText: () => Promise.resolve(text) };
  const names = (): Promise<readonly string[]> => Promise.resolve(["2026-11-29-churn-1.json", "2026-11-29-mlops-1.json"]);
  return readEarlierReport("", product, "other", { files, names }, NEVER_CANCELLED);
}

/** Whoever makes up an entry makes up its hashes as well. */
async function logs(): Promise<OpenTarget> {
  const folder = await mkdtemp(join(tmpdir(), "mlops-fuzz-"));
  const path = join(folder, "deployments.jsonl");
  const gate = join(folder, "gate-log.jsonl");
  const { run } = await ofValue(async (value) => {
    const line = chainLine(typeof value === "object" && value !== null ? value : { value }, CHAIN_START, sha256);
    await Promise.all([writeFile(path, line), writeFile(gate, line)]);
    for (const { entry } of (await readRecordLog<DeploymentEntry>(path)).lines) {
      entry.state.replaceAll("_", " ");
      entry.gate.decision.slice(1);
    }
    for (const { entry } of (await readRecordLog<GateEntry>(gate)).lines) {
      entry.stopped_by.join(entry.decision.replaceAll("_", " "));
    }
  })();
  return { run, close: () => rm(folder, { recursive: true, force: true }) };
}

function datasetView(text: string): void {
  const view = toDatasetView({ name: "d", digest: "1", sourceType: "local", source: text, schema: text, profile: text, context: null });
  JSON.stringify(view);
  new Date(NOW).toISOString();
}

function fail(): never {
  throw new TypeError("The note that is given has no identity.");
}
