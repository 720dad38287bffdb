import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { readNvidiaSmi } from "../../../src/adapters/nvidiaSmi/readNvidiaSmi";
import { createRayEngine } from "../../../src/adapters/ray/rayEngine";
import { readRayProcessors } from "../../../src/adapters/ray/readRayProcessors";
import { openSqliteStore } from "../../../src/adapters/mlflowSqlite/openSqliteStore";
import type { JobDraft, JobHandle, TrainingEngine } from "../../../src/core/training/trainingEngine";
import type { ParamValue, TrainSpec } from "../../../src/core/training/trainSpec";
import { trainSpec } from "../../builders/retrainPlan";
import { startsOf } from "../../contract/localProject";
import { type SampleKind, trainingEngineSuite } from "../../contract/trainingEngineSuite";
import { never } from "../liveStore";
import { venvOf } from "../mlflowServer";
import { waitFor, wholeLog } from "./followJob";
import { SAMPLE_SCRIPTS } from "./sampleScripts";
import { type RayHead, startRay } from "./startRay";

const ODD = `it's "a" $(touch /tmp/no) \`b\` \\ ünï\nnew line; *`;
const TOKEN = "hunter2-of-the-cluster";
let head: RayHead;
let engine: TrainingEngine;
const python = (): string => join(venvOf(3), "bin", "python");

beforeAll(async () => {
  head = await startRay();
  engine = createRayEngine({ secrets: () => Promise.resolve({ env: {}, token: null, login: null }) });
});
afterAll(() => head.stop());

function draft(jobId: string, code: string, changes: Partial<TrainSpec> = {}, params: Record<string, ParamValue> = {}): JobDraft {
  const spec = trainSpec({
    engine: "ray",
    folder: head.folder,
    command: [python(), "-c", code.replaceAll("{", "{{").replaceAll("}", "}}"), ...Object.keys(params).map((name) => `{${name}}`)],
    ray: { address: head.url, workingDir: head.folder },
    ...changes,
  });
  return { jobId, spec, params, overrides: params, tags: { "mlops.job": jobId, "mlops.plan": "a".repeat(64) }, consents: [] };
}

async function submit(wanted: JobDraft): Promise<JobHandle> {
  return engine.submit(wanted, engine.action(wanted, await engine.inspect(wanted.spec, never)), never);
}

/** A folder on the cluster's disk with a script as its training. */
function project(kind: SampleKind): TrainSpec {
  const folder = mkdtempSync(join(head.folder, "project-"));
  writeFileSync(join(folder, "train.py"), SAMPLE_SCRIPTS[kind]);
  const args = kind === "echo" ? ["{text}"] : [];
  return trainSpec({ engine: "ray", folder, command: [python(), "train.py", ...args], ray: { address: head.url, workingDir: folder } });
}

trainingEngineSuite("Ray", {
  // The cluster asks nobody for a login, and is sent one all the same.
  engine: () => createRayEngine({ secrets: () => Promise.resolve({ env: {}, token: TOKEN, login: null }) }),
  project: (kind) => Promise.resolve(project(kind)),
  starts: (spec) => Promise.resolve(startsOf(spec)),
  secret: TOKEN,
  patienceMs: 100_000,
  pollMs: 200,
});

