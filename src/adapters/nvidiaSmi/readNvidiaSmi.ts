import { execFile } from "node:child_process";
import { hostname } from "node:os";

import { AppError } from "../../core/base/appError";
import type { CancelSignal } from "../../core/base/cancel";
import { oneLine } from "../../core/base/oneLine";
import type { ProcessorSample } from "../../core/compute/processor";
import { errnoOf } from "../node/errnoOf";
import { parseSmiCsv, SMI_COLUMNS } from "./parseSmiCsv";

const TIMEOUT_MS = 10_000;
/** More is no list of processors. */
const MOST_BYTES = 1_000_000;

/**
 * The NVIDIA processors of this machine, from the driver's own program; it is started with a list of arguments, without a shell.
 * @returns null where the program is not installed, which says nothing of other processors.
 * @throws AppError `usage` where it fails, with its own words.
 */
export function readNvidiaSmi(signal: CancelSignal, program = "nvidia-smi"): Promise<readonly ProcessorSample[] | null> {
  const args = [`--query-gpu=${SMI_COLUMNS.join(",")}`, "--format=csv,noheader,nounits"];
  return new Promise((resolve, reject) => {
    signal.throwIfAborted();
    const controller = new AbortController();
    const onAbort = (): void => controller.abort();
    signal.addEventListener("abort", onAbort, { once: true });
    const options = { timeout: TIMEOUT_MS, maxBuffer: MOST_BYTES, windowsHide: true, signal: controller.signal };
    execFile(program, args, options, (error, stdout) => {
      signal.removeEventListener("abort", onAbort);
      if (error === null) {
        resolve(parseSmiCsv(stdout, hostname()));
      } else if (errnoOf(error) === "ENOENT") {
        resolve(null);
      } else {
        reject(signal.aborted ? new DOMException("Cancelled", "AbortError") : failure(stdout, error.killed === true));
      }
    });
  });
}

/** The driver writes what is wrong to its standard output. */
function failure(stdout: string, wasSlow: boolean): AppError {
  const said = oneLine(stdout, 200);
  return new AppError(
    "usage",
    `nvidia-smi ${wasSlow ? "gave no answer within 10 seconds" : "failed"}.${said === "" ? "" : ` It says: ${said}`}`,
    {
      remedy: "Run nvidia-smi in a terminal; where it fails there too, the driver has to be mended.",
    },
  );
}
