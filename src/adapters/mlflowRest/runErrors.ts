import { AppError } from "../../core/base/appError";
import { quote, type ServerRefusal } from "./serverRefusal";

/** `run/not-found` for a refusal that means so, for all calls that name one run. */
export function toRunError(refusal: ServerRefusal, runId: string): AppError | undefined {
  if (refusal.status !== 404 || refusal.isWebPage) {
    return undefined;
  }
  return new AppError("run/not-found", `There is no run "${quote(runId, [])}" on this server, or your login may not see it.`, {
    remedy: "Refresh the list; the run may have been removed.",
  });
}
