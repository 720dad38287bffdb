import { spawnSync } from "node:child_process";
import { mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { openJobFolders } from "../../src/adapters/node/jobFolders";
import { createLocalEngine } from "../../src/adapters/localProcess/localEngine";
import { RUN_JOB } from "../../src/cli/runJob";
import { isOver } from "../../src/core/training/jobState";
import { JobService } from "../../src/core/training/jobService";
import type { TrainSpec } from "../../src/core/training/trainSpec";
import type { TrainingJob } from "../../src/core/training/trainingJob";
import { retrainPlan } from "../builders/retrainPlan";
import { buildCommandLine } from "./commandLineBundle";
import { scriptProject, startsOf } from "./localProject";

const never = new AbortController().signal;
let parent: string;
const commandLine = buildCommandLine();
const { program } = commandLine;

beforeAll(() => {
  parent = realpathSync(mkdtempSync(join(tmpdir(), "mlops-local-")));
});

afterAll(() => {
  commandLine.dispose();
  rmSync(parent, { recursive: true, force: true });
});

function serviceOf({ root }: TrainSpec): JobService {
  const local = createLocalEngine({
    runner: program,
    execPath: process.execPath,
    env: { ...process.env, [RUN_JOB]: "1" },
    pythonHint: () => Promise.resolve(null),
    secrets: () => Promise.resolve(null),
  });
  return new JobService({
    journal: openJobFolders(root),
    engines: new Map([["local", local]]),
    planning: { outdated: () => Promise.resolve([]) },
    outcomes: {
      find: () => Promise.resolve({ runs: [], kpis: [], champion: null, registered: null, cost: null, notes: [], at: Date.now() }),
    },
    hashOf: ({ hash }) => hash,
    configs: () => Promise.resolve(["product/mlops.yaml"]),
    now: Date.now,
    who: () => Promise.resolve(null),
    isTrusted: () => true,
    newToken: () => crypto.randomUUID(),
  });
}

async function start(script: string): Promise<{ readonly spec: TrainSpec; readonly job: TrainingJob }> {
  const spec = scriptProject(parent, script);
  const now = Date.now();
  const plan = retrainPlan({ spec, createdAt: now, expiresAt: now + 900_000 });
  const action = { kind: "command", argv: spec.command, shell: false, cwd: spec.folder, env: {} } as const;
  return { spec, job: await serviceOf(spec).start({ ...plan, action }, never) };
}

/** Asks a fresh window each time, until the job is over. */
async function end(spec: TrainSpec, job: TrainingJob): Promise<TrainingJob> {
  for (;;) {
    const now = await serviceOf(spec).refresh(job, never);
    if (isOver(now.status.state)) {
      return now;
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

describe("a training on this machine, watched over by the one-file command line", () => {
  it("runs once, without the variable that named its supervisor, and is judged from another window", async () => {
    const { spec, job } = await start(`console.log("variable", process.env.${RUN_JOB} ?? "none");`);
    expect(await end(spec, job)).toMatchObject({ status: { state: "succeeded", exitCode: 0 }, outcome: { runs: [] } });
    expect(startsOf(spec)).toBe(1);
    expect((await serviceOf(spec).log(job, null, never)).text).toContain("variable none\n");
  });

  it("is listed, shown and ended by mlops jobs in another process", async () => {
    const { spec, job } = await start(`console.log("begin"); setTimeout(() => undefined, 600000);`);
    writeFileSync(join(spec.folder, "mlops.yaml"), "version: 1\nname: churn\n");
    while (!(await serviceOf(spec).log(job, null, never)).text.includes("begin")) {
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    const jobs = (...args: string[]): { readonly status: number | null; readonly stdout: string; readonly stderr: string } =>
      spawnSync(process.execPath, [program, "jobs", ...args], { cwd: spec.folder, encoding: "utf8" });
    expect(jobs().stdout).toMatch(new RegExp(`${job.id} .*(?:running|waiting)`));
    expect(JSON.parse(jobs(job.id, "--cancel", "--json").stdout)).toMatchObject({
      job: { id: job.id, cancelAsked: { because: "person" } },
    });
    expect(await end(spec, job)).toMatchObject({ status: { state: "cancelled" } });
    expect(jobs(job.id, "--log")).toMatchObject({ status: 0, stdout: "begin\n", stderr: "" });
  });
});
