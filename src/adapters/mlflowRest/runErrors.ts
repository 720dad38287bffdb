import { AppError } from "../../core/base/appError";
import { quote, type ServerRefusal } from "./serverRefusal";

/** What MLflow takes for a run id. Another text is asked for in vain, and some of its stores refuse it in other words. */
export function isRunId(text: string): boolean {
  return /^[a-zA-Z0-9][\w-]{0,255}$/.test(text);
}

/** @throws AppError `run/not-found` for a text that no run can have as its id. */
export function assertRunId(text: string): void {
  if (!isRunId(text)) {
    throw runNotFound(text);
  }
}

/** `run/not-found` for a refusal that means so, for all calls that name one run. */
export function toRunError(refusal: ServerRefusal, runId: string): AppError | undefined {
  if (refusal.status !== 404 || refusal.isWebPage) {
    return undefined;
  }
  return runNotFound(runId);
}

function runNotFound(runId: string): AppError {
  return new AppError("run/not-found", `There is no run "${quote(runId, [])}" on this server, or your login may not see it.`, {
    remedy: "Refresh the list; the run may have been removed.",
  });
}