describe("a real Ray cluster", () => {
  it("says what it is, and warns of GPUs that it does not have", async () => {
    const wanted = draft("facts", "", { resources: { ...trainSpec().resources, gpus: 2 } });
    const facts = await engine.inspect(wanted.spec, never);
    expect(facts.health.ok).toBe(true);
    expect(facts.health.message).toMatch(/^Ray 2\.\d+\.\d+ at http:\/\/127\.0\.0\.1:\d+ has one node and no GPU\.$/);
    expect(facts.warnings.join(" ")).toContain("asks for 2 GPUs, and the cluster has none");
  });

  it("tells of the processors of its nodes, which are none where the machine has none", async () => {
    const found = await readRayProcessors(head.url, { token: null, login: null }, never);
    // A machine with processors tells of each; one without tells of none, which is no failure.
    expect(found.every(({ node, use }) => node !== "" && (use === null || (use >= 0 && use <= 100)))).toBe(true);
    expect(found).toHaveLength((await readNvidiaSmi(never))?.length ?? 0);
  });

  it("hands over each argument unchanged, runs in the folder, and passes on the whole log", async () => {
    const code = "import json, os, sys; json.dump([sys.argv[1:], os.getcwd()], open('seen.json', 'w')); print('grüße')";
    const handle = await submit(draft("arguments", code, {}, { odd: ODD, rate: 0.5, empty: "" }));
    expect(await waitFor(engine, handle)).toMatchObject({ state: "succeeded", exitCode: 0, message: null });
    expect(JSON.parse(readFileSync(join(head.folder, "seen.json"), "utf8"))).toEqual([[ODD, "0.5", ""], head.folder]);
    expect((await wholeLog(engine, handle)).match(/^grüße$/gm)).toHaveLength(1);
  });

  it("starts a job once, however often it is asked for, also by another window", async () => {
    const wanted = draft("once", "open('once.txt', 'a').write('x')");
    const action = engine.action(wanted, await engine.inspect(wanted.spec, never));
    const other = createRayEngine({ secrets: () => Promise.resolve({ env: {}, token: null, login: null }) });
    expect(await engine.find(wanted, never)).toBeNull();
    const handles = await Promise.all([engine.submit(wanted, action, never), other.submit(wanted, action, never)]);
    handles.push(await other.submit(wanted, action, never));
    expect(new Set(handles.map((handle) => JSON.stringify(handle)))).toHaveLength(1);
    expect(await engine.find(wanted, never)).toEqual(handles[0]);
    await waitFor(engine, await submit(wanted));
    expect(readFileSync(join(head.folder, "once.txt"), "utf8")).toBe("x");
  });

  it("says with which exit code a command failed", async () => {
    const handle = await submit(draft("failing", "import sys; print('no data'); sys.exit(3)"));
    const status = await waitFor(engine, handle);
    expect(status).toMatchObject({ state: "failed", exitCode: 3 });
    expect(status.message).toContain("exit code 3");
  });

  it("ends a job that is asked to end, and one at its time limit", async () => {
    const code = "import time; print('begun', flush=True); time.sleep(600)";
    const asked = await submit(draft("asked", code));
    const late = await submit(draft("late", code, { resources: { ...trainSpec().resources, timeoutMs: 4000 } }));
    await waitFor(engine, asked, ({ state }) => state === "running");
    await engine.cancel(asked, never);
    expect(await waitFor(engine, asked)).toMatchObject({ state: "cancelled" });
    await engine.cancel(asked, never);
    expect(await waitFor(engine, late)).toMatchObject({ state: "failed", message: "It was ended at its time limit of 4 seconds." });
  });

  it("puts the job's tag on a run of MLflow", async () => {
    const database = join(head.folder, "mlflow.db");
    const code = "import mlflow\nwith mlflow.start_run(): mlflow.log_metric('f1', 1)";
    const handle = await submit(draft("tagged", code, { tracking: { uri: "sqlite:///mlflow.db", experiment: "churn" } }));
    expect(await waitFor(engine, handle)).toMatchObject({ state: "succeeded" });
    const store = await openSqliteStore(database, never);
    try {
      const query = { experimentIds: ["1"], lifecycle: "active", pageSize: 10, filter: "tags.`mlops.job` = 'tagged'" } as const;
      expect((await store.searchRuns(query, never)).items).toHaveLength(1);
    } finally {
      store.dispose();
    }
  });

  it("says of a job that nobody can tell, once the head was killed and is back", async () => {
    const handle = await submit(draft("lost", "import time; time.sleep(600)"));
    await waitFor(engine, handle, ({ state }) => state === "running");
    await head.server.kill();
    await expect(engine.status(handle, never)).rejects.toMatchObject({ code: "store/unreachable" });
    await head.server.start();
    const status = await engine.status(handle, never);
    expect(status.state).toBe("unknown");
    expect(status.message).toContain("does not know this job any more");
    expect(await engine.find({ jobId: "lost", spec: draft("lost", "").spec }, never)).toBeNull();
  });
});
