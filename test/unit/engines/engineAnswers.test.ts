import { describe, expect, it } from "vitest";

import { createAirflowEngine } from "../../../src/adapters/airflow/airflowEngine";
import { createRayEngine } from "../../../src/adapters/ray/rayEngine";
import { toUserText } from "../../../src/core/base/appError";
import { NEVER_CANCELLED } from "../../../src/core/base/cancel";
import type { EngineSecrets, JobHandle, TrainingEngine } from "../../../src/core/training/trainingEngine";
import { trainSpec } from "../../builders/retrainPlan";
import { type Answer, answerServer } from "../../fakes/answerServer";

const SECRET = "s3cret-of-a-person";
const ODD: Readonly<Record<string, readonly [Answer, string]>> = {
  "a web page": [{ status: 200, text: "<html>Sign in</html>" }, "store/bad-reply"],
  "cut JSON": [{ status: 200, text: '{"status": "RUNN' }, "store/bad-reply"],
  "other JSON": [{ status: 200, text: "[1]" }, "store/bad-reply"],
  "401 with an echo": [{ status: 401, text: `{"detail": "bad ${SECRET}"}` }, "store/unauthorized"],
  "403": [{ status: 403, text: "no" }, "store/forbidden"],
  "503": [{ status: 503, text: "<html>busy</html>" }, "store/unreachable"],
  "422 with an echo": [{ status: 422, text: `{"detail": "what is ${SECRET}"}` }, "usage"],
  "a redirect": [{ status: 302, text: "", headers: { location: "http://elsewhere.example/" } }, "store/bad-reply"],
  "a cut connection": ["cut", "store/unreachable"],
  silence: ["silent", "store/timeout"],
};
const ENGINES: Readonly<Record<string, (secrets: () => Promise<EngineSecrets>) => TrainingEngine>> = {
  ray: (secrets) => createRayEngine({ secrets, timeoutMs: 300 }),
  airflow: (secrets) => createAirflowEngine({ secrets, timeoutMs: 300 }),
};
const secrets = (): Promise<EngineSecrets> => Promise.resolve({ env: {}, token: SECRET, login: null });

function handleAt(url: string, engine: TrainingEngine): JobHandle {
  return { engine: engine.id, jobId: "j", externalId: "j", place: engine.id === "ray" ? url : `${url}/dags/train`, webUrl: null };
}

describe.each(Object.keys(ENGINES))("%s", (name) => {
  const make = ENGINES[name];
  if (make === undefined) {
    throw new Error("There is no such engine.");
  }

  it.each(Object.entries(ODD))("tells of %s in a sentence without the login", async (_, [answer, code]) => {
    const url = await answerServer((request) =>
      request.url === "/api/v2/version" ? { status: 200, text: '{"version":"3.2.2"}' } : answer,
    );
    const engine = make(secrets);
    const error: unknown = await engine.status(handleAt(url, engine), NEVER_CANCELLED).catch((reason: unknown) => reason);
    expect(error).toMatchObject({ name: "AppError", code });
    expect(toUserText(error)).not.toContain(SECRET);
    const spec = trainSpec({ ray: { address: url, workingDir: "/" }, airflow: { url, dag: "train" } });
    const facts = await engine.inspect(spec, NEVER_CANCELLED);
    expect(facts.health.ok).toBe(false);
    expect(JSON.stringify(facts)).not.toContain(SECRET);
    expect(facts.loginAt).toBe(code === "store/unauthorized" || code === "store/forbidden" ? url : undefined);
  });

  it("sends the token as a header, and says that a job is gone", async () => {
    const seen = new Set<string>();
    const url = await answerServer(({ authorization, url: path }) => {
      seen.add(authorization);
      return path === "/api/v2/version" ? { status: 200, text: '{"version":"3.2.2"}' } : { status: 404, text: '{"detail":"gone"}' };
    });
    const engine = make(secrets);
    expect(await engine.status(handleAt(url, engine), NEVER_CANCELLED)).toMatchObject({ state: "unknown" });
    expect([...seen]).toContain(`Bearer ${SECRET}`);
  });

  it("ends with the signal's reason", async () => {
    const url = await answerServer(() => "silent");
    const engine = make(secrets);
    const controller = new AbortController();
    const work = engine.status(handleAt(url, engine), controller.signal);
    controller.abort(new Error("enough"));
    await expect(work).rejects.toThrow("enough");
  });

  it("refuses an address with a login, and one that is none", async () => {
    for (const url of ["http://me:pw@host", "ray://host", "nowhere"]) {
      const spec = trainSpec({ ray: { address: url, workingDir: "/" }, airflow: { url, dag: "train" } });
      const facts = await make(secrets).inspect(spec, NEVER_CANCELLED);
      expect(facts.blockers).toHaveLength(1);
      expect(facts.blockers[0]).not.toContain("pw@");
    }
  });
});

describe("Airflow's conf", () => {
  it("holds lists as lists, and what only looks like one as text", () => {
    const engine = createAirflowEngine({ secrets: () => Promise.resolve({ env: {}, token: null, login: null }) });
    const spec = trainSpec({ engine: "airflow", airflow: { url: "http://127.0.0.1:1", dag: "train" } });
    const params = { layers: '[64,"a"]', note: "[1]" };
    const draft = { jobId: "j", spec, params, overrides: {}, lists: ["layers"], tags: {}, consents: [] };
    const facts = { health: { ok: true, message: "" }, fields: [], warnings: [], consents: [], blockers: [], python: null };
    const action = engine.action(draft, { ...facts, target: { prefix: "/api/v2" } });
    expect(action).toMatchObject({ body: { conf: { layers: [64, "a"], note: "[1]" } } });
  });
});

describe("Airflow's token", () => {
  it("is asked for once, and again after it has run out", async () => {
    let tokens = 0;
    const url = await answerServer(({ url: path, authorization }) => {
      if (path === "/auth/token") {
        tokens++;
        return { status: 201, text: `{"access_token":"t${tokens}"}` };
      }
      const isOld = authorization === "Bearer t1" && tokens === 1 && path.endsWith("/taskInstances?limit=100&offset=0");
      const body = path.endsWith("/version") ? { version: "3.2.2" } : { dag_run_id: "j", state: "running", task_instances: [] };
      return isOld ? { status: 401, text: "{}" } : { status: 200, text: JSON.stringify(body) };
    });
    const login = { username: "u", password: "p" };
    const engine = createAirflowEngine({ secrets: () => Promise.resolve({ env: {}, token: null, login }) });
    expect(await engine.status(handleAt(url, engine), NEVER_CANCELLED)).toMatchObject({ state: "running" });
    expect(tokens).toBe(2);
  });
});
