import { spawnSync } from "node:child_process";
import { createHash, randomBytes } from "node:crypto";
import { closeSync, ftruncateSync, mkdirSync, openSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { readCommitState } from "../../src/adapters/git/readCommitState";
import { createLocalEngine } from "../../src/adapters/localProcess/localEngine";
import { openContentHashes } from "../../src/adapters/node/contentHashes";
import { openJobFolders } from "../../src/adapters/node/jobFolders";
import { openResultFiles } from "../../src/adapters/node/resultFiles";
import { openWorkspaceFiles } from "../../src/adapters/node/workspaceFiles";
import { NEVER_CANCELLED } from "../../src/core/base/cancel";
import { ResultStore } from "../../src/core/monitoring/resultStore";
import { openPlanner } from "../../src/core/training/openPlanner";
import type { RetrainPlan } from "../../src/core/training/retrainPlan";
import { type Figure, median } from "../figures";

const CONFIG = `version: 1
name: large
train: {engine: local, command: [node, train.mjs, "--lr={lr}"], params: {lr: 0.1}, code: [train.mjs]}
data: [{path: data.bin, use: train}]
`;
const ROUNDS = 5;
const STATUS_ROUNDS = 3;

/**
 * The plan of a product whose inputs are large and have not changed: read for the first time, and once they are known, beside `dvc status` on
 * the same project, which hashes nothing either by then. @param bytes of the inputs. @param dvc the real one, of a virtual environment.
 */
export async function planBench(project: string, folder: string, bytes: number, dvc: string): Promise<readonly Figure[]> {
  const root = join(folder, "product");
  mkdirSync(root, { recursive: true });
  writeFileSync(join(root, "mlops.yaml"), CONFIG);
  writeFileSync(join(root, "train.mjs"), "console.log(process.argv.slice(2));\n");
  const data = openSync(join(root, "data.bin"), "w");
  ftruncateSync(data, bytes);
  closeSync(data);
  // As data are that came before today.
  utimesSync(join(root, "data.bin"), 1_790_000_000, 1_790_000_000);
  run(root, dvc, ["init", "--no-scm", "--quiet"]);
  run(root, dvc, ["config", "cache.type", "hardlink,symlink"]);
  run(root, dvc, ["add", "--quiet", "data.bin"]);
  const status = Array.from({ length: STATUS_ROUNDS }, () => seconds(() => run(root, dvc, ["status"])));

  const cold = await planned(project, root, folder);
  const warm: { readonly seconds: number; readonly plan: RetrainPlan }[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    // Opened anew each time, as another window or another day would.
    warm.push(await planned(project, root, folder));
  }
  const [first] = warm;
  if (cold.plan.fingerprint.value === null || first?.plan.fingerprint.value !== cold.plan.fingerprint.value) {
    throw new Error("The plans do not have the same fingerprint, so that their times say nothing.");
  }
  const known = median(warm.map((one) => one.seconds));
  return [
    { name: "inputs", value: bytes / 1e6, unit: "MB" },
    { name: "plan, inputs read for the first time", value: cold.seconds, unit: "s" },
    { name: "plan, inputs known", value: known * 1000, unit: "ms", target: { below: 100 } },
    { name: "dvc status, the fastest", value: Math.min(...status), unit: "s" },
    { name: "dvc status to the plan", value: Math.min(...status) / known, unit: "×", target: { atLeast: 10 } },
  ];
}

async function planned(project: string, root: string, folder: string): Promise<{ readonly seconds: number; readonly plan: RetrainPlan }> {
  const files = openWorkspaceFiles(root, () => Promise.resolve(null));
  const local = createLocalEngine({
    ...{ runner: join(project, "dist", "jobRunner.cjs"), execPath: process.execPath, env: process.env },
    pythonHint: () => Promise.resolve(null),
    secrets: () => Promise.resolve(null),
  });
  const toAbsolute = (path: string): string => join(root, path);
  const commit = (config: string): ReturnType<typeof readCommitState> => readCommitState(root, config, NEVER_CANCELLED);
  const { planning } = openPlanner({
    ...{ files, toAbsolute, commit, now: Date.now, isTrusted: () => true },
    engines: new Map([[local.id, local]]),
    journal: openJobFolders(root),
    hashes: openContentHashes(join(folder, "cache"), Date.now),
    results: new ResultStore(openResultFiles(root)),
    // Nothing is expected of these data.
    dataCheck: {
      ...{ files, toAbsolute, commit, now: Date.now, tool: "bench" },
      tables: { checkTable: () => Promise.reject(new Error()) },
    },
    store: () => Promise.resolve(null),
    sha256: (text) => createHash("sha256").update(text).digest("hex"),
    randomId: () => randomBytes(3).toString("hex"),
  });
  const wish = {
    ...{ config: "mlops.yaml", engine: null, params: {}, againBecause: null, consents: [] },
    reason: { kind: "manual", text: "Measured." } as const,
  };
  const begin = performance.now();
  const plan = await planning.plan(wish, () => undefined, NEVER_CANCELLED);
  return { seconds: (performance.now() - begin) / 1000, plan };
}

function run(cwd: string, program: string, args: readonly string[]): void {
  const { status, stderr } = spawnSync(program, args, { cwd, encoding: "utf8", env: { ...process.env, DVC_NO_ANALYTICS: "1" } });
  if (status !== 0) {
    throw new Error(`${program} ${args.join(" ")} ended with ${String(status)}: ${stderr.slice(0, 500)}`);
  }
}

function seconds(work: () => void): number {
  const begin = performance.now();
  work();
  return (performance.now() - begin) / 1000;
}
