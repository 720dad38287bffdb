import { readFileSync } from "node:fs";

import type { ProcessMark } from "./processIdentity";

/** Files of a job's folder through which an engine and a supervisor speak. */
export const RUNNER_FILES = {
  command: "command.json",
  lock: "supervisor.lock",
  process: "process.json",
  beat: "beat",
  cancel: "cancel",
  exit: "exit.json",
  log: "log.txt",
} as const;

/** What a supervisor starts. Without secrets: those are in its environment only. */
export interface RunnerCommand {
  readonly argv: readonly string[];
  readonly shell: boolean;
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  /** Goes before everything else on PATH; null where nothing does. */
  readonly pathFirst: string | null;
  readonly timeoutMs: number | null;
  /** Between asking a process to end and ending it. */
  readonly graceMs: number;
}

export interface RunnerProcess {
  readonly child: ProcessMark;
  readonly supervisor: ProcessMark;
  readonly startedAt: number;
}

export interface RunnerExit {
  readonly reason: "exited" | "cancelled" | "timeout" | "stopped" | "not_started";
  readonly exitCode: number | null;
  readonly signal: string | null;
  /** Why it was not started; null otherwise. */
  readonly problem: string | null;
  readonly startedAt: number | null;
  readonly endedAt: number;
}

/** @returns null for a file that is not there or not whole. */
export function readRunnerFile<T>(path: string): T | null {
  try {
    return JSON.parse(readFileSync(path, "utf8")) as T | null;
  } catch {
    return null;
  }
}
