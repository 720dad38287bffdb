import * as vscode from "vscode";

import { oneLine } from "../../core/base/oneLine";
import { DisposableStore, type Disposable } from "../../core/base/disposable";
import { kpiResult, kpiWords } from "../../core/training/view/toJobPage";
import type { TrainingJob } from "../../core/training/trainingJob";
import type { BoardJob, JobBoard } from "./jobBoard";

export interface JobNoticeActions {
  /** Whether this window is the one to tell of it. */
  readonly isFirst: (entry: BoardJob) => Promise<boolean>;
  readonly isShown: (root: string, id: string) => boolean;
  readonly open: (entry: BoardJob) => void;
  readonly compare: (entry: BoardJob) => Promise<void>;
  readonly openLog: (entry: BoardJob) => Promise<void>;
  readonly logError: (error: unknown) => void;
}

/** Whoever started a training tells of its end; where that window is gone, or sees nothing for so long, one of the others does. */
const OTHERS_WAIT_MS = 6000;

/** Tells once, in one window, how a training ended. */
export class JobNotices implements Disposable {
  private readonly disposables = new DisposableStore();
  private readonly own = new Set<string>();

  constructor(
    board: JobBoard,
    private readonly actions: JobNoticeActions,
  ) {
    this.disposables.add(board.onDidEnd((entry) => void this.tell(entry).catch(this.actions.logError)));
  }

  /** A job of this window: its end is told here. */
  started({ id }: TrainingJob): void {
    this.own.add(id);
  }

  dispose(): void {
    this.disposables.dispose();
  }

  private async tell(entry: BoardJob): Promise<void> {
    const { job, root } = entry;
    if (!this.own.has(job.id)) {
      await new Promise((resolve) => setTimeout(resolve, OTHERS_WAIT_MS));
    }
    if (!(await this.actions.isFirst(entry))) {
      return;
    }
    if (this.actions.isShown(root, job.id) && vscode.window.state.focused) {
      return; // Somebody watched it end, on the page that says all of this.
    }
    const open = vscode.l10n.t("Open");
    const compare = vscode.l10n.t("Compare");
    const log = vscode.l10n.t("Show Log");
    const hasRun = (job.outcome?.runs.length ?? 0) > 0;
    const button = await teller(job)(endWords(job), ...[open, ...(hasRun ? [compare] : []), log]);
    if (button === open) {
      this.actions.open(entry);
    } else if (button === compare) {
      await this.actions.compare(entry);
    } else if (button === log) {
      await this.actions.openLog(entry);
    }
  }
}

function teller({ status, phase, outcome }: TrainingJob): (message: string, ...buttons: string[]) => Thenable<string | undefined> {
  if (status.state === "failed" || phase === "refused") {
    return (message, ...buttons) => vscode.window.showErrorMessage(message, ...buttons);
  }
  const isBad = status.state === "succeeded" && kpiResult(outcome?.kpis ?? []) === "fail";
  return (message, ...buttons) => (isBad ? vscode.window.showWarningMessage : vscode.window.showInformationMessage)(message, ...buttons);
}

/** "The training of churn ended well. f1 0.84 (target >= 0.80), meets its target." */
function endWords(job: TrainingJob): string {
  const product = oneLine(job.product, 80);
  const { state, message } = job.status;
  const how =
    job.phase === "refused"
      ? vscode.l10n.t("The training of {0} was not started.", product)
      : state === "succeeded"
        ? vscode.l10n.t("The training of {0} ended well.", product)
        : state === "cancelled"
          ? vscode.l10n.t("The training of {0} was cancelled.", product)
          : vscode.l10n.t("The training of {0} failed.", product);
  const kpis = (job.outcome?.kpis ?? []).filter(({ value }) => value !== null).slice(0, 3);
  const words = state === "succeeded" ? kpis.map((kpi) => `${kpiWords(kpi)}.`) : [oneLine(message ?? "", 200)];
  return [how, ...words].filter(Boolean).join(" ");
}
