import { spawn } from "node:child_process";

import { AppError } from "../../core/base/appError";
import { isCancelled, type CancelSignal } from "../../core/base/cancel";
import { oneLine } from "../../core/base/oneLine";

/** MLflow alone takes ten seconds to import on a slow machine; a store that is locked longer than this stays so. */
const LIMIT_MS = 180_000;
const MOST_WORDS = 100_000;

/** A script for the product's own MLflow. */
export interface PythonWish {
  readonly python: string;
  /** Absolute; it runs there. */
  readonly folder: string;
  /** The store, as MLflow names it. */
  readonly uri: string;
  readonly script: string;
  /** Handed over as one argument, never through a shell. */
  readonly words: string;
  /** Before what the script answers, since libraries print what they like. */
  readonly answer: string;
  /** Of this process, which may hold logins of a store of artifacts. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** What it is to do, as the end of a sentence: "register the model". */
  readonly what: string;
}

/** @returns what the script answered. @throws AppError `store/unsupported` with Python's last words, or the signal's reason. */
export async function runPython(wish: PythonWish, signal: CancelSignal): Promise<string> {
  const output = await run(wish, signal);
  const line = output.split("\n").findLast((one) => one.startsWith(wish.answer));
  if (line === undefined) {
    throw failure(wish, "it gave no answer.");
  }
  return line.slice(wish.answer.length).trim();
}

/** MLflow 3 wants to be told that a folder as store is meant. */
const QUIET = { MLFLOW_DISABLE_TELEMETRY: "true", MLFLOW_ALLOW_FILE_STORE: "true", PYTHONIOENCODING: "utf-8" };

function run(wish: PythonWish, signal: CancelSignal): Promise<string> {
  const { python, script, words, folder, env, uri } = wish;
  return new Promise((resolve, reject) => {
    signal.throwIfAborted();
    const stop = new AbortController();
    const onAbort = (): void => stop.abort();
    signal.addEventListener("abort", onAbort, { once: true });
    const child = spawn(python, ["-c", script, words], {
      cwd: folder,
      env: { ...env, ...QUIET, MLFLOW_TRACKING_URI: uri },
      stdio: ["ignore", "pipe", "pipe"],
      windowsHide: true,
      timeout: LIMIT_MS,
      signal: stop.signal,
    });
    let output = "";
    let said = "";
    child.stdout.setEncoding("utf8").on("data", (text: string) => (output = (output + text).slice(-MOST_WORDS)));
    child.stderr.setEncoding("utf8").on("data", (text: string) => (said = (said + text).slice(-MOST_WORDS)));
    child.on("error", (error) => {
      signal.removeEventListener("abort", onAbort);
      reject(isCancelled(error) ? reasonOf(signal, error) : failure(wish, error.message));
    });
    child.on("close", (code) => {
      signal.removeEventListener("abort", onAbort);
      if (code === 0) {
        resolve(output);
      } else {
        const last = said.trim().split("\n").at(-1) ?? "";
        reject(failure(wish, last === "" ? "it was ended." : oneLine(last, 300)));
      }
    });
  });
}

/** Why the signal ended it: somebody called it off, or time was over. */
function reasonOf(signal: CancelSignal, error: Error): Error {
  try {
    signal.throwIfAborted();
  } catch (reason) {
    return reason instanceof Error ? reason : error;
  }
  return error;
}

function failure({ python, what }: PythonWish, why: string): AppError {
  return new AppError("store/unsupported", `${oneLine(python)} did not ${what}: ${/[.!?]$/.test(why) ? why : `${why}.`}`, {
    remedy: "MLflow must be installed in that Python.",
  });
}
