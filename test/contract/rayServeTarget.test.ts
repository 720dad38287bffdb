import { afterEach, describe, expect, it } from "vitest";

import { createRayServeTarget } from "../../src/adapters/ray/rayServeTarget";
import { NEVER_CANCELLED } from "../../src/core/base/cancel";
import type { DeployDraft, DeployTarget, TargetFacts, TargetStep } from "../../src/core/deployment/deployTarget";
import type { TargetSpec } from "../../src/core/deployment/targetSpec";
import { deployDraft, deployTargetSuite } from "./deployTargetSuite";
import { versionAt } from "./servedSample";
import { StandInServe } from "./standInServe";

const SECRET = "hunter2-of-the-cluster";
const OTHER = {
  name: "other",
  route_prefix: "/other",
  import_path: "theirs:app",
  runtime_env: { env_vars: { API_KEY: SECRET, MLOPS_MODEL_VERSION: "7" } },
  deployments: [{ name: "Model", num_replicas: 3 }],
};
const V1 = { version: "1", source: null };
const V2 = { version: "2", source: null };
const servers: StandInServe[] = [];

afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.stop()));
});

function target(): DeployTarget {
  return createRayServeTarget({ secrets: () => Promise.resolve({ token: SECRET, login: null }) });
}

async function cluster(): Promise<StandInServe> {
  const server = new StandInServe();
  await server.start();
  servers.push(server);
  return server;
}

function specFor(server: StandInServe, more: Partial<TargetSpec> = {}): TargetSpec {
  return {
    type: "ray_serve",
    name: "production",
    config: "mlops.yaml",
    folder: "/work/churn",
    model: "churn",
    store: { kind: "sqlite", path: "/work/churn/mlflow.db" },
    alias: null,
    stage: null,
    address: server.url,
    application: "churn",
    importPath: "app:build",
    routePrefix: null,
    runtimeEnv: { env_vars: { PYTHONPATH: "/work/churn" } },
    replicas: null,
    command: null,
    shell: false,
    rollbackCommand: null,
    health: null,
    score: null,
    python: null,
    timeoutMs: 20_000,
    ...more,
  };
}

interface Prepared {
  readonly draft: DeployDraft;
  readonly step: TargetStep;
  readonly facts: TargetFacts;
}

async function prepare(spec: TargetSpec, version: typeof V1, more: Partial<DeployDraft> = {}): Promise<Prepared> {
  const facts = await target().inspect(spec, NEVER_CANCELLED);
  const draft = deployDraft(spec, version, { previous: facts.version, ...more });
  const [step] = target().steps(draft, facts);
  if (step === undefined) {
    throw new Error("There is no step.");
  }
  return { draft, step, facts };
}

async function deploy(spec: TargetSpec, version: typeof V1): Promise<readonly string[]> {
  const { draft, step } = await prepare(spec, version);
  const lines: string[] = [];
  await target().apply(draft, step, (line) => lines.push(line), NEVER_CANCELLED);
  return lines;
}

deployTargetSuite("ray_serve (stand-in for Ray)", {
  target,
  place: async () => {
    const server = await cluster();
    server.put({ applications: [OTHER] });
    const spec = specFor(server);
    return {
      spec,
      versions: [V1, V2],
      broken: { version: "13", source: null },
      input: { inputs: [[1]] },
      holds: () => versionAt(`${server.proxyUrl}/churn`, { inputs: [[1]] }, ""),
      moveElsewhere: ({ version }) => {
        const env_vars = { MLOPS_MODEL_VERSION: version };
        server.put({
          applications: [OTHER, { name: "churn", route_prefix: "/churn", import_path: "app:build", runtime_env: { env_vars } }],
        });
        return Promise.resolve();
      },
      takeAway: () => server.stop(),
    };
  },
  secret: SECRET,
  canTell: true,
});

