import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

import { buildSync } from "esbuild";
import { afterAll, beforeAll, expect, it } from "vitest";

import { NEVER_CANCELLED } from "../../src/core/base/cancel";
import type { DeployPlan } from "../../src/core/deployment/deployPlan";
import { openDeployments } from "../../src/core/deployment/openDeployments";
import { DEPLOY_CONFIG, deployWorld, writeProduct } from "../builders/deployWorld";
import { fileTarget, heldAt, holdAt } from "../fakes/fileTarget";

const scratch = mkdtempSync(join(tmpdir(), "mlops-deployed-"));
const host = join(scratch, "host.cjs");

beforeAll(() => {
  buildSync({ entryPoints: ["test/contract/deployHost.ts"], outfile: host, bundle: true, platform: "node", format: "cjs" });
});

afterAll(() => rmSync(scratch, { recursive: true, force: true }));

interface Setting {
  readonly root: string;
  readonly folder: string;
  readonly opened: ReturnType<typeof openDeployments>;
}

/** A product of which version 1 is released. */
function setting(): Setting {
  const root = mkdtempSync(join(scratch, "case-"));
  const folder = dirname(writeProduct(root));
  holdAt(folder, "1");
  return { root, folder, opened: openDeployments(deployWorld(root, fileTarget())) };
}

function planOf({ opened }: Setting, version: string, intent: "deploy" | "rollback" = "deploy"): Promise<DeployPlan> {
  return opened.planning.plan({ config: DEPLOY_CONFIG, target: "staging", version, intent, reason: null }, NEVER_CANCELLED);
}

/** Runs a process that kills itself at a moment. @returns whether it lived to its end. */
function mortal(root: string, moment: number, plan: DeployPlan | null): boolean {
  const { signal } = spawnSync(process.execPath, [host, root, String(moment), plan === null ? "" : JSON.stringify(plan)], {
    stdio: "ignore",
  });
  return signal === null;
}

/** Whatever was killed when: what is shown is what is, and all goes on from there. */
async function expectTruth({ root, folder, opened }: Setting, plan: DeployPlan): Promise<void> {
  // A page that shows the release finds its end without anybody else looking.
  const kept = await opened.read(DEPLOY_CONFIG, plan.deploymentId, NEVER_CANCELLED);
  const [status] = await opened.deployments.status([DEPLOY_CONFIG], NEVER_CANCELLED);
  const held = heldAt(folder);
  expect(status).toMatchObject({ version: held, problem: null, isMovedElsewhere: false, running: null });
  const { entries, problems } = await opened.deployments.history(DEPLOY_CONFIG, NEVER_CANCELLED);
  expect(problems).toEqual([]);
  const own = entries.filter(({ deployment }) => deployment === plan.deploymentId);
  if (kept === null) {
    expect(own).toEqual([]);
    expect(held).toBe("1"); // Nothing was begun.
  } else {
    expect(own).toHaveLength(1);
    expect(own[0]).toMatchObject({ state: kept.deployment.state, serves: held });
    expect(kept.deployment.state).not.toBe("running");
    expect(kept.deployment.message).toMatch(/\.$/);
    expect(kept.deployment.steps.filter(({ state }) => state === "running" || state === "pending")).toEqual([]);
  }
  // Nobody holds the target any more: the next release and the way back go through.
  const broken = join(folder, "broken-2");
  rmSync(broken, { force: true });
  const next = await opened.deployments.run(
    await planOf({ root, folder, opened }, "3"),
    null,
    () => undefined,
    () => undefined,
    NEVER_CANCELLED,
  );
  expect(next).toMatchObject({ state: "succeeded", serves: "3" });
  expect(heldAt(folder)).toBe("3");
}

it.each([
  ["a release that goes well", false],
  ["a release that fails and goes back", true],
])(
  "shows what is there and loses nothing, at whatever moment %s is killed",
  async (_name, isBroken) => {
    let moment = 0;
    for (let isOver = false; !isOver;) {
      moment += 1;
      const now = setting();
      if (isBroken) {
        writeFileSync(join(now.folder, "broken-2"), "");
      }
      const plan = await planOf(now, "2");
      isOver = mortal(now.root, moment, plan);
      await expectTruth(now, plan);
    }
    expect(moment).toBeGreaterThan(15);
  },
  120_000,
);

it("comes to one end, at whatever moment whoever looks after an interrupted release is killed as well", async () => {
  let moment = 0;
  for (let isOver = false; !isOver;) {
    moment += 1;
    const now = setting();
    const plan = await planOf(now, "2");
    const moments = join(now.root, "moments.txt");
    expect(mortal(now.root, killedAt, plan)).toBe(false);
    expect(readFileSync(moments, "utf8")).toContain("after switch");
    expect(existsSync(join(now.folder, "held.txt"))).toBe(true);
    isOver = mortal(now.root, moment, null);
    await expectTruth(now, plan);
  }
  expect(moment).toBeGreaterThan(3);
}, 120_000);

/** A moment at which the new version is there already and nobody has written so. */
let killedAt = 0;

beforeAll(async () => {
  const now = setting();
  expect(mortal(now.root, 0, await planOf(now, "2"))).toBe(true);
  const lines = readFileSync(join(now.root, "moments.txt"), "utf8").split("\n");
  killedAt = lines.findIndex((line) => line.endsWith("after switch")) + 1;
});
