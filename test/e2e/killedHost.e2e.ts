import { strict as assert } from "node:assert";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

import type { TrainingJob } from "../../src/core/training/trainingJob";
import type { Server } from "../harness/server.mjs";
import type { Workbench } from "../harness/workbench.mjs";
import { eventually, showView, type E2eSuite } from "./suite";
import { started, writeTrained } from "./trainedFiles";

const PRODUCT = "killed-model";
const READY = "Ready to start. Nothing runs before you say so.";
const folder = mkdtempSync(join(tmpdir(), "mlops-killed-host-"));
// Also when no test of this file is chosen.
process.once("exit", () => {
  rmSync(folder, { recursive: true, force: true });
});

/** The process in which the extension runs dies as by the out-of-memory killer, at each stage of a training. */
export const suite: E2eSuite = {
  workspace: folder,
  before: () => {
    writeTrained(folder, PRODUCT, { seconds: 4 });
    return Promise.resolve(() => Promise.resolve());
  },
  tests: {
    "loses no training, starts none twice and leaves none without a state": async ({ workbench, server }) => {
      // While it is planned.
      await plan(workbench);
      await killHost(server);
      await comeBack(workbench, server);
      assert.deepEqual(jobsOf(server.workspace), []);

      // Between the click and the answer of whoever starts it.
      for (const lr of ["0.2", "0.3"]) {
        await startWith(workbench, lr);
        await sleep(Math.random() * 400);
        await killHost(server);
        await comeBack(workbench, server);
      }

      // While it runs, and once more when it ends and its outcome is being worked out.
      await startWith(workbench, "0.4");
      await eventually(() => assert.equal(startsWith(server.workspace, "0.4"), 1));
      await sleep(Math.random() * 1500);
      await killHost(server);
      await comeBack(workbench, server);
      await eventually(() => assert.ok(stateOf(server.workspace, "0.4") === "succeeded"));
      await killHost(server);
      await comeBack(workbench, server);

      await eventually(() => {
        for (const job of jobsOf(server.workspace)) {
          // Whoever was killed between taking a job and starting it left one that waits to be found, and then is said to have never started.
          const isOver = job.phase === "submitted" && job.status.state === "succeeded" && job.outcome?.runs.length === 1;
          assert.ok(isOver || job.handle === null, JSON.stringify(job));
        }
      });
      const jobs = jobsOf(server.workspace);
      const lrs = started(server.workspace, PRODUCT).map(([lr]) => lr);
      assert.equal(new Set(lrs).size, lrs.length, `Started twice: ${lrs.join(" ")}`);
      assert.equal(jobs.filter(({ handle }) => handle !== null).length, lrs.length);
      assert.ok(lrs.includes("--lr=0.4"));
      const rows = workbench.view("Training").locator('[role="treeitem"]', { hasText: PRODUCT });
      await eventually(async () => assert.equal(await rows.filter({ hasText: /Succeeded ·/ }).count(), lrs.length));
      assert.equal(await rows.filter({ hasText: /Running|Unknown/ }).count(), 0);
      await workbench.screenshot("retrain-host-killed-dark");
    },
  },
};

/** The only product, so that nobody is asked which. */
async function plan(workbench: Workbench): Promise<ReturnType<Workbench["webview"]>> {
  await workbench.runCommand("MLOps: Retrain…");
  const page = workbench.webview();
  await page.getByRole("heading", { name: `Retrain ${PRODUCT}` }).waitFor();
  return page;
}

async function startWith(workbench: Workbench, lr: string): Promise<void> {
  const page = await plan(workbench);
  await page.getByText(READY).waitFor();
  await page.getByLabel("lr", { exact: true }).fill(lr);
  await page.getByRole("region", { name: "Command" }).getByText(`--lr=${lr}`).waitFor();
  await page.getByText(READY).waitFor();
  await page.getByRole("button", { name: "Start training" }).click();
}

/** Ends the extension host as `kill -9` does, and waits until it is gone. Others of the same machine are left alone. */
async function killHost({ home }: Server): Promise<void> {
  const hosts = readdirSync("/proc").filter((pid) => /^\d+$/.test(pid) && isHost(pid, home));
  assert.ok(hosts.length > 0, "There is no extension host.");
  hosts.forEach((pid) => process.kill(Number(pid), "SIGKILL"));
  await eventually(() =>
    assert.deepEqual(
      hosts.filter((pid) => isHost(pid, home)),
      [],
    ),
  );
}

function isHost(pid: string, home: string): boolean {
  try {
    const line = readFileSync(`/proc/${pid}/cmdline`, "utf8").split("\0");
    return line.includes("--type=extensionHost") && readFileSync(`/proc/${pid}/environ`, "utf8").split("\0").includes(`HOME=${home}`);
  } catch {
    return false; // It has ended, or is somebody else's.
  }
}

async function comeBack(workbench: Workbench, server: Server): Promise<void> {
  await workbench.page.goto(server.url, { waitUntil: "domcontentloaded" });
  await workbench.ready();
  await showView(workbench, "Training");
}

function jobsOf(workspace: string): readonly TrainingJob[] {
  const place = join(workspace, PRODUCT, ".mlops", "jobs");
  return (existsSync(place) ? readdirSync(place) : []).flatMap((name) => {
    const file = join(place, name, "job.json");
    return existsSync(file) ? [JSON.parse(readFileSync(file, "utf8")) as TrainingJob] : [];
  });
}

function startsWith(workspace: string, lr: string): number {
  return started(workspace, PRODUCT).filter(([written]) => written === `--lr=${lr}`).length;
}

/** Of the job that was started last. */
function stateOf(workspace: string, lr: string): string | undefined {
  return startsWith(workspace, lr) === 0 ? undefined : [...jobsOf(workspace)].sort((a, b) => b.createdAt - a.createdAt)[0]?.status.state;
}
