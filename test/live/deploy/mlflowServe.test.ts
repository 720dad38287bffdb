import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";

import { createMlflowServeTarget, type MlflowServeOptions } from "../../../src/adapters/mlflowServe/mlflowServeTarget";
import { servedFolder } from "../../../src/adapters/mlflowServe/servedFolder";
import type { ScoringInput } from "../../../src/core/deployment/deployTarget";
import type { TargetSpec } from "../../../src/core/deployment/targetSpec";
import type { StoreLocation } from "../../../src/core/tracking/storeLocation";
import { deployDraft, deployTargetSuite } from "../../contract/deployTargetSuite";
import { buildJobRunner } from "../../contract/jobRunnerBundle";
import { servedSpec, versionAt } from "../../contract/servedSample";
import { never } from "../liveStore";
import { type MlflowMajor, MlflowServer, pythonEnv, venvOf } from "../mlflowServer";

const SECRET = "hunter2-of-the-registry";
const MODEL = "churn's model ü";
const INPUT: ScoringInput = { dataframe_split: { columns: ["amount", "country"], data: [[1.5, "de"]] } };
// A release takes ten seconds and more, and a test makes several.
vi.setConfig({ testTimeout: 300_000 });

const scratch = mkdtempSync(join(tmpdir(), "mlops-serving-"));
const runner = buildJobRunner();
const specs: TargetSpec[] = [];

afterEach(async () => {
  for (const spec of specs.splice(0)) {
    await createMlflowServeTarget(optionsOf(3)).stop?.(spec, never);
  }
});
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

function optionsOf(major: MlflowMajor): MlflowServeOptions {
  const env = pythonEnv(major);
  // As in a terminal in which no environment is active.
  return {
    runner,
    execPath: process.execPath,
    env: { ...env, PATH: process.env["PATH"] },
    secrets: () => Promise.resolve({ MLFLOW_TRACKING_TOKEN: SECRET }),
  };
}

function register(major: MlflowMajor, uri: string, folder: string): void {
  execFileSync(join(venvOf(major), "bin", "python"), [join(import.meta.dirname, "servedModels.py"), uri, MODEL], {
    cwd: folder,
    env: pythonEnv(major),
    stdio: "ignore",
  });
}

async function specOf(major: MlflowMajor, store: StoreLocation): Promise<TargetSpec> {
  const spec = await servedSpec(scratch, { store, model: MODEL, python: join(venvOf(major), "bin", "python"), timeoutMs: 90_000 });
  specs.push(spec);
  return spec;
}

const V1 = { version: "1", source: null };
const V2 = { version: "2", source: null };
const BROKEN = { version: "3", source: null };

async function deploy(spec: TargetSpec, major: MlflowMajor, version: typeof V1): Promise<readonly string[]> {
  const target = createMlflowServeTarget(optionsOf(major));
  const facts = await target.inspect(spec, never);
  const draft = deployDraft(spec, version, { previous: facts.version });
  const lines: string[] = [];
  for (const step of target.steps(draft, facts)) {
    await target.apply(draft, step, (line) => lines.push(line), never);
  }
  return lines;
}

describe.each([2, 3] as const)("MLflow %i", (major) => {
  let home: string;
  let database: StoreLocation;

  beforeAll(() => {
    home = mkdtempSync(join(scratch, "registry-"));
    database = { kind: "sqlite", path: join(home, "mlflow.db") };
    register(major, `sqlite:///${database.path}`, home);
  });

  deployTargetSuite(`mlflow_serve of MLflow ${major}`, {
    target: () => createMlflowServeTarget(optionsOf(major)),
    place: async () => {
      const spec = await specOf(major, database);
      return {
        spec,
        versions: [V1, V2],
        broken: BROKEN,
        input: INPUT,
        holds: () => servedVersion(spec),
        moveElsewhere: null,
        takeAway: () => {
          const { process: name } = JSON.parse(readFileSync(join(servedFolder(spec), "current.json"), "utf8")) as { process: string };
          const file = join(servedFolder(spec), name, "process.json");
          process.kill(-(JSON.parse(readFileSync(file, "utf8")) as { child: { pid: number } }).child.pid, "SIGKILL");
          return Promise.resolve();
        },
      };
    },
    secret: SECRET,
    canTell: true,
    patienceMs: 90_000,
  });

  it("leaves the version that works where it is when the new one does not load, and says why", async () => {
    const spec = await specOf(major, database);
    await deploy(spec, major, V1);
    await expect(deploy(spec, major, BROKEN)).rejects.toThrow("Version 3 did not start: ValueError: the weights are damaged.");
    expect(await servedVersion(spec)).toBe("1");
    const target = createMlflowServeTarget(optionsOf(major));
    expect(await target.inspect(spec, never)).toMatchObject({ version: "1", blockers: [] });
    expect(await target.score(spec, INPUT, never)).toMatchObject({ ok: true, answer: '{"predictions": ["1"]}' });
    const refused = await target.score(spec, { dataframe_split: { columns: ["amount"], data: [[1.5]] } }, never);
    expect(refused).toMatchObject({ ok: false });
    expect(refused?.message).toMatch(/^Sent 1 row to 127\.0\.0\.1:\d+\/invocations; the answer was HTTP 400: .*country.*\.$/s);
    expect(await target.health(spec, never)).toMatchObject({ state: "healthy", version: "1", requests: 3 });
  });

  it("serves from a folder and from a server", async () => {
    const folder = mkdtempSync(join(scratch, "runs-"));
    const server = await MlflowServer.start({ major, folder, backend: "sqlite:///mlflow.db" });
    try {
      register(major, server.url, folder);
      const spec = await specOf(major, { kind: "rest", url: server.url });
      await deploy(spec, major, V2);
      expect(await servedVersion(spec)).toBe("2");
    } finally {
      await server.kill();
    }
    register(major, join(folder, "mlruns"), folder);
    const spec = await specOf(major, { kind: "file", path: join(folder, "mlruns") });
    await deploy(spec, major, V1);
    expect(await servedVersion(spec)).toBe("1");
  });
});

function servedVersion({ address }: TargetSpec): Promise<string | null> {
  return versionAt(address, INPUT);
}
