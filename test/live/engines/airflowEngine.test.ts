import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import * as v from "valibot";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { createAirflowEngine } from "../../../src/adapters/airflow/airflowEngine";
import { openSqliteStore } from "../../../src/adapters/mlflowSqlite/openSqliteStore";
import { isOver } from "../../../src/core/training/jobState";
import type { EngineSecrets, JobDraft, JobHandle, TrainingEngine } from "../../../src/core/training/trainingEngine";
import type { ParamValue, TrainSpec } from "../../../src/core/training/trainSpec";
import { trainSpec } from "../../builders/retrainPlan";
import { type SampleKind, trainingEngineSuite, until } from "../../contract/trainingEngineSuite";
import { never } from "../liveStore";
import { venvOf } from "../mlflowServer";
import { waitFor, wholeLog } from "./followJob";
import { type Airflow, startAirflow } from "./startAirflow";
import { trainingDags } from "./trainingDags";

const ODD = `it's "a" $(touch no) \`b\` \\ ünï\nnew line`;
let airflow: Airflow;
let engine: TrainingEngine;
const startedBefore = new Map<TrainSpec, number>();

function engineWith(secrets: Partial<EngineSecrets>): TrainingEngine {
  return createAirflowEngine({ secrets: () => Promise.resolve({ env: {}, token: null, login: null, ...secrets }) });
}

