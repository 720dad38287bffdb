import { execFile } from "node:child_process";

import { promisify } from "node:util";

import type { CancelSignal } from "../../core/base/cancel";
import { choosePython } from "../node/jobs/choosePython";
import { findProgram, isBatchFile } from "../node/jobs/findProgram";

const run = promisify(execFile);

type Env = Readonly<Record<string, string | undefined>>;

export interface FoundDvc {
  /** Absolute. */
  readonly path: string;
  /** Folder of the environment's programs, which go first on PATH; null for a DVC of the system. */
  readonly bin: string | null;
  readonly python: { readonly path: string; readonly version: string | null; readonly from: string } | null;
}

export interface DvcPlace {
  readonly folder: string;
  readonly root: string;
  readonly configuredPython: string | null;
  readonly pythonHint: string | null;
  readonly env: Env;
}

/** The DVC of the Python that trains, or the system's; null where there is none. */
export async function findDvc({ folder, root, configuredPython, pythonHint, env }: DvcPlace): Promise<FoundDvc | null> {
  const python = await choosePython({ folder, root, configured: configuredPython, hint: pythonHint, env });
  const bin = python?.bin ?? null;
  const path = findProgram("dvc", folder, env, bin);
  if (path === null || isBatchFile(path)) {
    return null;
  }
  return { path, bin, python: python === null ? null : { path: python.path, version: python.version, from: python.from } };
}

/** Runs DVC only to read. No telemetry, no colours, no update check. @throws what the system says of a program that fails. */
export async function readDvc(
  dvc: Pick<FoundDvc, "path">,
  args: readonly string[],
  cwd: string,
  env: Env,
  signal: CancelSignal,
): Promise<string> {
  signal.throwIfAborted();
  const controller = new AbortController();
  const onAbort = (): void => controller.abort();
  signal.addEventListener("abort", onAbort, { once: true });
  try {
    const { stdout } = await run(dvc.path, args, {
      cwd,
      env: { ...env, ...DVC_ENV },
      windowsHide: true,
      timeout: 120_000,
      maxBuffer: 16 * 1024 * 1024,
      signal: controller.signal,
    });
    return stdout;
  } catch (error) {
    signal.throwIfAborted();
    throw error;
  } finally {
    signal.removeEventListener("abort", onAbort);
  }
}

/** Nothing is sent to anybody. */
export const DVC_ENV = { DVC_NO_ANALYTICS: "1", DVC_CHECK_UPDATE: "false" } as const;
