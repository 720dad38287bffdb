import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";

import { AppError } from "../../../core/base/appError";
import type { CancelSignal } from "../../../core/base/cancel";
import { oneLine } from "../../../core/base/oneLine";
import type { JobHandle, JobStatus, LogChunk } from "../../../core/training/trainingEngine";
import { createFile, makeFolder } from "../atomicFile";
import { readLogPart, readLogTail } from "./jobLog";
import { logProgress } from "./logProgress";
import { endGroup, isGroupRunning, type Liveness, livenessOf, type ProcessMark } from "./processIdentity";
import { readRunnerFile, RUNNER_FILES, type RunnerCommand, type RunnerExit, type RunnerProcess } from "./runnerFiles";

/** A new process of Node takes a tenth of a second, on a busy machine some seconds. */
const START_MS = 20_000;
const GRACE_MS = 10_000;
/** Ten beats of the supervisor. */
const SILENT_MS = 20_000;
const TAIL_BYTES = 4096;

export interface OwnJobsOptions {
  /** Absolute path of `jobRunner.cjs`. */
  readonly runner: string;
  /** The program that runs it: Node, or the editor's own with `ELECTRON_RUN_AS_NODE`. */
  readonly execPath: string;
  /** Of this process, for what is started. */
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** Trainings on this machine: each has a folder and a supervisor that outlives this process. */
export class OwnJobs {
  private readonly beats = new Map<string, { readonly text: string; readonly since: number }>();

  /** @param what is started, as messages call it. */
  constructor(
    private readonly options: OwnJobsOptions,
    private readonly what = "training",
  ) {}

  /** Starts what was not started yet, and comes back once a supervisor has taken it. @param secrets for its environment and nothing else. */
  async start(folder: string, command: RunnerCommand, secrets: Readonly<Record<string, string>>, signal: CancelSignal): Promise<void> {
    signal.throwIfAborted();
    await makeFolder(folder);
    await createFile(join(folder, RUNNER_FILES.command), `${JSON.stringify(command, undefined, 1)}\n`);
    if (this.isTaken(folder)) {
      return;
    }
    const { runner, execPath, env } = this.options;
    const child = spawn(execPath, [runner, folder], {
      cwd: folder,
      env: { ...env, ...secrets, ELECTRON_RUN_AS_NODE: "1" },
      detached: true,
      stdio: "ignore",
      windowsHide: true,
    });
    const failed: { problem: string | null } = { problem: null };
    child.once("error", (error) => (failed.problem = error.message));
    child.once("exit", (code) => (failed.problem ??= this.isTaken(folder) ? null : `it ended with ${String(code)}`));
    child.unref();
    const begin = performance.now();
    while (!this.isTaken(folder)) {
      if (failed.problem !== null) {
        throw new AppError(
          "file/unwritable",
          `The ${this.what} was not started: its supervisor could not run (${oneLine(failed.problem, 200)}).`,
          {
            remedy: "See whether the disk is full, then make the plan again.",
          },
        );
      }
      if (performance.now() - begin > START_MS) {
        throw new AppError("store/timeout", `The supervisor of the ${this.what} has not answered yet.`);
      }
      await pause(10);
    }
  }

  /** Whether a supervisor has, or had, this job. */
  isTaken(folder: string): boolean {
    return existsSync(join(folder, RUNNER_FILES.lock));
  }

  async status({ externalId: folder, jobId }: JobHandle, signal: CancelSignal): Promise<JobStatus> {
    signal.throwIfAborted();
    const exit = this.exitOf(folder);
    if (exit !== null) {
      return endStatus(exit);
    }
    if (!this.isTaken(folder)) {
      throw new AppError("usage", `There is no ${this.what} ${oneLine(jobId, 120)} on this machine, or its folder was removed.`);
    }
    const process = readRunnerFile<RunnerProcess>(join(folder, RUNNER_FILES.process));
    const supervisor = process?.supervisor ?? readRunnerFile<ProcessMark>(join(folder, RUNNER_FILES.lock));
    const isSupervised = supervisor !== null && this.isAlive(folder, await livenessOf(supervisor));
    if (process === null) {
      return isSupervised
        ? statusOf("queued", null)
        : this.unlessEnded(folder, "Its supervisor was stopped before it told of a start.", null);
    }
    const child = await livenessOf(process.child);
    if (isSupervised || child === "here") {
      const progress = logProgress(await readLogTail(join(folder, RUNNER_FILES.log), TAIL_BYTES));
      const message = isSupervised
        ? null
        : "It runs on, but nobody watches over it: its supervisor was stopped, so that its time limit does not hold.";
      return { ...statusOf("running", message), startedAt: process.startedAt, progress };
    }
    return this.unlessEnded(
      folder,
      "It ended without telling its exit code: its supervisor was stopped, or the machine.",
      process.startedAt,
    );
  }

