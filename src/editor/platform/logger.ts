import type * as vscode from "vscode";

import { isAppError, toUserText } from "../../core/base/appError";

/** Writes an error with its causes to the log. Adapters never put secrets into an error. */
export function logError(log: vscode.LogOutputChannel, error: unknown): void {
  log.error(isAppError(error) ? `[${error.code}] ${toUserText(error)}` : toUserText(error));
  for (let cause: unknown = error, depth = 0; cause instanceof Error && depth < 5; cause = cause.cause, depth++) {
    log.debug(cause.stack ?? cause.message);
  }
}
