import * as http from "node:http";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";

import { createRayServeTarget } from "../../../src/adapters/ray/rayServeTarget";
import type { DeployDraft, DeployTarget, ScoringInput, TargetStep } from "../../../src/core/deployment/deployTarget";
import type { TargetSpec } from "../../../src/core/deployment/targetSpec";
import { deployDraft, deployTargetSuite, type TrialVersion } from "../../contract/deployTargetSuite";
import { versionAt } from "../../contract/servedSample";
import { freePort } from "../engines/watchedServer";
import { type RayHead, startRay } from "../engines/startRay";
import { never } from "../liveStore";

const TOKEN = "hunter2-of-the-cluster";
const INPUT: ScoringInput = { inputs: [[1], [2]] };
const V1 = { version: "1", source: null };
const V2 = { version: "2", source: null };
/** Its copies do not start. */
const BROKEN = { version: "13", source: null };
/** The application itself cannot be built. */
const UNBUILT = { version: "14", source: null };
const PATH = "/api/serve/applications/";

// A release takes ten seconds and more, and a test makes several.
vi.setConfig({ testTimeout: 300_000 });

interface Listed {
  readonly applications: Readonly<
    Record<string, { readonly status: string; readonly deployed_app_config: Readonly<Record<string, unknown>> }>
  >;
}

let head: RayHead;
let isUp = false;
let port = 0;
let count = 0;

beforeAll(async () => {
  head = await startRay();
  isUp = true;
  await neighbour();
});
afterAll(() => head.stop());

function target(): DeployTarget {
  return createRayServeTarget({ secrets: () => Promise.resolve({ token: TOKEN, login: null }) });
}

/** Another team's application, whose variable nobody may lose or learn. */
async function neighbour(): Promise<void> {
  port = await freePort();
  const config = appConfig("neighbour", { MLOPS_MODEL_VERSION: "7", API_KEY: TOKEN });
  await ask("PUT", PATH, { http_options: { host: "127.0.0.1", port }, applications: [config] });
  while ((await versionAt(`http://127.0.0.1:${port}/neighbour`, INPUT, "")) !== "7") {
    await new Promise((resolve) => setTimeout(resolve, 300));
  }
}

function appConfig(name: string, env: Record<string, string>): Record<string, unknown> {
  const env_vars = { PYTHONPATH: import.meta.dirname, ...env };
  return { name, route_prefix: `/${name}`, import_path: "servedApp:build", runtime_env: { env_vars } };
}

function ask(method: "GET" | "PUT", path: string, body?: unknown): Promise<string> {
  return new Promise((resolve, reject) => {
    const headers = body === undefined ? {} : { "content-type": "application/json" };
    const request = http.request(`${head.url}${path}`, { method, headers, agent: false }, (reply) => {
      let text = "";
      reply.setEncoding("utf8").on("data", (part: string) => (text += part));
      reply.on("end", () => (reply.statusCode === 200 ? resolve(text) : reject(new Error(text))));
    });
    request.on("error", reject);
    request.end(body === undefined ? undefined : JSON.stringify(body));
  });
}

async function listed(): Promise<Listed> {
  return JSON.parse(await ask("GET", PATH)) as Listed;
}

/** What another program does: it sends the whole list with another version in it. */
async function putElsewhere(spec: TargetSpec, { version }: TrialVersion): Promise<void> {
  const configs = Object.values((await listed()).applications).map(({ deployed_app_config: config }) =>
    config["name"] === spec.application ? appConfig(spec.application ?? "", { MLOPS_MODEL_VERSION: version }) : config,
  );
  await ask("PUT", PATH, { applications: configs });
}

function newSpec(more: Partial<TargetSpec> = {}): TargetSpec {
  count += 1;
  return {
    type: "ray_serve",
    name: "production",
    config: "mlops.yaml",
    folder: head.folder,
    model: "churn",
    store: { kind: "rest", url: "http://127.0.0.1:5000" },
    alias: null,
    stage: null,
    address: head.url,
    application: `churn-${count}`,
    importPath: "servedApp:build",
    routePrefix: null,
    runtimeEnv: { env_vars: { PYTHONPATH: import.meta.dirname } },
    replicas: null,
    command: null,
    shell: false,
    rollbackCommand: null,
    health: null,
    score: null,
    python: null,
    timeoutMs: 90_000,
    ...more,
  };
}

function served({ application }: TargetSpec): Promise<string | null> {
  return versionAt(`http://127.0.0.1:${port}/${application ?? ""}`, INPUT, "");
}

async function prepared(spec: TargetSpec, version: TrialVersion): Promise<{ readonly draft: DeployDraft; readonly step: TargetStep }> {
  const facts = await target().inspect(spec, never);
  const draft = deployDraft(spec, version, { previous: facts.version });
  const [step] = target().steps(draft, facts);
  if (step === undefined) {
    throw new Error("There is no step.");
  }
  return { draft, step };
}

