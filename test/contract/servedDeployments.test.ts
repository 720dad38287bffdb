import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, afterEach, expect, it } from "vitest";

import { createMlflowServeTarget } from "../../src/adapters/mlflowServe/mlflowServeTarget";
import { NEVER_CANCELLED } from "../../src/core/base/cancel";
import type { Deployment } from "../../src/core/deployment/deployment";
import { type OpenedDeployments, openDeployments } from "../../src/core/deployment/openDeployments";
import { aVersion, DEPLOY_CONFIG, DEPLOY_PRODUCT, deployWorld, writeProduct } from "../builders/deployWorld";
import { MemoryStore } from "../fakes/memoryStore";
import { buildJobRunner } from "./jobRunnerBundle";
import { livingIn, standInPython, unusedPort, versionAt } from "./servedSample";

const scratch = mkdtempSync(join(tmpdir(), "mlops-released-"));
const runner = buildJobRunner();
const open: { readonly folder: string; readonly opened: OpenedDeployments }[] = [];

afterEach(async () => {
  for (const { folder, opened } of open.splice(0)) {
    await opened.controls.run(DEPLOY_CONFIG, "staging", { kind: "stop" }, NEVER_CANCELLED);
    expect(livingIn(folder)).toEqual([]);
  }
});
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

/** A registry whose versions have an input example. */
class Registry extends MemoryStore {
  override versions = ["1", "2", "13", "15", "16"].map((version) => aVersion(version));
  override readonly readArtifact: MemoryStore["readArtifact"] = (_, path) =>
    Promise.resolve(
      new TextEncoder().encode(
        path === "MLmodel" ? "saved_input_example_info:\n  serving_input_path: serving_input_example.json\n" : '{"inputs": [[1], [2]]}',
      ),
    );
}

async function setting(): Promise<{ readonly opened: OpenedDeployments; readonly address: string; readonly folder: string }> {
  const root = mkdtempSync(join(scratch, "case-"));
  const address = `http://127.0.0.1:${await unusedPort()}`;
  const folder = dirname(
    writeProduct(root, DEPLOY_PRODUCT.replace("{type: command, command: [release]}", `{type: mlflow_serve, address: "${address}"}`)),
  );
  const python = standInPython(folder);
  const target = createMlflowServeTarget({ runner, execPath: process.execPath, env: process.env, secrets: () => Promise.resolve({}) });
  const opened = openDeployments(
    deployWorld(root, target, { openStore: () => Promise.resolve(new Registry()), python: () => Promise.resolve(python) }),
  );
  open.push({ folder, opened });
  return { opened, address, folder };
}

async function deploy({ planning, deployments }: OpenedDeployments, version: string): Promise<Deployment> {
  const wish = { config: DEPLOY_CONFIG, target: "staging", version, intent: "deploy", reason: null } as const;
  const plan = await planning.plan(wish, NEVER_CANCELLED);
  return deployments.run(
    plan,
    null,
    () => undefined,
    () => undefined,
    NEVER_CANCELLED,
  );
}

it("serves a version, asks it with its own input example, and goes on to the next", async () => {
  const { opened, address } = await setting();
  expect(await deploy(opened, "1")).toMatchObject({ state: "succeeded", serves: "1", health: { state: "healthy" }, scoring: { ok: true } });
  const second = await deploy(opened, "2");
  expect(second).toMatchObject({ state: "succeeded", serves: "2", scoring: { answer: '{"predictions":["2"]}' } });
  expect(second.steps.map(({ id, state }) => `${id} ${state}`)).toEqual(
    ["try", "stop", "start", "health", "score", "settle"].map((id) => `${id} done`),
  );
  expect(await versionAt(address)).toBe("2");
  const [status] = await opened.deployments.status([DEPLOY_CONFIG], NEVER_CANCELLED);
  expect(status).toMatchObject({ version: "2", isMovedElsewhere: false, health: { state: "healthy", requests: 2 } });
});

it.each([
  ["13", "failed", "Nothing was changed: version 1 is there as before."],
  ["15", "rolled_back", "Version 1 was put back by itself."],
  ["16", "rolled_back", "the answer was HTTP 400: no such column. Version 1 was put back by itself."],
])("has version 1 there again after version %s, which does not work", async (version, state, words) => {
  const { opened, address, folder } = await setting();
  await deploy(opened, "1");
  const failed = await deploy(opened, version);
  expect(failed).toMatchObject({ state, serves: "1" });
  expect(failed.message).toContain(words);
  expect(await versionAt(address)).toBe("1");
  expect(livingIn(folder)).toHaveLength(1);
  expect((await opened.deployments.history(DEPLOY_CONFIG, NEVER_CANCELLED)).problems).toEqual([]);
});

it("takes away a first version that does not work", async () => {
  const { opened, address, folder } = await setting();
  const failed = await deploy(opened, "16");
  expect(failed).toMatchObject({ state: "rolled_back", serves: null });
  expect(await versionAt(address)).toBeNull();
  expect(livingIn(folder)).toEqual([]);
  expect((await opened.deployments.status([DEPLOY_CONFIG], NEVER_CANCELLED))[0]).toMatchObject({
    version: null,
    health: { state: "stopped" },
  });
});

it("says of a server that fell that it did, and not that somebody else has moved it", async () => {
  const { opened, folder } = await setting();
  await deploy(opened, "1");
  process.kill(livingIn(folder)[0]?.pid ?? 0, "SIGKILL");
  await expect
    .poll(async () => (await opened.deployments.status([DEPLOY_CONFIG], NEVER_CANCELLED))[0], { timeout: 20_000 })
    .toMatchObject({ version: null, isMovedElsewhere: false, problem: null, health: { state: "unhealthy" } });
  await opened.controls.run(DEPLOY_CONFIG, "staging", { kind: "restart" }, NEVER_CANCELLED);
  expect((await opened.deployments.status([DEPLOY_CONFIG], NEVER_CANCELLED))[0]).toMatchObject({
    version: "1",
    health: { state: "healthy" },
  });
});
