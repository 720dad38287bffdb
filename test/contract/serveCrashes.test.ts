import { spawn } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { buildSync } from "esbuild";
import { afterAll, afterEach, expect, it } from "vitest";

import { createMlflowServeTarget } from "../../src/adapters/mlflowServe/mlflowServeTarget";
import { servedFolder } from "../../src/adapters/mlflowServe/servedFolder";
import { NEVER_CANCELLED } from "../../src/core/base/cancel";
import type { DeployDraft, DeployTarget } from "../../src/core/deployment/deployTarget";
import type { TargetSpec } from "../../src/core/deployment/targetSpec";
import { deployDraft } from "./deployTargetSuite";
import { buildJobRunner } from "./jobRunnerBundle";
import { livingIn, servedSpec, startsIn, versionAt } from "./servedSample";
import { until } from "./trainingEngineSuite";

const SECRET = "hunter2-of-the-registry";
const KILLS = 5;
const scratch = mkdtempSync(join(tmpdir(), "mlops-crash-"));
const runner = buildJobRunner();
const specs: TargetSpec[] = [];

afterEach(async () => {
  for (const spec of specs.splice(0)) {
    await target().stop?.(spec, NEVER_CANCELLED);
    expect(livingIn(spec.folder)).toEqual([]);
  }
});
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

function target(): DeployTarget {
  const secrets = (): Promise<Record<string, string>> => Promise.resolve({ MLFLOW_TRACKING_PASSWORD: SECRET });
  return createMlflowServeTarget({ runner, execPath: process.execPath, env: process.env, secrets });
}

async function newSpec(more: Partial<TargetSpec> = {}): Promise<TargetSpec> {
  const spec = await servedSpec(scratch, more);
  specs.push(spec);
  return spec;
}

async function release(draft: DeployDraft, signal = NEVER_CANCELLED): Promise<readonly string[]> {
  const lines: string[] = [];
  for (const step of target().steps(draft, await target().inspect(draft.spec, signal))) {
    await target().apply(draft, step, (line) => lines.push(line), signal);
  }
  return lines;
}

function version(number: string): { readonly version: string; readonly source: null } {
  return { version: number, source: null };
}

it("is found again and brought to its end, whenever the window that releases is killed", async () => {
  const host = join(scratch, "host.cjs");
  buildSync({ entryPoints: ["test/contract/serveHost.ts"], outfile: host, bundle: true, platform: "node", format: "cjs" });
  const spec = await newSpec();
  let seed = 11;
  for (let round = 0; round < KILLS; round += 1) {
    const wanted = deployDraft(spec, version(String(1 + (round % 2))), { previous: String(2 - (round % 2)) });
    const child = spawn(process.execPath, [host, runner, JSON.stringify(wanted)], { stdio: "ignore" });
    seed = (seed * 1103515245 + 12345) % 2147483648;
    await new Promise((resolve) => setTimeout(resolve, 80 + (seed % 1400)));
    child.kill("SIGKILL");
    await new Promise((resolve) => (child.exitCode === null && child.signalCode === null ? child.once("exit", resolve) : resolve(0)));
    // What is there is said as it is: a version that answers is the one that is named.
    await until(async () => (await target().health(spec, NEVER_CANCELLED)).state !== "starting", 20_000);
    const health = await target().health(spec, NEVER_CANCELLED);
    expect(health.state === "healthy" ? health.version : null).toBe(await versionAt(spec.address));
    await release(wanted);
    expect(await target().inspect(spec, NEVER_CANCELLED)).toMatchObject({ version: wanted.version });
    expect(await versionAt(spec.address)).toBe(wanted.version);
    expect(livingIn(spec.folder)).toHaveLength(1);
  }
});

it("leaves one version that is named as it is, when two windows release at once", async () => {
  const spec = await newSpec();
  await release(deployDraft(spec, version("1")));
  const both = await Promise.allSettled(["2", "3"].map((one) => release(deployDraft(spec, version(one), { previous: "1" }))));
  expect(both.some(({ status }) => status === "fulfilled")).toBe(true);
  await until(async () => (await target().health(spec, NEVER_CANCELLED)).state !== "starting", 20_000);
  const facts = await target().inspect(spec, NEVER_CANCELLED);
  expect(["2", "3"]).toContain(facts.version);
  expect(await versionAt(spec.address)).toBe(facts.version);
  expect(livingIn(spec.folder)).toHaveLength(1);
});

it("is told where the registry is, and its login in its environment only", async () => {
  const spec = await newSpec();
  const lines = await release(deployDraft(spec, version("1")));
  const [start] = startsIn(spec.folder);
  const uri = `sqlite:///${join(spec.folder, "mlflow.db")}`;
  expect(start?.args.slice(0, 8)).toEqual(["-m", "mlflow", "models", "serve", "-m", "models:/churn/1", "--env-manager", "local"]);
  expect(start?.env).toMatchObject({ MLFLOW_TRACKING_URI: uri, MLFLOW_REGISTRY_URI: uri, MLFLOW_TRACKING_PASSWORD: SECRET });
  expect(start?.env["ELECTRON_RUN_AS_NODE"]).toBeUndefined();
  expect(start?.cwd).toBe(spec.folder);
  expect(`${lines.join("\n")}${textBelow(join(spec.folder, ".mlops"))}`).not.toContain(SECRET);
  expect(readFileSync(join(spec.folder, ".mlops", "deployments", ".gitignore"), "utf8")).toBe("*\n");
});