async function deploy(spec: TargetSpec, version: TrialVersion): Promise<readonly string[]> {
  const { draft, step } = await prepared(spec, version);
  const lines: string[] = [];
  await target().apply(draft, step, (line) => lines.push(line), never);
  return lines;
}

deployTargetSuite("ray_serve", {
  target,
  place: async () => {
    if (!isUp) {
      await head.server.start();
      isUp = true;
      await neighbour();
    }
    const spec = newSpec();
    return {
      spec,
      versions: [V1, V2],
      broken: BROKEN,
      input: INPUT,
      holds: () => served(spec),
      moveElsewhere: (version) => putElsewhere(spec, version),
      takeAway: async () => {
        await head.server.kill();
        isUp = false;
      },
    };
  },
  secret: TOKEN,
  canTell: true,
  patienceMs: 90_000,
});

describe("a real Ray cluster that serves", () => {
  it("loses no application of others, also where two people deploy at once", async () => {
    const before = (await listed()).applications["neighbour"]?.deployed_app_config;
    const specs = [newSpec(), newSpec()] as const;
    await Promise.all([deploy(specs[0], V1), deploy(specs[1], V2)]);
    expect(await served(specs[0])).toBe("1");
    expect(await served(specs[1])).toBe("2");
    const after = (await listed()).applications["neighbour"];
    expect(after?.deployed_app_config).toEqual(before);
    expect(before).toMatchObject({ runtime_env: { env_vars: { API_KEY: TOKEN } } });
    expect(await served({ ...specs[0], application: "neighbour" })).toBe("7");
    await target().stop?.(specs[0], never);
    expect(Object.keys((await listed()).applications)).not.toContain(specs[0].application);
    expect(await served(specs[1])).toBe("2");
    expect(await served({ ...specs[0], application: "neighbour" })).toBe("7");
  });

  it("refuses where somebody else has released meanwhile, and says what is there", async () => {
    const spec = newSpec();
    await deploy(spec, V1);
    const { draft, step } = await prepared(spec, { version: "3", source: null });
    await putElsewhere(spec, V2);
    const release = target().apply(draft, step, () => undefined, never);
    await expect(release).rejects.toThrow(
      `Somebody else has changed the application ${spec.application ?? ""} meanwhile: it was given version 2.`,
    );
    expect((await target().inspect(spec, never)).version).toBe("2");
  });

  it("keeps what answers where the new version cannot be built, tells that it cannot tell, and goes back", async () => {
    const spec = newSpec();
    await deploy(spec, V1);
    const facts = await target().inspect(spec, never);
    await expect(deploy(spec, UNBUILT)).rejects.toThrow(
      `Version 14 does not run in ${spec.application ?? ""}: LookupError: there is no version 14.`,
    );
    expect(await served(spec)).toBe("1");
    expect(await target().inspect(spec, never)).toMatchObject({ version: null, canTell: false });
    expect(await target().health(spec, never)).toMatchObject({ state: "unhealthy", version: null });
    const back = deployDraft(spec, V1, { previous: "14", isRollback: true });
    for (const step of target().steps(back, facts)) {
      await target().apply(back, step, () => undefined, never);
    }
    expect(await target().inspect(spec, never)).toMatchObject({ version: "1", canTell: true });
    expect(await served(spec)).toBe("1");
  });

  it("starts as many copies as asked for, and changes their number", async () => {
    const spec = newSpec({ replicas: 2 });
    await deploy(spec, V1);
    expect(await target().health(spec, never)).toMatchObject({ state: "healthy", version: "1", replicas: { running: 2, wanted: 2 } });
    await target().scale?.(spec, 1, never);
    await expect
      .poll(() => target().health(spec, never), { timeout: 60_000, interval: 500 })
      .toMatchObject({ state: "healthy", replicas: { running: 1, wanted: 1 } });
    expect(await served(spec)).toBe("1");
  });

  it("scores by a real request, and passes on what the application says of a bad one", async () => {
    const spec = newSpec();
    await deploy(spec, V1);
    const scoring = await target().score(spec, INPUT, never);
    expect(scoring).toMatchObject({ ok: true, answer: '{"predictions":["1","1"]}' });
    expect(scoring?.message).toMatch(/^Sent 2 rows to 127\.0\.0\.1:\d+\/churn-\d+; the answer came after \d+ ms\.$/);
    expect(await target().score(spec, { instances: [] }, never)).toMatchObject({ ok: false });
  });

  it("says that the cluster is gone where it goes midway", async () => {
    const spec = newSpec();
    const { draft, step } = await prepared(spec, V1);
    const release = target().apply(draft, step, () => void head.server.kill(), never);
    await expect(release).rejects.toMatchObject({ code: "store/unreachable" });
    isUp = false;
    expect(await target().inspect(spec, never)).toMatchObject({ health: { ok: false }, canTell: false, version: null });
  });
});
