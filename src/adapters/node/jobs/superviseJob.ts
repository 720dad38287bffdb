import { closeSync, existsSync, fsyncSync, linkSync, openSync, renameSync, rmSync, writeFileSync, writeSync } from "node:fs";
import { delimiter, join } from "node:path";

import { errnoOf } from "../errnoOf";
import { type GatedCommand, spawnGated, startProblem } from "./gatedCommand";
import { endGroup, isGroupRunning, markOf } from "./processIdentity";
import { readRunnerFile, RUNNER_FILES, type RunnerCommand, type RunnerExit, type RunnerProcess } from "./runnerFiles";

const LOOK_MS = 200;
const BEAT_MS = 2000;
/** Room that is taken on the disk at the start, so that the end can be told on a full disk too. */
const EXIT_BYTES = 2048;
const TRY_AGAIN_MS = 1000;

/** What has ended the command before its own end. */
type Ended = "cancelled" | "timeout" | "stopped";

/**
 * Starts the command of a job's folder and stays until it has ended. For a process of its own that outlives whoever asked for it. A second one for
 * the same folder does nothing.
 */
export async function superviseJob(folder: string): Promise<void> {
  const own = await markOf(process.pid);
  if (!takeLock(folder, JSON.stringify(own))) {
    return;
  }
  const command = readRunnerFile<RunnerCommand>(join(folder, RUNNER_FILES.command));
  const job = readRunnerFile<{ readonly phase?: unknown }>(join(folder, "job.json"));
  const refusal = command === null ? "Its command cannot be read." : job?.phase === "refused" ? "It was given up before it began." : null;
  reserveExit(folder);
  if (command === null || refusal !== null) {
    await writeExit(folder, { ...notStarted(refusal ?? ""), reason: "not_started" });
  } else if (existsSync(join(folder, RUNNER_FILES.cancel))) {
    await writeExit(folder, { ...notStarted(null), reason: "cancelled" });
  } else {
    await new Supervisor(folder, command).run(own);
  }
}

class Supervisor {
  private readonly startedAt = Date.now();
  private readonly begin = performance.now();
  private ended: Ended | null = null;
  private askedAt = 0;
  private isForced = false;
  private beats = 0;

  constructor(
    private readonly folder: string,
    private readonly command: RunnerCommand,
  ) {}

  async run(own: RunnerProcess["supervisor"]): Promise<void> {
    const command = await this.start();
    if (typeof command === "string") {
      await writeExit(this.folder, { ...notStarted(command), reason: "not_started" });
      return;
    }
    const { child } = command;
    const pid = child.pid ?? 0;
    const exit = new Promise<readonly [number | null, NodeJS.Signals | null]>((resolve) => {
      child.once("exit", (code, signal) => resolve([code, signal]));
    });
    const record: RunnerProcess = { child: await markOf(pid), supervisor: own, startedAt: this.startedAt };
    if (!this.write(RUNNER_FILES.process, JSON.stringify(record)) && process.platform !== "win32") {
      // Without its number nobody could end it, should this process be killed.
      command.drop();
      await exit;
      await writeExit(this.folder, { ...notStarted("Its process cannot be written down; the disk may be full."), reason: "not_started" });
      return;
    }
    command.open();
    this.listen();
    const timer = setInterval(() => this.look(pid), LOOK_MS);
    const [exitCode, signal] = await exit;
    await this.endRest(pid);
    clearInterval(timer);
    await writeExit(this.folder, {
      reason: this.ended ?? "exited",
      exitCode,
      signal,
      problem: null,
      startedAt: this.startedAt,
      endedAt: Date.now(),
    });
  }

  /** @returns why it cannot be started. */
  private async start(): Promise<GatedCommand | string> {
    const { argv, shell, cwd, pathFirst } = this.command;
    const env = environment(this.command.env, pathFirst);
    const problem = startProblem({ argv, shell, cwd, env });
    if (problem !== null) {
      return problem;
    }
    let log: number;
    try {
      log = openSync(join(this.folder, RUNNER_FILES.log), "a");
    } catch (error) {
      return `Its log cannot be written: the system answers ${errnoOf(error)}.`;
    }
    try {
      const command = spawnGated({ argv, shell, cwd, env, log });
      return await new Promise<GatedCommand | string>((resolve) => {
        command.child.once("spawn", () => resolve(command));
        command.child.once("error", (error) => resolve(failedStart(argv[0] ?? "", error)));
      });
    } catch (error) {
      return failedStart(argv[0] ?? "", error);
    } finally {
      closeSync(log);
    }
  }

