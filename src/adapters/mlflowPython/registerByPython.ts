import { spawn } from "node:child_process";

import { AppError } from "../../core/base/appError";
import { isCancelled, type CancelSignal } from "../../core/base/cancel";
import { oneLine } from "../../core/base/oneLine";
import type { RegisterWish } from "../../core/training/outcome/modelRegistrar";
import { storeUri } from "../node/storeUri";
import { REGISTER_SCRIPT } from "./registerScript";

/** MLflow alone takes ten seconds to import on a slow machine; a store that is locked longer than this stays so. */
const LIMIT_MS = 180_000;
const MOST_WORDS = 100_000;
/** Before what the script answers, since libraries print what they like. */
const ANSWER = "mlops-registered:";

/**
 * Registers a run's model in a database or folder with the product's own MLflow, so that the store is written by the tool and the version
 * it belongs to. The words of the model go to Python as one argument, never through a shell.
 * @param env of this process, which may hold logins of a store of artifacts.
 */
export async function registerByPython(
  wish: RegisterWish,
  env: Readonly<Record<string, string | undefined>>,
  signal: CancelSignal,
): Promise<{ readonly version: string }> {
  const { location, runId, model, source, description, tags, plan } = wish;
  const python = plan.facts.python?.path ?? (process.platform === "win32" ? "python" : "python3");
  const uri = storeUri(location);
  const modelUri = source.kind === "logged" ? `models:/${source.modelId}` : `runs:/${runId}/${source.path}`;
  const words = JSON.stringify({ uri, runId, model, modelUri, description, tags });
  const output = await run(
    python,
    ["-c", REGISTER_SCRIPT, words],
    plan.spec.folder,
    { ...env, ...QUIET, MLFLOW_TRACKING_URI: uri },
    signal,
  );
  const version = output.split("\n").findLast((line) => line.startsWith(ANSWER));
  if (version === undefined) {
    throw failure(python, "it said nothing of a version.");
  }
  return { version: version.slice(ANSWER.length).trim() };
}

/** MLflow 3 wants to be told that a folder as store is meant. */
const QUIET = { MLFLOW_DISABLE_TELEMETRY: "true", MLFLOW_ALLOW_FILE_STORE: "true", PYTHONIOENCODING: "utf-8" };

function run(
  python: string,
  args: readonly string[],
  cwd: string,
  env: Readonly<Record<string, string | undefined>>,
  signal: CancelSignal,
): Promise<string> {
  return new Promise((resolve, reject) => {
    signal.throwIfAborted();
    const stop = new AbortController();
    const onAbort = (): void => stop.abort();
    signal.addEventListener("abort", onAbort, { once: true });
    const child = spawn(python, args, {
      cwd,
      env,
      stdio: ["ignore", "pipe", "pipe"],
      windowsHide: true,
      timeout: LIMIT_MS,
      signal: stop.signal,
    });
    let output = "";
    let words = "";
    child.stdout.setEncoding("utf8").on("data", (text: string) => (output = (output + text).slice(-MOST_WORDS)));
    child.stderr.setEncoding("utf8").on("data", (text: string) => (words = (words + text).slice(-MOST_WORDS)));
    child.on("error", (error) => {
      signal.removeEventListener("abort", onAbort);
      reject(isCancelled(error) ? error : failure(python, error.message));
    });
    child.on("close", (code) => {
      signal.removeEventListener("abort", onAbort);
      if (code === 0) {
        resolve(output);
      } else {
        const last = words.trim().split("\n").at(-1) ?? "";
        reject(failure(python, last === "" ? "it was ended." : oneLine(last, 300)));
      }
    });
  });
}

function failure(python: string, why: string): AppError {
  return new AppError("store/unsupported", `${oneLine(python)} did not register the model: ${/[.!?]$/.test(why) ? why : `${why}.`}`, {
    remedy: "MLflow must be installed where the training runs.",
  });
}
