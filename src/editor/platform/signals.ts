import type * as vscode from "vscode";

/** A signal that is never aborted, for work that VS Code cannot cancel. */
export function neverCancelled(): AbortSignal {
  return new AbortController().signal;
}

export function signalOf(token: vscode.CancellationToken): AbortSignal {
  const controller = new AbortController();
  if (token.isCancellationRequested) {
    controller.abort();
  } else {
    token.onCancellationRequested(() => controller.abort());
  }
  return controller.signal;
}