  /** The machine shuts down, or somebody ends the supervisor kindly: the training is told as well. */
  private listen(): void {
    process.on("SIGTERM", () => {
      this.ended ??= "stopped";
    });
    for (const signal of ["SIGHUP", "SIGINT"] as const) {
      process.on(signal, () => undefined);
    }
  }

  private look(pid: number): void {
    const now = performance.now();
    if (this.beats * BEAT_MS <= now - this.begin) {
      this.beats += 1;
      this.write(RUNNER_FILES.beat, String(this.beats));
    }
    const { timeoutMs, graceMs } = this.command;
    if (this.ended === null && existsSync(join(this.folder, RUNNER_FILES.cancel))) {
      this.ended = "cancelled";
    } else if (this.ended === null && timeoutMs !== null && now - this.begin >= timeoutMs) {
      this.ended = "timeout";
    }
    if (this.ended !== null && this.askedAt === 0) {
      this.askedAt = now;
      endGroup(pid, false);
    } else if (this.ended !== null && !this.isForced && now - this.askedAt >= graceMs) {
      this.isForced = true;
      endGroup(pid, true);
    }
  }

  /** What an ended command had started ends too; what a command leaves behind at its own end stays. */
  private async endRest(pid: number): Promise<void> {
    while (this.ended !== null && process.platform !== "win32" && isGroupRunning(pid)) {
      if (this.isForced) {
        endGroup(pid, true);
        return;
      }
      await pause(LOOK_MS / 4);
    }
  }

  /** What only informs is not worth an end where the disk is full. @returns whether it was written. */
  private write(name: string, text: string): boolean {
    const path = join(this.folder, name);
    try {
      writeFileSync(`${path}.tmp`, text);
      renameSync(`${path}.tmp`, path);
      return true;
    } catch {
      try {
        rmSync(`${path}.tmp`, { force: true });
      } catch {
        // It stays as it is.
      }
      return false;
    }
  }
}

/** The whole text is there from the first moment on. */
function takeLock(folder: string, text: string): boolean {
  const lock = join(folder, RUNNER_FILES.lock);
  const temporary = `${lock}.${process.pid}.tmp`;
  try {
    writeFileSync(temporary, text);
    try {
      linkSync(temporary, lock);
    } catch (error) {
      if (errnoOf(error) === "EEXIST") {
        return false;
      }
      writeFileSync(lock, text, { flag: "wx" });
    }
    return true;
  } catch {
    return false;
  } finally {
    rmSync(temporary, { force: true });
  }
}

function reserveExit(folder: string): void {
  try {
    writeFileSync(join(folder, `${RUNNER_FILES.exit}.tmp`), " ".repeat(EXIT_BYTES));
  } catch {
    // Then it is tried at the end.
  }
}

/** Written over the room that was taken at the start; where that fails, until somebody makes room. */
async function writeExit(folder: string, exit: RunnerExit): Promise<void> {
  const path = join(folder, RUNNER_FILES.exit);
  const text = JSON.stringify(exit).padEnd(EXIT_BYTES);
  for (;;) {
    try {
      const file = openSync(`${path}.tmp`, existsSync(`${path}.tmp`) ? "r+" : "w");
      try {
        writeSync(file, text, 0);
        fsyncSync(file);
      } finally {
        closeSync(file);
      }
      renameSync(`${path}.tmp`, path);
      return;
    } catch {
      if (!existsSync(folder)) {
        return;
      }
      await pause(TRY_AGAIN_MS);
    }
  }
}

function environment(added: Readonly<Record<string, string>>, pathFirst: string | null): NodeJS.ProcessEnv {
  const env: NodeJS.ProcessEnv = { ...process.env, ...added };
  delete env["ELECTRON_RUN_AS_NODE"];
  if (pathFirst !== null) {
    // Windows calls it Path, and takes any case.
    const name = Object.keys(env).find((key) => key.toUpperCase() === "PATH") ?? "PATH";
    env[name] = env[name] === undefined ? pathFirst : `${pathFirst}${delimiter}${env[name]}`;
  }
  return env;
}

function failedStart(program: string, error: unknown): string {
  const code = errnoOf(error);
  return code === "ENOENT"
    ? `There is no program "${program}".`
    : code === "EACCES"
      ? `"${program}" may not be run.`
      : `"${program}" cannot be run: the system answers ${code}.`;
}

function notStarted(problem: string | null): Omit<RunnerExit, "reason"> {
  return { exitCode: null, signal: null, problem, startedAt: null, endedAt: Date.now() };
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms);
  });
}
