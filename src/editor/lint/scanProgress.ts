import * as vscode from "vscode";

import type { Disposable } from "../../core/base/disposable";
import type { QueueProgress } from "./slicedQueue";

/** Work that is done sooner, in milliseconds, is not worth a word. */
const SHORT = 1000;

/** Says in the status bar how far a longer check of many files has come. */
export class ScanProgress implements Disposable {
  private timer: NodeJS.Timeout | undefined;
  private end: (() => void) | undefined;
  private message = "";
  private report: ((message: string) => void) | undefined;

  /** Null when the work is done. */
  update(progress: QueueProgress | null): void {
    if (progress === null) {
      this.dispose();
      return;
    }
    this.message = vscode.l10n.t("Checking MLOps files: {0} of {1}", progress.done + 1, progress.total);
    this.report?.(this.message);
    this.timer ??= setTimeout(() => this.show(), SHORT);
  }

  dispose(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    this.report = undefined;
    this.end?.();
    this.end = undefined;
  }

  private show(): void {
    void vscode.window.withProgress({ location: vscode.ProgressLocation.Window }, (progress) => {
      this.report = (message) => progress.report({ message });
      this.report(this.message);
      return new Promise<void>((resolve) => {
        this.end = resolve;
      });
    });
  }
}
