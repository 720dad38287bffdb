import { existsSync } from "node:fs";
import { readdir, rm } from "node:fs/promises";
import { join } from "node:path";

import { AppError } from "../../core/base/appError";
import { type CancelSignal, NEVER_CANCELLED } from "../../core/base/cancel";
import type { TargetSpec } from "../../core/deployment/targetSpec";
import { isOver } from "../../core/training/jobState";
import type { JobHandle, JobStatus } from "../../core/training/trainingEngine";
import { createFile, makeFolder, replaceFile, textOf } from "../node/atomicFile";
import { environmentBin } from "../node/jobs/choosePython";
import { withFileLock } from "../node/jobs/fileLock";
import { OwnJobs, type OwnJobsOptions } from "../node/jobs/ownJobs";
import { RUNNER_FILES } from "../node/jobs/runnerFiles";
import { pause } from "../node/pause";
import { deploymentsFolder, servedFolder } from "./servedFolder";
import { serveEnv } from "./serveCommand";

/** What a target is to serve; its process may run, load, or have ended. Plain JSON without secrets. */
export interface Served {
  readonly schema: 1;
  /** Folder of its process, below the target's. */
  readonly process: string;
  readonly deploymentId: string;
  readonly model: string;
  readonly version: string;
  readonly source: string | null;
  readonly address: string;
  readonly argv: readonly string[];
  readonly env: Readonly<Record<string, string>>;
}

/** What is to be served. */
export type ServeWish = Omit<Served, "schema" | "process">;

/** Between being asked to end and being ended, while requests are answered to their end. */
const GRACE_MS = 10_000;
/** A start that only tries something ends by itself so much later than its patience. */
const SPARE_MS = 60_000;
const LOOK_MS = 100;
/** Logs of so many processes that have ended are kept. */
const KEPT = 5;
const CURRENT = "current.json";
const READY = "ready";

/** The processes that serve models from this machine. Each lies in a folder with a supervisor that outlives this process; any number of windows may look. */
export class ServedModels {
  private readonly jobs: OwnJobs;

  constructor(options: OwnJobsOptions) {
    this.jobs = new OwnJobs(options, "server of the model");
  }

  /** Null where nothing was ever released, or its file is damaged. */
  async current(spec: TargetSpec): Promise<Served | null> {
    const text = await textOf(join(servedFolder(spec), CURRENT));
    try {
      const served = JSON.parse(text ?? "null") as Partial<Served> | null;
      return served?.schema === 1 && typeof served.process === "string" && typeof served.version === "string" ? (served as Served) : null;
    } catch {
      return null;
    }
  }

  status(spec: TargetSpec, process: string, signal: CancelSignal): Promise<JobStatus> {
    return this.jobs.status(this.handle(spec, process), signal);
  }

  /** Null where it never got so far as to start, or its folder was removed. */
  async statusOf(spec: TargetSpec, { process }: Served, signal: CancelSignal): Promise<JobStatus | null> {
    return this.jobs.isTaken(this.handle(spec, process).externalId) ? this.status(spec, process, signal) : null;
  }

  logFile(spec: TargetSpec, process: string): string {
    return join(servedFolder(spec), process, RUNNER_FILES.log);
  }

  /** Starts a server beside whatever is served, which ends by itself after a while, should nobody end it. @returns its process. */
  try(
    spec: TargetSpec,
    deploymentId: string,
    argv: readonly string[],
    secrets: Readonly<Record<string, string>>,
    signal: CancelSignal,
  ): Promise<string> {
    return this.alone(spec, signal, async () => {
      const process = await this.freshName(spec, `${deploymentId}.try`);
      await this.spawn(spec, process, argv, spec.timeoutMs + SPARE_MS, secrets, signal);
      return process;
    });
  }

  /**
   * Makes this the one process that serves: ends all others of the target, then starts it. What serves the same already stays. The wish is written down
   * before the start, so that whoever looks after a crash finds the process.
   * @param isFree throws where somebody else holds the address.
   */
  become(
    spec: TargetSpec,
    wish: ServeWish,
    isFree: () => Promise<void>,
    secrets: Readonly<Record<string, string>>,
    signal: CancelSignal,
    more: { readonly anew?: boolean } = {},
  ): Promise<{ readonly served: Served; readonly isNew: boolean }> {
    return this.alone(spec, signal, async () => {
      const before = await this.current(spec);
      const kept = before !== null && more.anew !== true && isSame(before, wish) && (await this.isAlive(spec, before.process, signal));
      await this.endAll(spec, kept ? before.process : null, signal);
      if (kept) {
        return { served: before, isNew: false };
      }
      await isFree();
      const process = await this.freshName(spec, wish.deploymentId);
      const served: Served = { schema: 1, process, ...wish };
      await replaceFile(join(servedFolder(spec), CURRENT), `${JSON.stringify(served, undefined, 1)}\n`);
      await this.spawn(spec, process, wish.argv, null, secrets, signal);
      await this.prune(spec, process);
      return { served, isNew: true };
    });
  }