describe("the list of applications that is sent", () => {
  it("holds those of others as they are, what the application had, and what it is told of the model", async () => {
    const server = await cluster();
    const own = {
      name: "churn",
      route_prefix: "/c",
      import_path: "old:build",
      args: { depth: 3 },
      runtime_env: { pip: ["a"], env_vars: { KEEP: "1" } },
    };
    server.put({ applications: [OTHER, own] });
    server.apps.set("python", { config: {}, source: "imperative", status: "RUNNING", message: "", serves: "1", replicas: 1 });
    const lines = await deploy(specFor(server), V2);
    const env_vars = {
      KEEP: "1",
      PYTHONPATH: "/work/churn",
      MLFLOW_TRACKING_URI: "sqlite:////work/churn/mlflow.db",
      MLOPS_MODEL: "churn",
      MLOPS_MODEL_VERSION: "2",
      MLOPS_MODEL_URI: "models:/churn/2",
    };
    expect(server.puts).toEqual([{ applications: [OTHER, { ...own, import_path: "app:build", runtime_env: { pip: ["a"], env_vars } }] }]);
    expect(lines).toEqual(["The cluster has taken version 2; it starts.", "The application churn runs version 2 in one copy."]);
    expect([...server.apps.keys()].sort()).toEqual(["churn", "other", "python"]);
    expect(server.headers).toMatchObject({ authorization: `Bearer ${SECRET}` });
    expect(Object.keys(server.headers).filter((name) => /^sec-|origin|referer/.test(name))).toEqual([]);
  });

  it("opens the first proxy to this machine only, and leaves the way that a running one listens", async () => {
    const server = await cluster();
    await deploy(specFor(server), V1);
    await deploy(specFor(server), V2);
    expect(server.puts.map(({ http_options: options }) => options)).toEqual([{ host: "127.0.0.1" }, undefined]);
  });

  it("is not sent where the cluster hides or does not tell what others are", async () => {
    const server = await cluster();
    server.put({ applications: [{ ...OTHER, runtime_env: { env_vars: { API_KEY: "<redacted>" } } }] });
    const facts = await target().inspect(specFor(server), NEVER_CANCELLED);
    expect(facts.blockers.join(" ")).toContain('does not tell how its application "other" is configured');
    await expect(deploy(specFor(server), V1)).rejects.toThrow("so that it would be lost");
    expect(server.puts).toEqual([]);
  });

  it("is sent by two of this machine one after the other, so that neither is lost", async () => {
    const server = await cluster();
    const specs = ["a", "b", "c", "d"].map((application) => specFor(server, { application }));
    const all = await Promise.all(specs.map((spec) => prepare(spec, V1)));
    await Promise.all(all.map(({ draft, step }) => target().apply(draft, step, () => undefined, NEVER_CANCELLED)));
    expect([...server.apps.keys()].sort()).toEqual(["a", "b", "c", "d"]);
  });

  it("is refused where somebody was there since the plan, but for a way back", async () => {
    const server = await cluster();
    const spec = specFor(server);
    await deploy(spec, V1);
    const { draft, step } = await prepare(spec, { version: "3", source: null });
    const back = await prepare(spec, V1, { isRollback: true, previous: "2" });
    await deploy(spec, V2);
    const puts = server.puts.length;
    await expect(target().apply(draft, step, () => undefined, NEVER_CANCELLED)).rejects.toThrow(
      "Somebody else has changed the application churn meanwhile: it was given version 2.",
    );
    expect(server.puts).toHaveLength(puts);
    await target().apply(back.draft, back.step, () => undefined, NEVER_CANCELLED);
    expect((await target().inspect(spec, NEVER_CANCELLED)).version).toBe("1");
  });

  it("is noticed to be overwritten by somebody who came right after", async () => {
    const server = await cluster();
    const { draft, step } = await prepare(specFor(server), V1);
    server.onPut = () => queueMicrotask(() => server.put({ applications: [] }));
    await expect(target().apply(draft, step, () => undefined, NEVER_CANCELLED)).rejects.toThrow("is not there, or tells of no version");
  });
});

