import * as vscode from "vscode";

import { isAppError, toUserText } from "../../core/base/appError";
import { isCancelled } from "../../core/base/cancel";
import { logError } from "./logger";

/** Runs a command's handler: cancelling is quiet, a failure is told with what to do and the way to the log. */
export async function runCommand(log: vscode.LogOutputChannel, work: () => Promise<void> | void): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (isCancelled(error)) {
      return;
    }
    logError(log, error);
    const showLog = vscode.l10n.t("Show Log");
    const openSettings = vscode.l10n.t("Open Settings");
    const buttons = isAppError(error) && error.code.startsWith("store/") ? [openSettings, showLog] : [showLog];
    const show = isAppError(error, "usage") ? vscode.window.showInformationMessage : vscode.window.showErrorMessage;
    // The message stays until the user answers; the command itself is done.
    void show(toUserText(error), ...buttons).then((button) => {
      if (button === showLog) {
        log.show();
      } else if (button === openSettings) {
        void vscode.commands.executeCommand("workbench.action.openSettings", "mlops.");
      }
    });
  }
}