  /** Ends all processes of a target, but one that serves what is wanted. @returns whether that one stays. */
  endOthers(spec: TargetSpec, wish: What | null, signal: CancelSignal): Promise<boolean> {
    return this.alone(spec, signal, async () => {
      const current = await this.current(spec);
      const kept = wish !== null && current !== null && isSame(current, wish) && (await this.isAlive(spec, current.process, signal));
      await this.endAll(spec, kept ? current.process : null, signal);
      return kept;
    });
  }

  /** Whether any process of a target lives, also one that a damaged note does not name. */
  async hasLiving(spec: TargetSpec, signal: CancelSignal): Promise<boolean> {
    for (const process of await this.processes(spec)) {
      if (await this.isAlive(spec, process, signal)) {
        return true;
      }
    }
    return false;
  }

  /** Notes that a process has answered once, so that its silence later is no loading. */
  async markReady(spec: TargetSpec, process: string): Promise<void> {
    await createFile(join(servedFolder(spec), process, READY), "");
  }

  wasReady(spec: TargetSpec, process: string): boolean {
    return existsSync(join(servedFolder(spec), process, READY));
  }

  /** Asks a process and all that it started to end, and waits until it has. */
  async end(spec: TargetSpec, process: string, signal: CancelSignal): Promise<void> {
    const handle = this.handle(spec, process);
    if (!this.jobs.isTaken(handle.externalId)) {
      return;
    }
    await this.jobs.cancel(handle, signal);
    const begin = performance.now();
    while (!isOver((await this.jobs.status(handle, signal)).state)) {
      if (performance.now() - begin > 2 * GRACE_MS) {
        throw new AppError("store/timeout", "The server of the model was asked to end, and has not ended.", {
          remedy: "End its process by hand, then try again.",
        });
      }
      await pause(LOOK_MS, signal);
    }
  }

  private async alone<T>(spec: TargetSpec, signal: CancelSignal, work: () => Promise<T>): Promise<T> {
    signal.throwIfAborted();
    const folder = servedFolder(spec);
    await makeFolder(folder);
    // What runs here is no part of the product's history.
    await createFile(join(deploymentsFolder(spec), ".gitignore"), "*\n");
    return withFileLock(join(folder, "lock"), signal, work);
  }

  private async spawn(
    spec: TargetSpec,
    process: string,
    argv: readonly string[],
    timeoutMs: number | null,
    secrets: Readonly<Record<string, string>>,
    signal: CancelSignal,
  ): Promise<void> {
    const pathFirst = spec.python === null ? null : environmentBin(spec.python);
    const command = { argv, shell: false, cwd: spec.folder, env: serveEnv(spec), pathFirst, timeoutMs, graceMs: GRACE_MS };
    await this.jobs.start(this.handle(spec, process).externalId, command, secrets, signal);
  }

  private async endAll(spec: TargetSpec, but: string | null, signal: CancelSignal): Promise<void> {
    for (const process of await this.processes(spec)) {
      if (process !== but && (await this.isAlive(spec, process, signal))) {
        await this.end(spec, process, signal);
      }
    }
  }

  private async isAlive(spec: TargetSpec, process: string, signal: CancelSignal): Promise<boolean> {
    return this.jobs.isTaken(this.handle(spec, process).externalId) && !isOver((await this.status(spec, process, signal)).state);
  }

  private async freshName(spec: TargetSpec, wanted: string): Promise<string> {
    const taken = new Set(await this.processes(spec));
    for (let count = 1; ; count += 1) {
      const name = count === 1 ? wanted : `${wanted}-${count}`;
      if (!taken.has(name)) {
        return name;
      }
    }
  }

  private async prune(spec: TargetSpec, current: string): Promise<void> {
    const ended: { readonly process: string; readonly at: number }[] = [];
    for (const process of await this.processes(spec)) {
      const status = process === current ? null : await this.statusOrNull(spec, process);
      if (status !== null && isOver(status.state)) {
        ended.push({ process, at: status.endedAt ?? 0 });
      }
    }
    for (const { process } of ended.sort((a, b) => b.at - a.at).slice(KEPT)) {
      await rm(join(servedFolder(spec), process), { recursive: true, force: true }).catch(() => undefined);
    }
  }

  private async statusOrNull(spec: TargetSpec, process: string): Promise<JobStatus | null> {
    const handle = this.handle(spec, process);
    return this.jobs.isTaken(handle.externalId) ? this.jobs.status(handle, NEVER_CANCELLED) : null;
  }

  private async processes(spec: TargetSpec): Promise<readonly string[]> {
    const entries = await readdir(servedFolder(spec), { withFileTypes: true }).catch(() => []);
    return entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
  }

  private handle(spec: TargetSpec, process: string): JobHandle {
    return { engine: "local", jobId: process, externalId: join(servedFolder(spec), process), place: null, webUrl: null };
  }
}

type What = Pick<Served, "argv" | "env">;

/** The same model, version, registry, address and Python. */
function isSame(served: What, wish: What): boolean {
  return JSON.stringify([served.argv, served.env]) === JSON.stringify([wish.argv, wish.env]);
}
