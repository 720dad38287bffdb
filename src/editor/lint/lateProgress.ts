import { setTimeout as sleep } from "node:timers/promises";

import * as vscode from "vscode";

/** Work that is done sooner, in milliseconds, is not worth a word. */
const SHORT = 1000;

/** VS Code shows a notification for 0.8 seconds at least; a question that follows must not stand beside it. */
const SHOWN = 1000;

/** Runs work that tells how far it is, with a notification that can cancel it once it takes long. The notification is gone at the end. */
export async function withLateProgress<T>(
  title: string,
  work: (tell: (message: string) => void, signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const controller = new AbortController();
  let tell: (message: string) => void = () => undefined;
  const working = work((message) => tell(message), controller.signal);
  if (await Promise.race([working.then(() => false), sleep(SHORT, true)])) {
    await vscode.window.withProgress(
      { location: vscode.ProgressLocation.Notification, title, cancellable: true },
      async (progress, token) => {
        token.onCancellationRequested(() => controller.abort());
        tell = (message) => progress.report({ message });
        await Promise.all([working, sleep(SHOWN)]);
      },
    );
  }
  return working;
}