  async log({ externalId: folder, jobId }: JobHandle, cursor: string | null, signal: CancelSignal): Promise<LogChunk> {
    signal.throwIfAborted();
    if (!existsSync(join(folder, RUNNER_FILES.command))) {
      throw new AppError("usage", `There is no ${this.what} ${oneLine(jobId, 120)} on this machine, or its folder was removed.`);
    }
    const from = cursor === null ? 0 : Number(cursor);
    if (!Number.isSafeInteger(from) || from < 0) {
      throw new AppError("usage", `This is no place in the log of a ${this.what}.`);
    }
    // Asked first: what is written until then is in the file when it is read.
    const isEnded = await this.isEnded(folder);
    const { text, next, isAtEnd } = await readLogPart(join(folder, RUNNER_FILES.log), from, isEnded);
    return { text, cursor: String(next), isComplete: isEnded && isAtEnd };
  }

  /** Leaves word for the supervisor; without one, ends the group from here. */
  async cancel(handle: JobHandle, signal: CancelSignal): Promise<void> {
    const { state } = await this.status(handle, signal);
    const folder = handle.externalId;
    if (state !== "queued" && state !== "running") {
      return;
    }
    await createFile(join(folder, RUNNER_FILES.cancel), "");
    const process = readRunnerFile<RunnerProcess>(join(folder, RUNNER_FILES.process));
    if (process !== null && (await livenessOf(process.supervisor)) === "gone" && (await livenessOf(process.child)) === "here") {
      await this.endAlone(folder, process);
    }
  }

  private async endAlone(folder: string, { child, startedAt }: RunnerProcess): Promise<void> {
    const begin = performance.now();
    endGroup(child.pid, false);
    while (isGroupRunning(child.pid)) {
      if ((await livenessOf(child)) === "gone" && performance.now() - begin > GRACE_MS / 2) {
        break;
      }
      if (performance.now() - begin > GRACE_MS) {
        endGroup(child.pid, true);
        break;
      }
      await pause(50);
    }
    const exit: RunnerExit = { reason: "cancelled", exitCode: null, signal: "SIGTERM", problem: null, startedAt, endedAt: Date.now() };
    await createFile(join(folder, RUNNER_FILES.exit), JSON.stringify(exit));
  }

  private exitOf(folder: string): RunnerExit | null {
    return readRunnerFile<RunnerExit>(join(folder, RUNNER_FILES.exit));
  }

  private async isEnded(folder: string): Promise<boolean> {
    if (this.exitOf(folder) !== null) {
      return true;
    }
    const process = readRunnerFile<RunnerProcess>(join(folder, RUNNER_FILES.process));
    const marks = process === null ? [readRunnerFile<ProcessMark>(join(folder, RUNNER_FILES.lock))] : [process.supervisor, process.child];
    for (const mark of marks) {
      if (mark === null || this.isAlive(folder, await livenessOf(mark))) {
        return false;
      }
    }
    return true;
  }

  /** The end may have been written between two looks. */
  private unlessEnded(folder: string, message: string, startedAt: number | null): JobStatus {
    const exit = this.exitOf(folder);
    return exit === null ? { ...statusOf("failed", message), startedAt } : endStatus(exit);
  }

  /** Of another machine or container that shares the folder, only its counter tells: it moves, or it has not moved for long. */
  private isAlive(folder: string, liveness: Liveness): boolean {
    if (liveness !== "elsewhere") {
      return liveness === "here";
    }
    const text = String(readRunnerFile<number>(join(folder, RUNNER_FILES.beat)));
    const known = this.beats.get(folder);
    if (known?.text !== text) {
      this.beats.set(folder, { text, since: performance.now() });
      return true;
    }
    return performance.now() - known.since < SILENT_MS;
  }
}

function statusOf(state: JobStatus["state"], message: string | null): JobStatus {
  return { state, message, startedAt: null, endedAt: null, exitCode: null, progress: null, tasks: [] };
}

function endStatus({ reason, exitCode, signal, problem, startedAt, endedAt }: RunnerExit): JobStatus {
  const isDone = reason === "exited" && exitCode === 0;
  const state = isDone ? "succeeded" : reason === "cancelled" ? "cancelled" : "failed";
  const messages: Readonly<Record<RunnerExit["reason"], string | null>> = {
    exited: isDone ? null : signal === null ? `It ended with exit code ${String(exitCode)}.` : `It was ended by ${signal}.`,
    cancelled: "It was cancelled.",
    timeout: "It was ended because its time limit had passed.",
    stopped: "It was ended because the machine or the session was shut down.",
    not_started: `It was not started. ${problem ?? ""}`.trim(),
  };
  return { ...statusOf(state, messages[reason]), startedAt, endedAt, exitCode, progress: isDone ? 1 : null };
}
