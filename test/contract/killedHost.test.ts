import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { buildSync } from "esbuild";
import { afterAll, expect, it } from "vitest";

import { openJobFolders } from "../../src/adapters/node/jobFolders";
import { NEVER_CANCELLED } from "../../src/core/base/cancel";
import { isOver } from "../../src/core/training/jobState";
import { mergeStatus } from "../../src/core/training/mergeStatus";
import { recoverJob } from "../../src/core/training/recoverJob";
import { buildJobRunner } from "./jobRunnerBundle";
import { localEngine, localProject, startsOf } from "./localProject";
import { samplePlan } from "./samplePlan";
import { draftOf, until } from "./trainingEngineSuite";

const scratch = mkdtempSync(join(tmpdir(), "mlops-killed-"));
const runner = buildJobRunner();
const KILLS = 20;
const LATER = 3_600_000;

afterAll(() => rmSync(scratch, { recursive: true, force: true }));

it("loses no job, starts none twice and leaves none without a state, whenever its host is killed", async () => {
  const host = join(scratch, "host.cjs");
  buildSync({ entryPoints: ["test/contract/journalHost.ts"], outfile: host, bundle: true, platform: "node", format: "cjs" });
  const spec = localProject(scratch, "succeed");
  const engine = localEngine(runner);
  const facts = await engine.inspect(spec, NEVER_CANCELLED);
  const journal = openJobFolders(spec.root);
  let seed = 7;
  let started = 0;
  let claimed = 0;
  for (let round = 0; round < KILLS; round += 1) {
    const draft = draftOf(spec, {});
    const plan = samplePlan(draft, engine.action(draft, facts), `fingerprint ${round}`);
    const begun = startsOf(spec);
    const child = spawn(process.execPath, [host, runner, spec.root, JSON.stringify(plan)], { stdio: "ignore" });
    await until(() => Promise.resolve(existsSync(join(spec.root, `begun-${plan.jobId}`)) || child.exitCode !== null), 20_000);
    seed = (seed * 1103515245 + 12345) % 2147483648;
    await new Promise((resolve) => {
      setTimeout(resolve, seed % 130);
    });
    child.kill("SIGKILL");
    await new Promise((resolve) => (child.exitCode === null && child.signalCode === null ? child.once("exit", resolve) : resolve(0)));
    // A supervisor that was started on the last moment takes its job within this time; after it, recovery may say that there is none.
    await new Promise((resolve) => {
      setTimeout(resolve, 400);
    });
    const job = await journal.read(plan.jobId, spec.config, NEVER_CANCELLED);
    if (job === null) {
      expect(await engine.find(draft, NEVER_CANCELLED)).toBeNull();
      expect(startsOf(spec)).toBe(begun);
      continue;
    }
    claimed += 1;
    let now = await journal.update(job, await recoverJob(job, plan, engine, job.createdAt + LATER, NEVER_CANCELLED), NEVER_CANCELLED);
    const { handle } = now;
    if (handle === null) {
      expect(now).toMatchObject({ phase: "refused", status: { state: "failed" } });
      expect(startsOf(spec)).toBe(begun);
      continue;
    }
    started += 1;
    await until(async () => {
      now = await journal.update(now, mergeStatus(await engine.status(handle, NEVER_CANCELLED)), NEVER_CANCELLED);
      return isOver(now.status.state);
    }, 20_000);
    expect(now).toMatchObject({ phase: "submitted", status: { state: "succeeded", exitCode: 0 } });
    expect(startsOf(spec)).toBe(begun + 1);
  }
  expect((await journal.list([spec.config], 100, NEVER_CANCELLED)).jobs).toHaveLength(claimed);
  expect(started).toBe(startsOf(spec));
});
