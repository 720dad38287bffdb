import { describe, expect, it, onTestFinished } from "vitest";

import { openFileStore } from "../../../src/adapters/mlflowFile/openFileStore";
import { AppError } from "../../../src/core/base/appError";
import type { CommitState } from "../../../src/core/monitoring/monitoringCheck";
import type { Fingerprint, FingerprintPart, Redundancy } from "../../../src/core/training/fingerprint";
import { guardPorts } from "../../../src/core/training/guardPorts";
import { judgeRedundancy, type RedundancyFacts } from "../../../src/core/training/judgeRedundancy";
import { experimentsNamed } from "../../../src/core/training/pastTrainings";
import { trainingTags } from "../../../src/core/training/trainingTags";
import type { TrainingJob } from "../../../src/core/training/trainingJob";
import { idOf, MlrunsFolder } from "../../builders/mlrunsFolder";
import { endedJob, retrainPlan } from "../../builders/retrainPlan";

const never = new AbortController().signal;
const ENDED = 1_790_000_000_000;
const COMMIT: CommitState = { commit: "a".repeat(40), dirty: false };

function fingerprint(over: { data?: string; from?: FingerprintPart["from"]; lr?: string; unknown?: readonly string[] } = {}): Fingerprint {
  const { data = "1", from = "read", lr = "1", unknown = [] } = over;
  const parts: readonly FingerprintPart[] = [
    { kind: "data", name: "data.csv", hash: `sha256:${data.repeat(64)}`, size: 8, from },
    { kind: "code", name: "train.py", hash: `sha256:${"2".repeat(64)}`, size: 8, from: "read" },
    { kind: "param", name: "lr", hash: `sha256:${lr.repeat(64)}`, size: null, from: "value" },
  ];
  return { value: unknown.length > 0 ? null : `${data}${lr}`.repeat(32), parts, unknown };
}

const tagsOf = (made: Fingerprint): Readonly<Record<string, string>> =>
  trainingTags({ jobId: "churn-1", fingerprint: made, reason: { kind: "manual", text: "By hand." }, againBecause: null });

function folder(): MlrunsFolder {
  const made = new MlrunsFolder();
  onTestFinished(() => made.dispose());
  return made.experiment("0", { name: "Default" }).experiment("1", { name: "churn" });
}

const times = (more: Readonly<Record<string, string>> = {}): Readonly<Record<string, string>> => ({
  start_time: String(ENDED - 3_600_000),
  end_time: String(ENDED),
  ...more,
});

async function judge(runs: MlrunsFolder | null, over: Partial<RedundancyFacts> = {}): Promise<Redundancy> {
  return judgeRedundancy(
    {
      fingerprint: fingerprint(),
      params: { lr: 0.1 },
      runs: async () => {
        if (runs === null) {
          return null;
        }
        const store = await openFileStore(runs.root, never);
        return { store, storeId: "file:here", experimentIds: await experimentsNamed(store, "churn", never) };
      },
      jobs: [],
      commit: COMMIT,
      price: { perHour: 2, currency: "EUR" },
      ...over,
    },
    never,
  );
}

describe("a training that would repeat an earlier one", () => {
  it("is named with the run, its KPIs, its cost and its commit", async () => {
    const runs = folder().run("1", idOf("a"), {
      meta: times(),
      tags: { ...tagsOf(fingerprint()), "mlflow.source.git.commit": COMMIT.commit },
      metrics: { f1: `${ENDED} 0.91 0\n`, loss: `${ENDED} nan 0\n` },
    });
    expect(await judge(runs)).toEqual({
      kind: "redundant",
      because: "Data, code and parameters are the same, byte by byte.",
      past: {
        jobId: "churn-1",
        run: { storeId: "file:here", experimentId: "1", runId: idOf("a"), name: "run-aaaa" },
        endedAt: ENDED,
        durationMs: 3_600_000,
        kpis: { f1: 0.91 },
        cost: { amount: 2, currency: "EUR" },
        commit: COMMIT.commit,
        params: {},
      },
    });
  });

  it.each([
    ["failed", { status: "4" }],
    ["was deleted", { lifecycle_stage: "deleted" }],
  ])("is none where the run %s", async (_, meta) => {
    const runs = folder().run("1", idOf("a"), { meta: times(meta), tags: tagsOf(fingerprint()) });
    expect(await judge(runs)).toEqual({ kind: "first" });
  });

  it("is known from a job alone, also where the store cannot be read, and not where the job's run was deleted", async () => {
    const plan = retrainPlan();
    const job: TrainingJob = { ...endedJob(plan), fingerprint: fingerprint().value };
    expect(await judge(null, { jobs: [job] })).toMatchObject({ kind: "redundant", past: { jobId: job.id } });
    const away = (): Promise<never> => Promise.reject(new AppError("store/unreachable", "The server is away."));
    expect(await judge(null, { jobs: [job], runs: away })).toMatchObject({ kind: "redundant" });
    expect(await judge(null, { runs: away })).toMatchObject({ kind: "cannot_tell", why: expect.stringContaining("away") as string });
    const run = { storeId: "file:here", experimentId: "1", runId: idOf("b"), name: "gone", status: "FINISHED" };
    const outcome = { runs: [run], kpis: [], champion: null, registered: null, cost: null, notes: [], at: ENDED };
    expect(await judge(folder(), { jobs: [{ ...job, outcome }] })).toEqual({ kind: "first" });
  });
});

