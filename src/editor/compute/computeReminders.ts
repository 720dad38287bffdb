import * as vscode from "vscode";

import { formatDuration } from "../../core/browse/formatValues";
import { DisposableStore, type Disposable } from "../../core/base/disposable";
import { oneLine } from "../../core/base/oneLine";
import { dueReminders, type IdleReminder, type Reminded } from "../../core/compute/dueReminders";
import { durationDays, parseDuration } from "../../core/config/dates";
import { money } from "../../core/training/view/trainingWords";
import { sayNumber } from "../platform/sayNumber";
import { type ComputeBoard, keyOf } from "./computeBoard";

const DAY_MS = 86_400_000;

/** Tells once of each idle time that is longer than the policy allows. */
export class ComputeReminders implements Disposable {
  private readonly disposables = new DisposableStore();
  private readonly reminded: Reminded = new Map();

  constructor(
    private readonly board: ComputeBoard,
    private readonly isWanted: () => boolean,
    private readonly now: () => number,
  ) {
    this.disposables.add(board.onDidChange(() => this.look()));
  }

  dispose(): void {
    this.disposables.dispose();
  }

  private look(): void {
    const limit = parseDuration(this.board.policy.idle.for);
    if (limit === undefined) {
      return;
    }
    const now = this.now();
    for (const { source, nodes, problem } of this.board.all) {
      const due = problem === null ? dueReminders(nodes, durationDays(limit) * DAY_MS, now, this.reminded, keyOf(source)) : [];
      if (this.isWanted()) {
        due.forEach((one) => void tell(one, now));
      }
    }
  }
}

async function tell({ node, idle, since }: IdleReminder, now: number): Promise<void> {
  const name = oneLine(node.node, 80);
  const long = formatDuration(now - since);
  const count = node.processors.length;
  const message =
    node.idleSince === null
      ? vscode.l10n.t("{0} of {1} graphics processors of {2} have been idle for {3}.", idle, count, name, long)
      : node.cost === null
        ? vscode.l10n.t("All graphics processors of {0} have been idle for {1}.", name, long)
        : vscode.l10n.t(
            "All graphics processors of {0} have been idle for {1}; that is {2} so far.",
            name,
            long,
            sayNumber(money(node.cost)),
          );
  const show = vscode.l10n.t("Show Compute");
  if ((await vscode.window.showWarningMessage(message, show)) === show) {
    void vscode.commands.executeCommand("mlops.compute.focus");
  }
}
