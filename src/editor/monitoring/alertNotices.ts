import * as vscode from "vscode";

import { DisposableStore, type Disposable } from "../../core/base/disposable";
import { oneLine } from "../../core/base/oneLine";
import { alertRecipients, alertsOf, type MonitoringAlert } from "../../core/monitoring/alerts";
import type { MonitoringBoard, NewResult } from "./monitoringBoard";
import { configPath, type WatchedProduct } from "./watchedProduct";

interface Notice {
  readonly alert: MonitoringAlert;
  readonly watched: WatchedProduct;
}

export interface NoticeActions {
  readonly show: (config: string) => void;
  readonly retrain: (alert: MonitoringAlert, config: string) => Promise<void>;
  readonly logError: (error: unknown) => void;
}

/** Tells people of what has become worse: one message for all that comes together, with the way to look at it. */
export class AlertNotices implements Disposable {
  private readonly disposables = new DisposableStore();
  private held: Notice[] | null = null;

  constructor(
    board: MonitoringBoard,
    private readonly actions: NoticeActions,
  ) {
    this.disposables.add(board.onDidGetResults((news) => this.tell(news.flatMap(toNotices))));
  }

  /** Keeps messages back while many checks are made. @returns what the work returns, and whether there was something to tell. */
  async together<T>(work: () => Promise<T>): Promise<{ readonly value: T; readonly told: boolean }> {
    const held = (this.held ??= []);
    try {
      const value = await work();
      return { value, told: held.length > 0 };
    } finally {
      this.held = null;
      this.tell(held);
    }
  }

  dispose(): void {
    this.disposables.dispose();
  }

  private tell(notices: readonly Notice[]): void {
    if (this.held !== null) {
      this.held.push(...notices);
      return;
    }
    const [first, ...others] = notices;
    if (first !== undefined) {
      // The message stays until the person answers.
      void (others.length === 0 ? this.tellOne(first) : tellMany(notices)).catch(this.actions.logError);
    }
  }

  private async tellOne({ alert, watched }: Notice): Promise<void> {
    const show = vscode.l10n.t("Show Drift");
    const retrain = vscode.l10n.t("Retrain…");
    const tell = alert.status === "fail" ? vscode.window.showErrorMessage : vscode.window.showWarningMessage;
    const button = await tell(oneLine(alert.title, 300), show, retrain, vscode.l10n.t("Not Now"));
    if (button === show) {
      this.actions.show(configPath(watched));
    } else if (button === retrain) {
      await this.actions.retrain(alert, configPath(watched));
    }
  }
}

function toNotices({ watched, result, earlier }: NewResult): readonly Notice[] {
  return alertsOf(earlier, result, alertRecipients(watched.product)).map((alert) => ({ alert, watched }));
}

async function tellMany(notices: readonly Notice[]): Promise<void> {
  const show = vscode.l10n.t("Show Models");
  const names = notices.slice(0, 3).map(({ watched }) => oneLine(watched.name, 60));
  const more = notices.length > names.length ? ", …" : "";
  const text = vscode.l10n.t("{0} models need a look: {1}", notices.length, names.join(", ") + more);
  const button = await vscode.window.showWarningMessage(text, show, vscode.l10n.t("Not Now"));
  if (button === show) {
    await vscode.commands.executeCommand("mlops.monitoring.focus");
  }
}