describe("what changed since the last training", () => {
  it("is told with old and new values", async () => {
    const runs = folder().run("1", idOf("a"), { meta: times(), tags: tagsOf(fingerprint()), params: { lr: "0.1" } });
    const now = await judge(runs, { fingerprint: fingerprint({ data: "3", lr: "4" }), params: { lr: 0.2 } });
    expect(now).toMatchObject({ kind: "changed", past: { run: { runId: idOf("a") } } });
    expect(now.kind === "changed" ? now.changes.map(({ text }) => text) : []).toEqual([
      "data.csv: content changed (1111… → 3333…)",
      "lr: 0.1 → 0.2",
    ]);
  });

  it("is not told where something could not be looked at", async () => {
    const runs = folder().run("1", idOf("a"), { meta: times(), tags: tagsOf(fingerprint()) });
    const why = "The data data.csv is not there.";
    expect(await judge(runs, { fingerprint: fingerprint({ unknown: [why] }) })).toMatchObject({ kind: "cannot_tell", why });
  });
});

describe("a run that nobody here started", () => {
  const made = (tags: Readonly<Record<string, string>>, params: Readonly<Record<string, string>> = { lr: "0.10" }): MlrunsFolder =>
    folder().run("1", idOf("a"), { meta: times(), tags, params });
  const same = { "mlflow.source.git.commit": COMMIT.commit };
  const tracked = fingerprint({ from: "dvc" });

  it("is the same where commit, parameters and the data that DVC knows are", async () => {
    expect(await judge(made(same), { fingerprint: tracked })).toMatchObject({
      kind: "redundant",
      because: "As far as MLflow and DVC tell: the same commit, parameters and data.",
    });
  });

  it.each([
    ["without a commit", {}, {}],
    ["with files changed since the commit", same, { commit: { ...COMMIT, dirty: true } }],
    ["outside of a repository", same, { commit: null }],
    ["with data that nobody tracks", same, { fingerprint: fingerprint() }],
    ["that does not say its parameters", same, { params: { lr: 0.1, depth: 3 } }],
  ] as const)("cannot be compared %s", async (_, tags, over) => {
    expect(await judge(made(tags), { fingerprint: tracked, ...over })).toMatchObject({ kind: "cannot_tell" });
  });

  it("differs by commit and parameter, which are named", async () => {
    const other = await judge(made({ "mlflow.source.git.commit": "b".repeat(40) }), { fingerprint: tracked, params: { lr: 0.2 } });
    expect(other.kind === "changed" ? other.changes.map(({ text }) => text) : []).toEqual([
      "the commit: bbbbbbb → aaaaaaa",
      "lr: 0.10 → 0.2",
    ]);
  });
});

it("estimates pass over runs that another engine made", async () => {
  const plan = retrainPlan();
  const runs = folder()
    .run("1", idOf("a"), { meta: times(), tags: { "mlops.job": "on-ray" } })
    .run("1", idOf("b"), { meta: times(), tags: { "mlops.job": "here" } })
    .run("1", idOf("c"), { meta: times() });
  const job = endedJob(plan);
  const ports = guardPorts({
    ...{ files: { list: () => Promise.resolve([]) }, toAbsolute: (path) => path, sha256: (text) => text },
    hashes: { hash: () => Promise.resolve(null), keep: () => Promise.resolve(null) },
    store: async () => ({ store: await openFileStore(runs.root, never), storeId: "file:here" }),
    jobs: () =>
      Promise.resolve([
        { ...job, id: "on-ray", engine: "ray" },
        { ...job, id: "here", engine: "local" },
      ]),
    commit: () => Promise.resolve(COMMIT),
  });
  const spec = { ...plan.spec, engine: "local" as const, tracking: { uri: null, experiment: "churn" } };
  const past = await ports.pastTrainings(spec, {}, 5, never);
  expect(past.map(({ run }) => run?.runId).toSorted()).toEqual([idOf("b"), idOf("c")].toSorted());
});
