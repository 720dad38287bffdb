import { existsSync } from "node:fs";

import { simpleGit, type SimpleGit } from "simple-git";

import { AppError } from "../../core/base/appError";
import { isCancelled, type CancelSignal } from "../../core/base/cancel";

/** Git's own exit code and words, for callers that expect a failure and know what it means. */
export class GitFailure extends Error {
  override readonly name = "GitFailure";
}

/** A quiet git may work this long without a word, in milliseconds. */
export const SILENCE_LIMIT = 60_000;

/**
 * What git needs from the environment. Not passed on: GIT_DIR and the like, which would move git to another repository, and
 * editors, pagers and askpass programs, which git would start.
 */
const KEPT_VARIABLES = [
  "PATH",
  "Path",
  "HOME",
  "USERPROFILE",
  "SystemRoot",
  "APPDATA",
  "LOCALAPPDATA",
  "ProgramData",
  "XDG_CONFIG_HOME",
  "TMPDIR",
  "TEMP",
  "TMP",
];

const READ_ONLY: Readonly<Record<string, string>> = {
  // Never takes index.lock, so that a commit made at the same time cannot fail because of us.
  GIT_OPTIONAL_LOCKS: "0",
  // A partial clone would otherwise download what is missing.
  GIT_NO_LAZY_FETCH: "1",
  GIT_TERMINAL_PROMPT: "0",
  LC_ALL: "C",
};

/** Settings that win over those of a repository: `core.fsmonitor` may name a program, and a module within it brings settings of its own. */
export const GIT_CONFIG: readonly string[] = ["core.fsmonitor=false", "core.quotePath=false", "diff.ignoreSubmodules=dirty"];
/** Asks which programs the settings name that change files before they are compared. Whoever answers: `scope`, then the key, each ended by NUL. */
const ASK_FILTERS = [
  "config",
  "--includes",
  "--show-scope",
  "--null",
  "--name-only",
  "--get-regexp",
  "^filter\\..*\\.(clean|smudge|process|required)$",
];

/**
 * Runs one git command in a folder, without a shell.
 * @throws GitFailure with git's words when git answers with a failure, `git/unavailable` when it cannot run at all.
 */
export function runGit(folder: string, args: readonly string[], signal: CancelSignal): Promise<string> {
  return withGit(folder, signal, (git) => git.raw([...args]));
}

/**
 * Like `runGit`, for a command that compares files with what git holds. Programs that the repository itself names as filters are not started; those of the
 * person's own settings, such as Git LFS, are.
 */
export async function runGitOnFiles(folder: string, args: readonly string[], signal: CancelSignal): Promise<string> {
  const told = await runGit(folder, ASK_FILTERS, signal).catch((error: unknown) => {
    if (error instanceof GitFailure) {
      return ""; // Git fails where there is none.
    }
    throw error;
  });
  const fields = told.split("\0");
  const own = fields.filter((_, index) => index % 2 === 1 && /^(?:local|worktree)$/.test(fields[index - 1] ?? ""));
  const off = own.map((key) => `${key}=${key.endsWith(".required") ? "false" : ""}`);
  return withGit(folder, signal, (git) => git.raw([...args]), off);
}

/** Like `runGit`, for the bytes of one object, e.g. `<commit>:<path>`. Whoever reads many asks `GitObjects`. */
export function readGitObject(folder: string, object: string, signal: CancelSignal): Promise<Uint8Array> {
  return withGit(folder, signal, (git) => git.binaryCatFile(["blob", object]) as Promise<Uint8Array>);
}

async function withGit<T>(
  folder: string,
  signal: CancelSignal,
  work: (git: SimpleGit) => Promise<T>,
  more: readonly string[] = [],
): Promise<T> {
  signal.throwIfAborted();
  if (!existsSync(folder)) {
    throw new AppError("git/unavailable", `The folder ${folder} does not exist any more.`);
  }
  const controller = new AbortController();
  const onAbort = (): void => controller.abort();
  signal.addEventListener("abort", onAbort, { once: true });
  try {
    const git = simpleGit({
      baseDir: folder,
      abort: controller.signal,
      timeout: { block: SILENCE_LIMIT },
      // `core.fsmonitor` is set to off, which the library counts among the settings to be allowed.
      config: [...GIT_CONFIG, ...more],
      unsafe: { allowUnsafeFsMonitor: true },
      allowEnvironment: Object.keys(READ_ONLY),
    });
    return await work(git.env(gitEnvironment()));
  } catch (error) {
    signal.throwIfAborted();
    throw isCancelled(error) ? error : toGitFailure(error, folder);
  } finally {
    signal.removeEventListener("abort", onAbort);
  }
}

/** The environment that git is started with, by whoever starts it. */
export function gitEnvironment(): Record<string, string> {
  const kept = KEPT_VARIABLES.flatMap((name) => {
    const value = process.env[name];
    return value === undefined ? [] : [[name, value] as const];
  });
  return { ...Object.fromEntries(kept), ...READ_ONLY };
}

/** What a git that failed means. */
export function toGitFailure(error: unknown, folder: string): Error {
  const text = error instanceof Error ? error.message : String(error);
  if (/spawn git\S* ENOENT/.test(text)) {
    return new AppError("git/unavailable", "The program git was not found.", {
      remedy: "Install git and make sure that it is on the PATH.",
      cause: error,
    });
  }
  if (text.includes("safe.directory")) {
    return new AppError("git/unavailable", `Git refuses to read ${folder}, because the folder belongs to another user.`, {
      remedy: `If you trust it, run: git config --global --add safe.directory "${folder}"`,
      cause: error,
    });
  }
  return new GitFailure(text, { cause: error });
}