describe("a cluster that serves", () => {
  it("goes back to the place that was there, also where the file names another one by now", async () => {
    const server = await cluster();
    await deploy(specFor(server, { importPath: "old:build", routePrefix: "/old" }), V1);
    const moved = specFor(server, { importPath: "new:build", routePrefix: "/new" });
    const { facts } = await prepare(moved, V2);
    await deploy(moved, V2);
    const draft = deployDraft(moved, V1, { previous: "2", isRollback: true });
    for (const step of target().steps(draft, facts)) {
      await target().apply(draft, step, () => undefined, NEVER_CANCELLED);
    }
    expect(server.apps.get("churn")?.config).toMatchObject({ import_path: "old:build", route_prefix: "/old" });
  });

  it("does not claim to know what answers after a build that failed", async () => {
    const server = await cluster();
    const spec = specFor(server);
    await deploy(spec, V1);
    await expect(deploy(spec, { version: "14", source: null })).rejects.toThrow(
      "Version 14 does not run in churn: ValueError: version 14 is damaged.",
    );
    expect(await target().inspect(spec, NEVER_CANCELLED)).toMatchObject({
      version: null,
      canTell: false,
      health: { ok: true },
      blockers: [],
    });
    expect(await target().health(spec, NEVER_CANCELLED)).toMatchObject({ state: "unhealthy", version: null });
    const again = deploy(spec, { version: "14", source: null });
    await expect(again).rejects.toThrow("does not run");
    expect(server.puts).toHaveLength(3);
  });

  it("sets the number of copies, refuses where they are chosen by itself, and refuses none at all", async () => {
    const server = await cluster();
    const spec = specFor(server, { replicas: 2 });
    await deploy(spec, V1);
    expect(await target().health(spec, NEVER_CANCELLED)).toMatchObject({
      state: "healthy",
      replicas: { running: 2, wanted: 2 },
      since: 1_790_000_000_500,
    });
    await target().scale?.(spec, 4, NEVER_CANCELLED);
    expect(server.apps.get("churn")?.config["deployments"]).toEqual([{ name: "Model", num_replicas: 4 }]);
    await expect(target().scale?.(spec, 0, NEVER_CANCELLED)).rejects.toThrow("1 or more");
    const config = { ...server.apps.get("churn")?.config, deployments: [{ name: "Model", autoscaling_config: { max_replicas: 9 } }] };
    server.put({ applications: [config] });
    await target().health(spec, NEVER_CANCELLED);
    await expect(target().scale?.(spec, 2, NEVER_CANCELLED)).rejects.toThrow("chooses the number of its copies by itself");
  });

  it.each([
    [401, "no", "does not accept the login"],
    [404, "404: Not Found", "has no Ray Serve"],
    [503, "later", "not available at the moment"],
    [500, `Traceback ${SECRET}`, "refused the request (HTTP 500)"],
    [200, "<html>", "answered with a web page"],
    [200, '{"applications": 7}', "answered with something that cannot be understood"],
  ])("says what is wrong with an answer %i %s", async (status, text, words) => {
    const server = await cluster();
    server.refusal = { status, text };
    const facts = await target().inspect(specFor(server), NEVER_CANCELLED);
    expect(facts).toMatchObject({ health: { ok: false }, version: null, canTell: false });
    expect(facts.blockers.join(" ")).toContain(words);
    expect(JSON.stringify(facts)).not.toContain(SECRET);
    await expect(target().health(specFor(server), NEVER_CANCELLED)).rejects.toThrow(words);
  });

  it.each([
    [{ address: null }, "is missing: it is the cluster's dashboard"],
    [{ address: "http://ana:x@127.0.0.1:1" }, "holds a login"],
    [{ application: null }, "names no application"],
    [{ importPath: null }, "nothing says what Ray is to import"],
    [{ runtimeEnv: { working_dir: "./src" } }, "has to be the address of a zip archive"],
  ])("forbids a release with %j", async (more, words) => {
    const facts = await target().inspect(specFor(await cluster(), more), NEVER_CANCELLED);
    expect(facts.health.ok).toBe(false);
    expect(facts.blockers.join(" ")).toContain(words);
  });

  it("takes no step of another plan", async () => {
    const server = await cluster();
    const { draft, step } = await prepare(specFor(server), V1);
    const other = { ...draft, version: "2" };
    await expect(target().apply(other, step, () => undefined, NEVER_CANCELLED)).rejects.toThrow("another one than in the plan");
    const elsewhere = { ...draft, spec: { ...draft.spec, address: "http://127.0.0.1:1" } };
    await expect(target().apply(elsewhere, step, () => undefined, NEVER_CANCELLED)).rejects.toThrow("another one than in the plan");
    expect(server.puts).toEqual([]);
  });

  it("does not end what was started in Python, and starts nothing again that is not there", async () => {
    const server = await cluster();
    server.apps.set("churn", {
      config: { route_prefix: "/churn" },
      source: "imperative",
      status: "RUNNING",
      message: "",
      serves: "1",
      replicas: 1,
    });
    const facts = await target().inspect(specFor(server), NEVER_CANCELLED);
    expect(facts).toMatchObject({ version: null, canTell: false, blockers: [] });
    expect(facts.warnings.join(" ")).toContain("was started in Python");
    await expect(target().stop?.(specFor(server), NEVER_CANCELLED)).rejects.toThrow("does not end it");
    await expect(target().restart?.(specFor(server), NEVER_CANCELLED)).rejects.toThrow("has no application churn that could be changed");
    expect(server.puts).toEqual([]);
  });
});