beforeAll(async () => {
  airflow = await startAirflow((folder) => writeFileSync(join(folder, "dags.py"), trainingDags(join(venvOf(3), "bin", "python"), folder)));
  engine = engineWith({ login: airflow.login });
  // The DAGs' file is read some seconds after the rest is ready.
  const end = Date.now() + 60_000;
  while ((await engine.inspect(draft("ready").spec, never)).blockers.length > 0 && Date.now() < end) {
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
});
afterAll(() => airflow.stop());

function draft(jobId: string, params: Record<string, ParamValue> = {}, dag = "train", consents: readonly string[] = []): JobDraft {
  const spec = trainSpec({ engine: "airflow", command: [], airflow: { url: airflow.url, dag } });
  return { jobId, spec, params, overrides: params, tags: { "mlops.job": jobId }, consents };
}

async function submit(wanted: JobDraft, by = engine): Promise<JobHandle> {
  return by.submit(wanted, by.action(wanted, await by.inspect(wanted.spec, never)), never);
}

/** All projects of a kind share a DAG, and tests come one after the other: what was started before a project is not its own. */
function project(kind: SampleKind): TrainSpec {
  const dag = `sample_${kind}`;
  const spec = trainSpec({ engine: "airflow", command: [], airflow: { url: airflow.url, dag } });
  startedBefore.set(spec, startsOf(spec));
  return spec;
}

function startsOf(spec: TrainSpec): number {
  const file = join(airflow.dags, `starts-${spec.airflow?.dag.slice("sample_".length)}.txt`);
  return existsSync(file) ? readFileSync(file, "utf8").length : 0;
}

/** As Airflow says it to anybody. */
async function stateOfRun(jobId: string): Promise<string> {
  const json = { "content-type": "application/json" };
  const login = await fetch(`${airflow.url}/auth/token`, { method: "POST", headers: json, body: JSON.stringify(airflow.login) });
  const { access_token } = v.parse(v.object({ access_token: v.string() }), await login.json());
  const headers = { authorization: `Bearer ${access_token}` };
  const run = await fetch(`${airflow.url}/api/v2/dags/train/dagRuns/${jobId}`, { headers });
  return v.parse(v.object({ state: v.string() }), await run.json()).state;
}

trainingEngineSuite("Airflow", {
  engine: () => engineWith({ login: airflow.login }),
  project: (kind) => Promise.resolve(project(kind)),
  starts: (spec) => Promise.resolve(startsOf(spec) - (startedBefore.get(spec) ?? 0)),
  get secret() {
    return airflow.login.password;
  },
  patienceMs: 100_000,
  pollMs: 500,
});

describe("a real Airflow", () => {
  it("says what it is, and what the DAG can be told", async () => {
    const facts = await engine.inspect(draft("facts").spec, never);
    expect(facts).toMatchObject({ health: { ok: true }, blockers: [], consents: [], warnings: [] });
    expect(facts.health.message).toMatch(/^Airflow 3\.\d+\.\d+ at /);
    expect(facts.fields).toMatchObject([
      { name: "lr", kind: "number", value: 0.1, min: 0, max: 1, description: "Step size." },
      { name: "mode", kind: "choice", value: "ok", options: ["ok", "bad", "slow", "mlflow"] },
      { name: "note", kind: "text", value: "" },
      { name: "layers", kind: "list", value: "[64]" },
    ]);
  });

  it("hands over parameters unchanged, starts once, and passes on the whole log once", async () => {
    const wanted = { ...draft("once", { lr: 0.5, note: ODD, layers: '[32,"x"]' }), lists: ["layers"] };
    expect(await engine.find(wanted, never)).toBeNull();
    const other = engineWith({ login: airflow.login });
    const handles = await Promise.all([submit(wanted), submit(wanted, other), submit(wanted)]);
    expect(new Set(handles.map((handle) => JSON.stringify(handle)))).toHaveLength(1);
    expect(await engine.find(wanted, never)).toEqual(handles[0]);
    const status = await waitFor(engine, handles[0]);
    expect(status).toMatchObject({ state: "succeeded", progress: 1, tasks: [{ name: "fit", state: "succeeded" }] });
    const shown = (await wholeLog(engine, handles[0])).split("PARAMS ");
    expect(shown).toHaveLength(2);
    expect(JSON.parse(shown[1]?.split("\n")[0] ?? "")).toEqual([0.5, ODD, [32, "x"], "once"]);
  });

  it("names the task that failed, and refuses what the DAG does not take", async () => {
    const failed = await submit(draft("failing", { mode: "bad" }));
    expect(await waitFor(engine, failed)).toMatchObject({ state: "failed", message: 'The task "fit" failed.' });
    expect(await wholeLog(engine, failed)).toContain("no data");
    await expect(submit(draft("refused", { lr: 7 }))).rejects.toMatchObject({ code: "usage" });
    expect(await engine.find(draft("refused"), never)).toBeNull();
  });

  it("asks before it unpauses a DAG, and knows no DAG that is not there", async () => {
    const sleeping = draft("sleeping", {}, "asleep");
    expect((await engine.inspect(sleeping.spec, never)).consents).toMatchObject([{ id: "unpause" }]);
    await expect(submit(sleeping)).rejects.toThrow("is paused");
    expect(await engine.find(sleeping, never)).toBeNull();
    const handle = await submit(draft("sleeping", {}, "asleep", ["unpause"]));
    expect(await waitFor(engine, handle)).toMatchObject({ state: "succeeded" });
    const unknown = await engine.inspect(draft("unknown", {}, "nowhere").spec, never);
    expect(unknown.blockers[0]).toContain('shows no DAG "nowhere"');
  });

  it("says of a wrong login that it is wrong, and nothing of it", async () => {
    const wrong = engineWith({ login: { username: "admin", password: "hunter-22" } });
    const { health, blockers } = await wrong.inspect(draft("wrong").spec, never);
    expect(health.ok).toBe(false);
    expect(blockers.join(" ")).toContain("does not accept the login");
    expect(blockers.join(" ")).not.toContain("hunter-22");
  });

  it("ends a run that is asked to end, and then calls it cancelled", async () => {
    const handle = await submit(draft("asked", { mode: "slow" }));
    await waitFor(engine, handle, ({ tasks }) => tasks.some(({ state }) => state === "running"));
    await engine.cancel(handle, never);
    expect(await waitFor(engine, handle)).toMatchObject({ state: "cancelled" });
    await engine.cancel(handle, never);
  });

  it("puts the job's tag on a run of MLflow", async () => {
    expect(await waitFor(engine, await submit(draft("tagged", { mode: "mlflow" })))).toMatchObject({ state: "succeeded" });
    const store = await openSqliteStore(join(airflow.dags, "mlflow.db"), never);
    try {
      const query = { experimentIds: ["0"], lifecycle: "active", pageSize: 10, filter: "tags.`mlops.job` = 'tagged'" } as const;
      expect((await store.searchRuns(query, never)).items).toHaveLength(1);
    } finally {
      store.dispose();
    }
  });

  it("tells what Airflow made of a task that was killed with it, once it is back", async () => {
    const wanted = draft("midway", { mode: "slow" });
    const handle = await submit(wanted);
    await until(async () => (await engine.log(handle, null, never)).text.includes("step 1."), { ms: 60_000, pollMs: 500 });
    await airflow.server.kill();
    await expect(engine.status(handle, never)).rejects.toMatchObject({ code: "store/unreachable" });
    // What the scheduler that died had under way is taken up after half a minute, not after five.
    await airflow.server.start({ AIRFLOW__SCHEDULER__ORPHANED_TASKS_CHECK_INTERVAL: "5" });
    // Another window asks, which heard of the job from the journal only; what was started stays one run.
    const other = engineWith({ login: airflow.login });
    expect(await submit(wanted, other)).toEqual(handle);
    const status = await waitFor(other, handle, ({ state }) => isOver(state), 200_000);
    // Airflow takes the task up again or gives it up, and its word is what counts.
    expect(status.state).toBe({ success: "succeeded", failed: "failed" }[await stateOfRun("midway")]);
    expect(await wholeLog(other, handle)).toContain("step 0.");
  }, 300_000);

  it("goes on with a run that waited while Airflow was killed and came back", async () => {
    const handle = await submit(draft("survivor"));
    await airflow.server.kill();
    await expect(engine.status(handle, never)).rejects.toMatchObject({ code: "store/unreachable" });
    await airflow.server.start();
    expect((await waitFor(engine, handle, ({ state }) => isOver(state), 200_000)).state).toBe("succeeded");
  }, 300_000);
});
