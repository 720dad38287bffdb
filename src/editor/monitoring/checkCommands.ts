import * as vscode from "vscode";

import { AppError, toUserText } from "../../core/base/appError";
import { isCancelled } from "../../core/base/cancel";
import { oneLine } from "../../core/base/oneLine";
import type { DriftStatus } from "../../core/drift/driftReport";
import { signalOf } from "../platform/signals";
import type { AlertNotices } from "./alertNotices";
import type { CheckRunner } from "./checkRunner";
import type { MonitoringBoard, Watched } from "./monitoringBoard";
import { configPath, type WatchedProduct } from "./watchedProduct";

export interface CheckCommandParts {
  readonly board: MonitoringBoard;
  readonly runner: CheckRunner;
  readonly notices: AlertNotices;
  readonly logError: (error: unknown) => void;
}

/** Checks one product and says how it is. */
export async function checkOne(watched: WatchedProduct, { runner, notices }: CheckCommandParts): Promise<void> {
  const title = vscode.l10n.t("Checking {0}", watched.name);
  const {
    value: { result, notKept, failure },
    told,
  } = await notices.together(() => withProgress(title, (report, signal) => runner.check(watched, ({ text }) => report(text), signal)));
  if (failure !== null) {
    // The alert, if there is one, says what was found.
    void vscode.window.showWarningMessage(
      vscode.l10n.t("The result of {0} is shown, and is not kept on disk: {1}", watched.name, oneLine(toUserText(failure), 300)),
    );
  }
  if (!told) {
    const show = vscode.l10n.t("Show Drift");
    const kept = notKept === null || failure !== null ? "" : ` ${notKept}`;
    void vscode.window.showInformationMessage(`${oneLine(`${watched.name}: ${result.verdict}`, 300)}${kept}`, show).then((button) => {
      if (button === show) {
        void vscode.commands.executeCommand("mlops.drift.show", configPath(watched));
      }
    });
  }
}

/** Checks all products one after the other. One that cannot be checked does not keep the others from it. */
export async function checkAll(entries: readonly Watched[], { runner, notices, logError }: CheckCommandParts): Promise<void> {
  if (entries.length === 0) {
    throw new AppError("usage", vscode.l10n.t("No model of this workspace is monitored."), {
      remedy: vscode.l10n.t("Run MLOps: Add Monitoring to a Model."),
    });
  }
  const states: DriftStatus[] = [];
  const failures: string[] = [];
  const unkept: string[] = [];
  await notices.together(() =>
    withProgress(vscode.l10n.t("Checking {0} models", entries.length), async (report, signal) => {
      for (const [index, { watched }] of entries.entries()) {
        signal.throwIfAborted();
        report(`${String(index + 1)}/${String(entries.length)} ${watched.name}`, 100 / entries.length);
        try {
          const { result, failure } = await runner.check(watched, () => undefined, signal);
          states.push(result.status);
          if (failure !== null) {
            logError(failure);
            unkept.push(`${watched.name}: ${toUserText(failure)}`);
          }
        } catch (error) {
          if (isCancelled(error)) {
            throw error;
          }
          logError(error);
          failures.push(`${watched.name}: ${toUserText(error)}`);
        }
      }
    }),
  );
  const count = (status: DriftStatus): number => states.filter((one) => one === status).length;
  const parts = [
    [count("fail"), vscode.l10n.t("fail")],
    [count("warn"), vscode.l10n.t("need a look")],
    [count("unjudged"), vscode.l10n.t("could not be judged")],
    [count("ok"), vscode.l10n.t("are well")],
  ] as const;
  const told = parts.filter(([number]) => number > 0).map(([number, words]) => `${String(number)} ${words}`);
  const problems = [
    failures.length === 0 ? "" : ` ${vscode.l10n.t("{0} could not be checked: {1}", failures.length, oneLine(failures[0] ?? "", 200))}`,
    unkept.length === 0 ? "" : ` ${vscode.l10n.t("{0} are not kept on disk: {1}", unkept.length, oneLine(unkept[0] ?? "", 200))}`,
  ].join("");
  const show = vscode.l10n.t("Show Models");
  const message = vscode.l10n.t("Checked {0} models: {1}.", entries.length, told.join(", ") || vscode.l10n.t("none could be judged"));
  void vscode.window.showInformationMessage(message + problems, show).then((button) => {
    if (button === show) {
      void vscode.commands.executeCommand("mlops.monitoring.focus");
    }
  });
}

/** Progress with a way to stop it. */
function withProgress<T>(
  title: string,
  work: (report: (message: string, increment?: number) => void, signal: AbortSignal) => Promise<T>,
): Promise<T> {
  return Promise.resolve(
    vscode.window.withProgress({ location: vscode.ProgressLocation.Notification, title, cancellable: true }, (progress, token) =>
      work((message, increment) => progress.report({ message, ...(increment === undefined ? {} : { increment }) }), signalOf(token)),
    ),
  );
}
