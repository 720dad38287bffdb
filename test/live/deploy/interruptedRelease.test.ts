import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { buildSync } from "esbuild";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { NEVER_CANCELLED } from "../../../src/core/base/cancel";
import type { DeployPlan } from "../../../src/core/deployment/deployPlan";
import type { Deployment } from "../../../src/core/deployment/deployment";
import { type OpenedDeployments, openDeployments } from "../../../src/core/deployment/openDeployments";
import { DEPLOY_CONFIG, writeProduct } from "../../builders/deployWorld";
import { never, openLive } from "../liveStore";
import { MlflowServer, pythonEnv, venvOf } from "../mlflowServer";
import { ALIAS, ALIAS_MODEL, aliasProduct, aliasWorld } from "./aliasWorld";

const scratch = mkdtempSync(join(tmpdir(), "mlops-interrupted-"));
const host = join(scratch, "host.cjs");

beforeAll(() => {
  buildSync({ entryPoints: ["test/live/deploy/aliasHost.ts"], outfile: host, bundle: true, platform: "node", format: "cjs" });
});
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

describe.each([2, 3] as const)("releases over a real registry of MLflow %i", (major) => {
  let server: MlflowServer;

  beforeAll(async () => {
    const folder = mkdtempSync(join(scratch, "server-"));
    server = await MlflowServer.start({ major, folder, backend: "sqlite:///mlflow.db" });
    const python = join(venvOf(major), "bin", "python");
    execFileSync(python, [join(import.meta.dirname, "registeredVersions.py"), server.url, "churn", "1"], {
      cwd: folder,
      env: pythonEnv(major),
      stdio: "ignore",
    });
  });
  afterAll(() => server.kill());

  /** A clone of the product, with a journal of its own. */
  function clone(at?: (what: string) => void): { readonly root: string; readonly opened: OpenedDeployments } {
    const root = mkdtempSync(join(scratch, "clone-"));
    writeProduct(root, aliasProduct(server.url));
    return { root, opened: openDeployments(aliasWorld(root, server.url, at)) };
  }
  const planOf = ({ planning }: OpenedDeployments, version: string): Promise<DeployPlan> =>
    planning.plan({ config: DEPLOY_CONFIG, target: "staging", version, intent: "deploy", reason: null }, NEVER_CANCELLED);
  const run = ({ deployments }: OpenedDeployments, plan: DeployPlan): Promise<Deployment> =>
    deployments.run(
      plan,
      null,
      () => undefined,
      () => undefined,
      NEVER_CANCELLED,
    );
  const held = async (): Promise<string | undefined> => {
    const store = await openLive(server.url);
    try {
      return (await store.getRegisteredModel(ALIAS_MODEL, never)).aliases.get(ALIAS);
    } finally {
      store.dispose();
    }
  };
  const statusOf = async ({ deployments }: OpenedDeployments): Promise<unknown> =>
    (await deployments.status([DEPLOY_CONFIG], NEVER_CANCELLED))[0];

  it("show what is there, at whatever moment they are killed, and go on from there", async () => {
    const { root, opened } = clone();
    await run(opened, await planOf(opened, "1"));
    const mortal = (moment: number, plan: DeployPlan): boolean =>
      spawnSync(process.execPath, [host, root, server.url, String(moment), JSON.stringify(plan)], { stdio: "ignore" }).signal === null;
    expect(mortal(0, await planOf(opened, "2"))).toBe(true);
    expect(await held()).toBe("2");
    const moments = readFileSync(join(root, "moments.txt"), "utf8").trim().split("\n");
    const at = (what: string): number => moments.findIndex((line) => line.endsWith(what)) + 1;
    for (const moment of [at("begin"), at("before set-alias"), at("after set-alias"), at("append"), at("release")]) {
      expect(moment, moments.join()).toBeGreaterThan(0);
      const next = (await held()) === "2" ? "3" : "2";
      const plan = await planOf(opened, next);
      expect(mortal(moment, plan)).toBe(false);
      const kept = await opened.read(DEPLOY_CONFIG, plan.deploymentId, NEVER_CANCELLED);
      expect(kept?.deployment.state).not.toBe("running");
      expect(await statusOf(opened)).toMatchObject({ version: await held(), problem: null, isMovedElsewhere: false, running: null });
      expect((await opened.deployments.history(DEPLOY_CONFIG, NEVER_CANCELLED)).problems).toEqual([]);
    }
    expect(await run(opened, await planOf(opened, "1"))).toMatchObject({ state: "succeeded", serves: "1" });
  });

  it("of two clones never both tell that their version is there", async () => {
    const [left, right] = [clone(), clone()];
    const plans = await Promise.all([planOf(left.opened, "2"), planOf(right.opened, "3")]);
    const ends = await Promise.allSettled([run(left.opened, plans[0]), run(right.opened, plans[1])]);
    const now = await held();
    expect(["2", "3"]).toContain(now);
    const winners = ends.filter((end) => end.status === "fulfilled" && end.value.state === "succeeded" && end.value.serves === now);
    expect(winners).toHaveLength(1);
    for (const { opened } of [left, right]) {
      expect(await statusOf(opened)).toMatchObject({ version: now, problem: null, running: null });
      expect((await opened.deployments.history(DEPLOY_CONFIG, NEVER_CANCELLED)).problems).toEqual([]);
    }
  });

  it("fail with a sentence where the registry goes midway, and are told as they are once it is back", async () => {
    let gone: Promise<void> | undefined;
    const { opened } = clone((what) => {
      if (what === "before set-alias") {
        gone ??= server.kill();
      }
    });
    const before = await held();
    const ended = await run(opened, await planOf(opened, before === "4" ? "1" : "4"));
    expect(gone).toBeDefined();
    expect(ended.state).not.toBe("succeeded");
    expect(ended.message).toMatch(/\.$/);
    await gone;
    await server.restart();
    expect(await statusOf(opened)).toMatchObject({ version: await held(), problem: null, isMovedElsewhere: false, running: null });
    expect((await opened.deployments.history(DEPLOY_CONFIG, NEVER_CANCELLED)).problems).toEqual([]);
    const { opened: again } = clone();
    expect(await run(again, await planOf(again, "1"))).toMatchObject({ state: "succeeded", serves: "1" });
  });
});
