import { spawnSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { createLocalEngine } from "../../src/adapters/localProcess/localEngine";
import { openJobFolders } from "../../src/adapters/node/jobFolders";
import { readLogTail } from "../../src/adapters/node/jobs/jobLog";
import { NEVER_CANCELLED } from "../../src/core/base/cancel";
import { isOver } from "../../src/core/training/jobState";
import type { JobDraft } from "../../src/core/training/trainingEngine";
import type { TrainSpec } from "../../src/core/training/trainSpec";
import { type Figure, median } from "../figures";
import { trainSpec } from "../../test/builders/retrainPlan";
import { sampleJob } from "./sampleJob";

const ROUNDS = 10;
const JOBS = 200;
const LOG_BYTES = 200 * 1024 * 1024;
/** A fixed amount of work, some seconds long. */
const work = (turns: number): string =>
  `let x = 1; for (let i = 0; i < ${turns}; i += 1) x = (x * 1103515245 + 12345) % 2147483648; console.log(x);`;

/** What a training on this machine costs beside the bare command, and what the journal costs. @param scale of the work and its rounds. */
export async function overheadBench(project: string, folder: string, scale: number): Promise<readonly Figure[]> {
  const rounds = Math.max(3, Math.round(ROUNDS * scale));
  const script = join(folder, "train.cjs");
  writeFileSync(script, work(secondsOfWork(5 * scale)));
  const bare: number[] = [];
  const supervised: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    // Alternating, so that whatever else the machine does meets both alike.
    bare.push(seconds(() => spawnSync(process.execPath, [script], { stdio: "ignore" })));
    supervised.push(await trained(project, folder, script, round));
  }
  const overhead = median(supervised) - median(bare);
  return [
    { name: `bare command, median of ${rounds}`, value: median(bare), unit: "s" },
    { name: "supervised, until its end is told", value: median(supervised), unit: "s" },
    { name: "overhead", value: overhead, unit: "s", target: { below: Math.max(0.3, median(bare) * 0.03) } },
    ...(await journalFigures(folder)),
  ];
}

/** How many turns take so long on this machine. */
function secondsOfWork(wanted: number): number {
  const turns = 20_000_000;
  const taken = seconds(() => spawnSync(process.execPath, ["-e", work(turns)], { stdio: "ignore" }));
  return Math.round((turns * wanted) / Math.max(0.05, taken - 0.04));
}

async function trained(project: string, folder: string, script: string, round: number): Promise<number> {
  const engine = createLocalEngine({
    runner: join(project, "dist", "jobRunner.cjs"),
    execPath: process.execPath,
    env: process.env,
    pythonHint: () => Promise.resolve(null),
    secrets: () => Promise.resolve(null),
  });
  const spec = specOf(folder, [process.execPath, script]);
  const draft: JobDraft = { jobId: `bench-${round}`, spec, params: {}, overrides: {}, tags: {}, consents: [] };
  const action = engine.action(draft, await engine.inspect(spec, NEVER_CANCELLED));
  const begin = performance.now();
  const handle = await engine.submit(draft, action, NEVER_CANCELLED);
  for (;;) {
    const { state } = await engine.status(handle, NEVER_CANCELLED);
    if (isOver(state)) {
      if (state !== "succeeded") {
        throw new Error(`The training is ${state}.`);
      }
      return (performance.now() - begin) / 1000;
    }
    await new Promise((resolve) => {
      setTimeout(resolve, 20);
    });
  }
}

async function journalFigures(folder: string): Promise<readonly Figure[]> {
  const root = join(folder, "journal");
  const journal = openJobFolders(root);
  for (let index = 0; index < JOBS; index += 1) {
    const job = sampleJob(index);
    mkdirSync(journal.folder(job), { recursive: true });
    writeFileSync(join(journal.folder(job), "job.json"), JSON.stringify(job));
  }
  const begin = performance.now();
  const { jobs } = await journal.list(["mlops.yaml"], JOBS, NEVER_CANCELLED);
  const listed = performance.now() - begin;
  if (jobs.length !== JOBS) {
    throw new Error(`Only ${jobs.length} jobs were listed.`);
  }
  const log = join(folder, "log.txt");
  writeFileSync(log, Buffer.alloc(LOG_BYTES, "a line of a log\n"));
  const tailBegin = performance.now();
  const tail = await readLogTail(log, 64 * 1024);
  const tailed = performance.now() - tailBegin;
  if (!tail.startsWith("a line")) {
    throw new Error("The end of the log is not what was written.");
  }
  return [
    { name: `${JOBS} jobs listed`, value: listed, unit: "ms", target: { below: 200 } },
    { name: "end of a log of 200 MB", value: tailed, unit: "ms", target: { below: 100 } },
  ];
}

function specOf(root: string, command: readonly string[]): TrainSpec {
  return trainSpec({ product: "Sample", root, folder: root, command });
}

function seconds(run: () => unknown): number {
  const begin = performance.now();
  run();
  return (performance.now() - begin) / 1000;
}
