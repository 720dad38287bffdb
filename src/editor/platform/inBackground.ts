import { isCancelled } from "../../core/base/cancel";

/** Nobody waits for the work, so that what fails is logged. */
export function inBackground(work: Promise<unknown>, logError: (error: unknown) => void): void {
  work.catch((error: unknown) => {
    if (!isCancelled(error)) {
      logError(error);
    }
  });
}