it("leaves the good version alone when a new one does not load, and says why without the login in its log", async () => {
  const spec = await newSpec();
  await release(deployDraft(spec, version("1")));
  const before = (await target().inspect(spec, NEVER_CANCELLED)).state;
  await expect(release(deployDraft(spec, version("13"), { previous: "1" }))).rejects.toThrow(
    "Version 13 did not start: ValueError: the model at https://host/x is damaged.",
  );
  expect((await target().inspect(spec, NEVER_CANCELLED)).state).toBe(before);
  expect(await versionAt(spec.address)).toBe("1");
  expect(livingIn(spec.folder)).toHaveLength(1);
});

it("leaves nothing behind when it is called off, and when a version never answers", async () => {
  const spec = await newSpec({ timeoutMs: 700 });
  const stop = new AbortController();
  const calledOff = release(deployDraft(spec, version("14")), stop.signal);
  await until(() => Promise.resolve(livingIn(spec.folder).length === 1), 20_000);
  stop.abort();
  await expect(calledOff).rejects.toMatchObject({ name: "AbortError" });
  expect(livingIn(spec.folder)).toEqual([]);
  await expect(release(deployDraft(spec, version("14")))).rejects.toMatchObject({ code: "store/timeout" });
  expect(livingIn(spec.folder)).toEqual([]);
  expect(await target().inspect(spec, NEVER_CANCELLED)).toMatchObject({ version: null, blockers: [] });
});

it("says what has ended and why, and starts the same version again", async () => {
  const spec = await newSpec();
  await release(deployDraft(spec, version("2")));
  await versionAt(spec.address);
  expect(await target().health(spec, NEVER_CANCELLED)).toMatchObject({ state: "healthy", version: "2", requests: 1 });
  const [start] = livingIn(spec.folder);
  process.kill(start?.pid ?? 0, "SIGKILL");
  await until(async () => (await target().inspect(spec, NEVER_CANCELLED)).version === null, 20_000);
  const health = await target().health(spec, NEVER_CANCELLED);
  expect(health).toMatchObject({ state: "unhealthy", version: null });
  expect(health.message).toMatch(/^Version 2 of churn is not served: it was ended by SIGKILL\./);
  expect((await target().inspect(spec, NEVER_CANCELLED)).warnings).toEqual([
    "Version 2 of churn was served here: it was ended by SIGKILL.",
  ]);
  await target().restart?.(spec, NEVER_CANCELLED);
  expect(await target().health(spec, NEVER_CANCELLED)).toMatchObject({ state: "healthy", version: "2", requests: 0 });
});

it("goes on where the supervisor was killed and where its note was damaged", async () => {
  const spec = await newSpec();
  await release(deployDraft(spec, version("1")));
  const current = join(servedFolder(spec), "current.json");
  const { process: name } = JSON.parse(readFileSync(current, "utf8")) as { process: string };
  const { supervisor } = JSON.parse(readFileSync(join(servedFolder(spec), name, "process.json"), "utf8")) as {
    supervisor: { pid: number };
  };
  process.kill(supervisor.pid, "SIGKILL");
  await until(() => Promise.resolve(!isThere(supervisor.pid)), 20_000);
  expect(await target().health(spec, NEVER_CANCELLED)).toMatchObject({ state: "healthy", version: "1" });
  writeFileSync(current, '{"schema": 1, "proc');
  const facts = await target().inspect(spec, NEVER_CANCELLED);
  expect(facts).toMatchObject({ version: null, blockers: [] });
  const wanted = deployDraft(spec, version("2"));
  for (const step of target().steps(wanted, facts)) {
    await target().apply(wanted, step, () => undefined, NEVER_CANCELLED);
  }
  expect(await versionAt(spec.address)).toBe("2");
  expect(livingIn(spec.folder)).toHaveLength(1);
});

it("does not start where another program listens, nor a step of another plan", async () => {
  const spec = await newSpec();
  const other = createServer((_, response) => response.end("other"));
  await new Promise<void>((resolve) => other.listen(Number(new URL(spec.address ?? "").port), "127.0.0.1", resolve));
  const facts = await target().inspect(spec, NEVER_CANCELLED);
  expect(facts.blockers).toEqual([
    `Another program answers at ${spec.address ?? ""}, so that no model can be served there. End it, or give the target another port.`,
  ]);
  await expect(release(deployDraft(spec, version("1")))).rejects.toThrow("Another program answers at");
  await new Promise((resolve) => other.close(resolve));
  expect(startsIn(spec.folder)).toEqual([]);
  const wanted = deployDraft(spec, version("1"));
  const [step] = target().steps(deployDraft(spec, version("2")), facts);
  if (step === undefined) {
    throw new Error("There is no step.");
  }
  await expect(target().apply(wanted, step, () => undefined, NEVER_CANCELLED)).rejects.toThrow("another one than in the plan");
  expect(startsIn(spec.folder)).toEqual([]);
  await expect(target().restart?.(spec, NEVER_CANCELLED)).rejects.toThrow('Nothing was released to "production" yet');
});

function isThere(pid: number): boolean {
  try {
    return /^State:\s+[^ZX]/m.test(readFileSync(`/proc/${pid}/status`, "utf8"));
  } catch {
    return false;
  }
}

function textBelow(folder: string): string {
  return readdirSync(folder)
    .map((name) => join(folder, name))
    .map((path) => (statSync(path).isDirectory() ? textBelow(path) : readFileSync(path, "utf8")))
    .join("\n");
}
