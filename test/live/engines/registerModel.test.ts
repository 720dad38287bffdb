import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";

import { registerByPython } from "../../../src/adapters/mlflowPython/registerByPython";
import { openFileStore } from "../../../src/adapters/mlflowFile/openFileStore";
import { openSqliteStore } from "../../../src/adapters/mlflowSqlite/openSqliteStore";
import { registerVersion } from "../../../src/adapters/mlflowRest/registerVersion";
import type { ModelRegistrar } from "../../../src/core/training/outcome/modelRegistrar";
import { registerOutcome } from "../../../src/core/training/outcome/registerOutcome";
import type { Store } from "../../../src/core/tracking/store";
import type { StoreLocation } from "../../../src/core/tracking/storeLocation";
import { endedJob, retrainPlan, trainSpec } from "../../builders/retrainPlan";
import { never, openLive } from "../liveStore";
import { type MlflowMajor, MlflowServer, pythonEnv, venvOf } from "../mlflowServer";

/** A quote, a space and a sign of another script must arrive as they are. */
const MODEL = "churn's “model” ü";

interface Place {
  readonly uri: string;
  readonly location: StoreLocation;
  readonly open: () => Promise<Store>;
  readonly registrar: ModelRegistrar;
}

function folder(): string {
  const made = mkdtempSync(join(tmpdir(), "mlops-register-"));
  onTestFinished(() => rmSync(made, { recursive: true, force: true }));
  return made;
}

function byPython(major: MlflowMajor): ModelRegistrar {
  return { register: (wish, signal) => registerByPython(wish, pythonEnv(major), signal) };
}

const PLACES: Readonly<Record<string, (major: MlflowMajor) => Promise<Place>>> = {
  database: (major) => {
    const path = join(folder(), "mlflow.db");
    return Promise.resolve({
      uri: `sqlite:///${path}`,
      location: { kind: "sqlite", path },
      open: () => openSqliteStore(path, never),
      registrar: byPython(major),
    });
  },
  folder: (major) => {
    const path = join(folder(), "mlruns");
    return Promise.resolve({
      uri: path,
      location: { kind: "file", path },
      open: () => openFileStore(path, never),
      registrar: byPython(major),
    });
  },
  server: async (major) => {
    const server = await MlflowServer.start({ major, folder: folder(), backend: "sqlite:///mlflow.db" });
    onTestFinished(() => server.kill());
    const connection = { url: server.url, credentials: () => Promise.resolve({ kind: "none" } as const), timeoutMs: 30_000 };
    return {
      uri: server.url,
      location: { kind: "rest", url: server.url },
      open: () => openLive(server.url),
      registrar: { register: (wish, signal) => registerVersion(connection, wish, signal) },
    };
  },
};

describe.each([2, 3] as const)("a training's model in MLflow %i", (major) => {
  it.each(Object.keys(PLACES))("becomes one version in a %s, with what made it, however often it is asked for", async (kind) => {
    const place = await (PLACES[kind] as (major: MlflowMajor) => Promise<Place>)(major);
    const home = folder();
    const python = join(venvOf(major), "bin", "python");
    const output = execFileSync(python, [join(import.meta.dirname, "loggedModel.py"), place.uri, "churn"], {
      cwd: home,
      env: pythonEnv(major),
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
    });
    const runId = /^run:(\w+)$/m.exec(output)?.[1] ?? "";
    const plan = retrainPlan({
      spec: trainSpec({ folder: home }),
      facts: { health: { ok: true, message: "" }, warnings: [], consents: [], python: { path: python, version: null, from: "test" } },
      commit: { commit: "0123456789abcdef0123456789abcdef01234567", dirty: false },
    });
    const register = async (): ReturnType<typeof registerOutcome> => {
      const store = await place.open();
      try {
        const run = await store.getRun(runId, never);
        const wish = { when: "finished", model: MODEL, location: place.location, plan } as const;
        return await registerOutcome(wish, endedJob(plan), run, [], store, place.registrar, never);
      } finally {
        store.dispose();
      }
    };
    expect(await register()).toEqual({ registered: { model: MODEL, version: "1" }, notes: [] });
    expect(await register()).toEqual({ registered: { model: MODEL, version: "1" }, notes: [] });
    const store = await place.open();
    const versions = await store.searchModelVersions(MODEL, { pageSize: 10 }, never);
    store.dispose();
    expect(versions.items.map((one) => [one.version, one.status, one.runId])).toEqual([["1", "READY", runId]]);
    expect(versions.items[0]?.description).toContain(`job ${plan.jobId} at commit 0123456789ab`);
    expect(Object.fromEntries(versions.items[0]?.tags ?? [])).toMatchObject({
      "mlops.job": plan.jobId,
      "mlops.plan": plan.hash,
      "mlops.fingerprint": plan.fingerprint.value,
      "mlops.commit": plan.commit?.commit,
    });
  });
});
