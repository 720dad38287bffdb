import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";

import { afterAll, expect, it } from "vitest";

import { jobFolder } from "../../src/adapters/node/jobs/jobPlaces";
import { NEVER_CANCELLED } from "../../src/core/base/cancel";
import { seededMoments } from "../builders/seededMoments";
import { buildJobRunner } from "./jobRunnerBundle";
import { localEngine, scriptProject, startsOf } from "./localProject";
import { draftOf, until, untilOver, wholeLog } from "./trainingEngineSuite";

const scratch = mkdtempSync(join(tmpdir(), "mlops-killed-job-"));
const runner = buildJobRunner();
const KILLS = 10;
const PATIENCE = 20_000;
/** Takes long enough to be killed, and tells its own number so that one can look whether it is gone. */
const SCRIPT = `require("node:fs").writeFileSync("pid.txt", String(process.pid)); console.log("begin"); setTimeout(() => console.log("end"), 250);`;

afterAll(() => rmSync(scratch, { recursive: true, force: true }));

/** Number of the process that stands in a file; null where there is none yet. */
function pidIn(path: string): number | null {
  try {
    const text = readFileSync(path, "utf8");
    const pid = text.startsWith("{") ? (JSON.parse(text) as { readonly pid: number }).pid : Number(text);
    return pid > 0 ? pid : null;
  } catch {
    return null;
  }
}

function isRunning(pid: number): boolean {
  try {
    return !/^State:\s+[ZX]/m.test(readFileSync(`/proc/${pid}/status`, "utf8"));
  } catch {
    return false;
  }
}

it.each([
  ["training", "product/pid.txt"],
  ["supervisor of a training", "supervisor.lock"],
])(`a %s that is killed at ${KILLS} moments leaves an end that is told, and nothing that runs on`, async (what, file) => {
  const moment = seededMoments(what.length);
  const engine = localEngine(runner);
  const ends = new Set<string>();
  for (let kill = 0; kill < KILLS; kill += 1) {
    const spec = scriptProject(scratch, SCRIPT);
    const draft = draftOf(spec, {});
    const handle = await engine.submit(draft, engine.action(draft, await engine.inspect(spec, NEVER_CANCELLED)), NEVER_CANCELLED);
    const place = what === "training" ? join(spec.root, file) : join(jobFolder(spec.root, spec.config, draft.jobId), file);
    await until(() => Promise.resolve(pidIn(place) !== null), PATIENCE);
    const victim = pidIn(place) ?? 0;
    await pause(moment(330));
    try {
      process.kill(victim, "SIGKILL");
    } catch {
      // It had ended by itself.
    }
    const status = await untilOver(engine, handle, PATIENCE);
    ends.add(status.state);
    // Another window that looks later is told the same.
    expect(await localEngine(runner).status(handle, NEVER_CANCELLED)).toEqual(status);
    const log = await wholeLog(engine, handle, PATIENCE);
    if (status.state === "succeeded") {
      expect(log).toBe("begin\nend\n");
    } else {
      expect(status.state).toBe("failed");
      expect(status.message).toMatch(/^[A-Z].*\.$/);
      expect(status.message).not.toMatch(/undefined|null|NaN/);
    }
    // A supervisor that is gone leaves its training to end by itself; nothing is started a second time.
    const trained = pidIn(join(spec.root, "product/pid.txt"));
    await until(() => Promise.resolve(trained === null || !isRunning(trained)), PATIENCE);
    expect(await engine.submit(draft, engine.action(draft, await engine.inspect(spec, NEVER_CANCELLED)), NEVER_CANCELLED)).toEqual(handle);
    expect(startsOf(spec)).toBeLessThanOrEqual(1);
  }
  expect(ends.has("failed")).toBe(true);
});
